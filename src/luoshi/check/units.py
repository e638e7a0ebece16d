"""U: who is to do it: items nobody owns, units nobody knows, several units and none that leads."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.check.catalogue import pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found, Place
from luoshi.plan import Item


def nobody(draft: Draft) -> Iterator[Found]:
    """U01: no unit is stated, and no rule proposes one."""
    for one in draft.plan.items:
        if one.lead is None and not one.help and (place := _place(draft, one)):
            yield Found("U01", place, (), {"title": one.title})


def unknown(draft: Draft) -> Iterator[Found]:
    """U02: the stated unit is no unit: 有关部门, 各单位."""
    for one in draft.plan.items:
        stated = [duty for duty in (one.lead, *one.help) if duty and duty.basis == "stated"]
        real = [duty for duty in stated if not pattern("units", "vague").search(duty.unit) and pattern("units", "ending").search(duty.unit)]
        place = _place(draft, one)
        if stated and not real and place:
            names = "、".join(duty.unit for duty in stated)
            yield Found("U02", place, (), {"title": one.title, "units": names})


def no_lead(draft: Draft) -> Iterator[Found]:
    """U03: the report names units for its items, and for this one none, or several of which none leads."""
    named = [one for one in draft.plan.items if any(duty.basis == "stated" for duty in (one.lead, *one.help) if duty)]
    sections = {one.section for one in named}
    for one in draft.plan.items:
        stated = [duty for duty in (one.lead, *one.help) if duty and duty.basis == "stated"]
        place = _place(draft, one)
        if place and one.section in sections and not stated:
            yield Found("U03", place, (), {"title": one.title})


def _place(draft: Draft, one: Item) -> Place | None:
    """Where the first commitment of an item stands."""
    first = next((draft.commitment[name] for name in one.commitments if name in draft.commitment), None)
    return draft.at(first) if first else None


RULES = (nobody, unknown, no_lead)
