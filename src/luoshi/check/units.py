"""U: who is to do it: items nobody owns, units nobody knows, several units and none that leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from luoshi.check.catalogue import bounds, pattern
from luoshi.check.draft import Draft
from luoshi.check.finding import Found, Place
from luoshi.plan import Item


def nobody(draft: Draft) -> Iterator[Found]:
    """U01: no unit is stated, and no rule proposes one."""
    for one in draft.plan.items:
        if one.lead is None and not one.help and (place := _place(draft, one)):
            yield Found("U01", place, (), {"title": one.title})


def unknown(draft: Draft) -> Iterator[Found]:
    """U02: the responsible unit is no unit: 有关部门, 各单位."""
    for found in pattern("units", "nobody").finditer(draft.folded):
        before = [one for one in draft.plan.commitments if one.start < found.start() and one.kind != "slogan"]
        if before:
            values = {"title": before[-1].text, "units": found["unit"]}
            place = draft.place(found.start("unit"), found.end("unit"))
            yield Found("U02", place, (draft.at(before[-1], "事项 item"),), values)


def no_lead(draft: Draft) -> Iterator[Found]:
    """U03: most items of this part of the report name a unit, this one does not."""
    within: dict[str, list[Item]] = defaultdict(list)
    for one in draft.plan.items:
        within[draft.outermost(one.section)].append(one)
    for items in within.values():
        silent = [one for one in items if not _stated(one)]
        if Decimal(len(silent)) > len(items) * (1 - Decimal(bounds()["units"]["most"])):
            continue
        for one in silent:
            place = _place(draft, one)
            if place and len(place.text) >= bounds()["units"]["shortest"]:
                yield Found("U03", place, (), {"title": one.title})


def _stated(one: Item) -> bool:
    return any(duty.basis == "stated" for duty in (one.lead, *one.help) if duty)


def _place(draft: Draft, one: Item) -> Place | None:
    """Where the first commitment of an item stands."""
    first = next((draft.commitment[name] for name in one.commitments if name in draft.commitment), None)
    return draft.at(first) if first else None


RULES = (nobody, unknown, no_lead)
