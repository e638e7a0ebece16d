"""All matters together as papers speak of them: classes, lights and kinds counted, problems by item, unit and cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from luoshi.measure import Measured
from luoshi.publish.dossier import Case, Dossier
from luoshi.publish.papers.indicator import indicator_values, on_path
from luoshi.publish.papers.matter import BAD
from luoshi.publish.papers.shares import shares
from luoshi.publish.papers.wording import words
from luoshi.supervise.words import values, word

Values = dict[str, Any]
Pair = tuple[Case, Values]
_TENTH = Decimal("0.1")


def whole_values(pairs: Sequence[Pair], whole: Dossier) -> Values:
    """What a paper may say of all its matters; ``pairs`` are the cases and their values, in the order of the paper."""
    classes = Counter(case.progress for case, _ in pairs)
    lights = Counter(case.light.colour for case, _ in pairs)
    outside = words()["outside"]["untracked"]
    return {
        "total": len(pairs),
        "untracked": sum(case.matter.state in outside for case, _ in pairs),
        "classes": _counted(("class", values("class")), classes),
        "lights": _counted(("light", values("light")), lights),
        "categories": [_category(name, pairs, whole) for name in words()["categories"]],
        **_problems(pairs),
        **_verified(pairs),
        **_indicators(pairs, whole),
        **_changes(pairs),
        "units": list(_units(pairs)),
        "themes": list(_themes(pairs)),
    }


def category(case: Case, whole: Dossier) -> str:
    """Which of the three kinds of 3.3 a matter is: an indicator of the targets, another with numbers, or neither."""
    roles = {section.id: section.role for section in whole.plan.sections}
    item = case.item
    if item is not None and item.kind in ("target", "hold") and roles.get(item.section or "") == "targets":
        return "indicator"
    return "quantified" if case.figures else "qualitative"


def _counted(group: tuple[str, Iterable[str]], counts: Counter[Any]) -> list[Values]:
    """A row a value of the group, those that do not occur left out; the shares add up to 100.0."""
    name, every = group
    present = [value for value in every if counts[value]]
    parts = shares([counts[value] for value in present])
    return [
        {"title": word(name, value), "count": counts[value], "share": part, **_mark(name, value)}
        for value, part in zip(present, parts, strict=True)
    ]


def _mark(group: str, value: str) -> Values:
    if group != "light":
        return {}
    return {"shape": word(group, value, "shape"), "light_word": word(group, value, "word")}


def _category(name: str, pairs: Sequence[Pair], whole: Dossier) -> Values:
    own = [(case, said) for case, said in pairs if category(case, whole) == name]
    sides = words()["outcome"]
    reached = [said for case, said in own if case.progress in sides["reached"]]
    missed = [said for case, said in own if case.progress in sides["missed"]]
    counts = (len(reached), len(missed), len(own) - len(reached) - len(missed))
    parts = shares(counts)
    return {
        "title": words()["categories"][name],
        "total": len(own),
        "reached": reached,
        "missed_items": missed,
        "reached_count": counts[0],
        "missed_count": counts[1],
        "other_count": counts[2],
        "reached_share": parts[0],
        "missed_share": parts[1],
        "other_share": parts[2],
    }


def _problems(pairs: Sequence[Pair]) -> Values:
    """Every matter whose light is not good, the gravest first; their causes counted; whose papers are missing."""
    bad = [said for colour in BAD for case, said in pairs if case.light.colour == colour]
    causes = Counter(said["cause"] for said in bad)
    order = [word("cause", name) for name in values("cause")] + [words()["no_cause"]]
    present = [name for name in order if causes[name]]
    parts = shares([causes[name] for name in present])
    return {
        "problems": bad,
        "causes": [
            {"title": name, "count": causes[name], "share": part} for name, part in zip(present, parts, strict=True)
        ],
        "no_cause": [said for said in bad if said["cause"] == words()["no_cause"]],
        "late_papers": [said for _, said in pairs if said["missed"] or said["silent"]],
        "asks": [said for _, said in pairs if said["ask"]],
        "overdue_items": [said for case, said in pairs if said["overdue"] and case.light.colour in BAD],
    }


def _verified(pairs: Sequence[Pair]) -> Values:
    """What rests on a check, and what on the unit's word; means by weight of all that is not 其它."""
    counted = [case for case, _ in pairs if case.progress != "other"]
    green = [case for case, _ in pairs if case.light.colour in ("green", "blue")]
    hollow = sum(case.light.hollow for case in green)
    days = [case.matter.verified_on for case, _ in pairs if case.matter.verified_on]
    return {
        "counted": len(counted),
        "reported": _mean((case.matter.reported, case.matter.weight) for case in counted),
        "verified": _mean((case.matter.verified, case.matter.weight) for case in counted),
        "green": len(green),
        "hollow": hollow,
        "hollow_share": shares((hollow, len(green) - hollow))[0],
        "verified_count": len(days),
        "checked_from": min(days, default=None),
        "checked_to": max(days, default=None),
        "evidence_kinds": _evidence(pairs),
    }


