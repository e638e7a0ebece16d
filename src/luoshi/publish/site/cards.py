"""One item in short, as lists and margins show it: what, its light, who, by when, both numbers, where it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.publish.dossier import Case, Dossier
from luoshi.publish.labels import label
from luoshi.publish.site.naming import item_path
from luoshi.publish.site.words import words
from luoshi.supervise import workflow
from luoshi.supervise.words import word

_CIRCLE = "○"


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light: ``colour`` for the style sheet, its ``shape``, and the ``text`` that says the same in words."""

    colour: str
    shape: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One item in short. ``guessed`` members say that the unit or the deadline was inferred, not stated.

    ``anchor`` is where its words stand in the report, empty for an item of another report.
    """

    case: Case
    id: str
    path: str
    title: str
    lamp: Lamp
    kind: str
    state: str
    unit: str
    unit_guessed: bool
    due: date | None
    due_basis: str
    due_guessed: bool
    reported: Decimal
    verified: Decimal
    moving: bool
    open: bool
    theme: str
    anchor: str


def cards(open_: Dossier) -> tuple[Card, ...]:
    """A card a case, in the order of the dossier."""
    roles = {one.id: label("role", one.role) for one in open_.plan.sections}
    return tuple(_card(case, roles) for case in open_.cases)


def self_reported(found: Iterable[Card]) -> tuple[Card, ...]:
    """Those that report progress of which nothing was verified, or whose light rests on the unit's word alone."""
    return tuple(one for one in found if one.reported > 0 and (one.verified == 0 or one.case.light.hollow))


def worse(found: Iterable[Card]) -> tuple[tuple[Card, Lamp], ...]:
    """Items whose light is worse than at the end of the last period, with the light of then."""
    order = words()["order"]
    made = []
    for one in found:
        past = one.case.matter.lights
        before, now = past[-1].colour if past else "", one.lamp.colour
        if before in order and now in words()["bad"] and order.index(now) > order.index(before):
            made.append((one, lamp_of(before)))
    return tuple(made)


def total_of(colour: str) -> Lamp:
    """The lamp of a colour for a count; grey stands for several things there."""
    return Lamp(colour, word("light", colour, "shape"), words()["grey"]) if colour == "grey" else lamp_of(colour)


def lamp_of(colour: str) -> Lamp:
    """The lamp of a colour by itself."""
    return Lamp(colour, word("light", colour, "shape"), word("light", colour, "word"))


def _card(case: Case, roles: Mapping[str, str]) -> Card:
    matter, fixed = case.matter, words()
    early = matter.state in fixed["before"]
    place = case.commitments[0].id if case.commitments else case.figures[0].id if case.figures else ""
    proposed = case.item is not None and case.item.lead is not None and case.item.lead.basis == "proposed"
    return Card(
        case,
        matter.id,
        item_path(matter.id),
        matter.title or fixed["untitled"],
        _lamp(case),
        label("kind", matter.kind),
        workflow().states[matter.state].zh,
        matter.lead,
        bool(matter.lead) and proposed and early,
        matter.due,
        basis(matter.due_basis),
        matter.due_basis in fixed["inferred"],
        matter.reported,
        matter.verified,
        not early,
        workflow().states[matter.state].open,
        matter.theme or _theme(case, roles),
        anchor=f"report.html#{place}" if place else "",
    )


def _theme(case: Case, roles: Mapping[str, str]) -> str:
    """A section without a heading is called by its role."""
    return roles.get(case.item.section or "", words()["no_theme"]) if case.item else str(words()["no_theme"])


def basis(name: str, lang: str = "zh") -> str:
    """Where a deadline was taken from."""
    if name == "approved":
        return str(words()["approved"][lang])
    return label("date_basis", name, "en" if lang == "en" else "zh")


def _lamp(case: Case) -> Lamp:
    """The light of a case. A matter outside the count is called by its state: 未到期 would not be true of it."""
    lit = case.light
    text = word("light", lit.colour, "word")
    if lit.colour == "grey" and case.progress == "other":
        text = workflow().states[case.matter.state].zh
    hollow = "（自报未核实）" if lit.hollow else ""
    return Lamp(lit.colour, _CIRCLE if lit.hollow else word("light", lit.colour, "shape"), text + hollow)
