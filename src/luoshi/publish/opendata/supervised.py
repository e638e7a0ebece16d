"""Rows of what became of the items: states, duties, nodes, history, changes, lights, evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from luoshi.plan import Commitment, Figure, Item
from luoshi.publish.dossier import Dossier
from luoshi.publish.opendata.cells import Row
from luoshi.publish.sentences import Sentences
from luoshi.supervise import Matter, grade
from luoshi.supervise.evidence import rank

_SAME = (
    "id", "number", "title", "kind", "strength", "theme", "important", "state", "since", "lead", "leader", "begin",
    "due", "due_basis", "first_due", "target", "started", "reported", "reported_on", "verified", "verified_on",
    "forecast", "progress", "cause", "done_on", "conclusion", "effect", "closed_on", "restart", "broken",
    "carried_from",
)  # fmt: skip
_GIVEN = (
    "percent",
    "verified",
    "due",
    "lead",
    "help",
    "node",
    "met_on",
    "done_on",
    "effect",
    "colour",
    "light",
    "until",
)


class _Places:
    """Where the words of an item stand in the report."""

    def __init__(self, cut: Dossier) -> None:
        self._items = {item.id: item for item in cut.plan.items}
        self._found: dict[str, Commitment | Figure] = {one.id: one for one in cut.plan.figures}
        self._found |= {one.id: one for one in cut.plan.commitments}
        self._sentences = Sentences(cut.document)

    def of(self, name: str) -> Row:
        """Section, words of the deadline, place and sentences of the item; nothing for one of another plan."""
        item = self._items.get(name)
        if item is None:
            return {}
        stretches = [(one.start, one.end) for one in self._of(item)]
        where: Row = {"section": item.section, "due_text": item.deadline.text}
        if not stretches:
            return where
        start, end = min(stretches)[0], max(end for _, end in stretches)
        return {**where, "start": start, "end": end, "sentence": self._sentences.of(stretches)}

    def _of(self, item: Item) -> list[Commitment | Figure]:
        promised = [self._found[name] for name in item.commitments if name in self._found]
        return promised or [self._found[name] for name in item.figures if name in self._found]


def items(cut: Dossier) -> Iterator[Row]:
    """A row an item, those of the plan in the order of the text."""
    places, names = _Places(cut), {one.id for one in cut.matters}
    for one in cut.matters:
        lit = cut.lights[one.id]
        yield {
            **{name: getattr(one, name) for name in _SAME},
            "into": one.into if one.into in names else None,
            "class": cut.classes[one.id],
            "grade": grade(one),
            "light": lit.colour,
            "light_why": lit.why,
            "light_rule": lit.rule,
            **places.of(one.id),
        }


def duties(cut: Dossier) -> Iterator[Row]:
    """A row a unit with a duty in an item."""
    for one in cut.matters:
        if one.lead:
            yield {"item": one.id, "unit": one.lead, "part": "lead"}
        for unit in dict.fromkeys(one.help):
            if unit:
                yield {"item": one.id, "unit": unit, "part": "help"}


def units(cut: Dossier) -> Iterator[Row]:
    """A row a unit, in the order of the items."""
    count = Counter((row["unit"], row["part"]) for row in duties(cut))
    for unit in dict.fromkeys(unit for unit, _ in count):
        yield {"unit": unit, "leads": count[unit, "lead"], "helps": count[unit, "help"]}


def nodes(cut: Dossier) -> Iterator[Row]:
    """A row a node of an item's path."""
    for one, nth, node in _each(cut, "nodes"):
        yield {"item": one.id, "nth": nth, **_fields(node, "name", "day", "percent", "met")}


def history(cut: Dossier) -> Iterator[Row]:
    """A row a move."""
    for one in cut.entries:
        yield {
            "item": one.matter,
            **_fields(one, "revision", "day", "move", "before", "after"),
            **_fields(one.by, "role", "unit"),
            **{name: one.given.get(name) for name in _GIVEN},
        }


def changes(cut: Dossier) -> Iterator[Row]:
    """A row a change after approval."""
    for one, nth, line in _each(cut, "drift"):
        yield {"item": one.id, "nth": nth, **_fields(line, "day", "field", "before", "after")}


def lights(cut: Dossier) -> Iterator[Row]:
    """A row a period of an item."""
    for one, nth, lit in _each(cut, "lights"):
        yield {"item": one.id, "nth": nth, **_fields(lit, "day", "colour", "plain")}


def evidence(cut: Dossier) -> Iterator[Row]:
    """A row a piece of evidence."""
    for one in cut.matters:
        for proof in one.evidence:
            yield {"item": one.id, "rank": rank(proof.kind), **_fields(proof, "id", "kind", "day", "place", "note")}


def _each(cut: Dossier, member: str) -> Iterator[tuple[Matter, int, object]]:
    for one in cut.matters:
        for nth, inner in enumerate(getattr(one, member), 1):
            yield one, nth, inner


def _fields(node: object, *names: str) -> dict[str, str]:
    return {name: getattr(node, name) for name in names}