def _evidence(pairs: Sequence[Pair]) -> list[Values]:
    found = Counter(proof["kind"] for _, said in pairs for proof in said["evidence"] if not proof["false"])
    return [{"title": name, "count": count} for name, count in sorted(found.items(), key=lambda one: (-one[1], one[0]))]


def _mean(rows: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    pairs = list(rows)
    weight = sum(Fraction(each) for _, each in pairs)
    if not weight:
        return None
    mean = sum(Fraction(value) * Fraction(each) for value, each in pairs) / weight
    return (Decimal(mean.numerator) / Decimal(mean.denominator)).quantize(_TENTH, ROUND_HALF_UP)


def _indicators(pairs: Sequence[Pair], whole: Dossier) -> Values:
    """The measured targets of these matters that have a reading; those that have none are only counted."""
    by_id = {case.matter.id: said for case, said in pairs}
    own = [one for one in (whole.measured.measured if whole.measured else ()) if one.target.item in by_id]
    read = {_same(one): one for one in reversed(own) if one.standing is not None}
    figures = {figure.id: figure for figure in whole.plan.figures}
    made = [
        indicator_values(one, number, by_id, figures)
        for number, one in enumerate((one for one in own if read.get(_same(one)) is one), 1)
    ]
    return {
        "indicators": made,
        "on_path": [one for one in made if on_path(one)],
        "off_path": [one for one in made if not on_path(one)],
        "unread": sum(one.standing is None for one in own),
    }


def _same(one: Measured) -> tuple[object, ...]:
    """What two targets share that are one: a report may name it twice, as a task and as a livelihood project."""
    target = one.target
    return target.name, target.value, target.unit, target.nature, target.period, one.standing and one.standing.value


def _changes(pairs: Sequence[Pair]) -> Values:
    return {
        "changed": [said for _, said in pairs if said["changes"]],
        "requested": [said for case, said in pairs if case.matter.state == "change_requested"],
        "closed": [said for case, said in pairs if case.matter.closed_on is not None],
        "finished": [said for case, said in pairs if case.progress in ("done", "done_early")],
        "carried": [said for case, said in pairs if case.item is None],
    }


def _units(pairs: Sequence[Pair]) -> Iterable[Values]:
    """The lead units with what each has to answer for, in order of the gravity of that, then of the text."""
    groups: dict[str, list[Pair]] = {}
    for case, said in pairs:
        groups.setdefault(said["lead"], []).append((case, said))
    rows = [_unit(name, own) for name, own in groups.items()]
    return sorted(rows, key=lambda row: (-row["red"], -len(row["problems"])))


def _unit(name: str, own: list[Pair]) -> Values:
    lights = Counter(case.light.colour for case, _ in own)
    bad = [said for colour in BAD for case, said in own if case.light.colour == colour]
    return {
        "title": name,
        "total": len(own),
        "items": [said for _, said in own],
        "red": lights["red"],
        "yellow": lights["yellow"],
        "stale": lights["stale"],
        "problems": bad,
        "late_papers": [said for _, said in own if said["missed"] or said["silent"]],
    }


def _themes(pairs: Sequence[Pair]) -> Iterable[Values]:
    groups: dict[str, list[Values]] = {}
    for _, said in pairs:
        groups.setdefault(said["theme"], []).append(said)
    return ({"title": name, "total": len(own), "items": own} for name, own in groups.items())
