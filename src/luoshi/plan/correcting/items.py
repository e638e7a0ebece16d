"""Corrections of items: changed, dropped, their units confirmed, split in two, put together; and items that follow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luoshi.plan.correcting.draft import Draft, Order
from luoshi.plan.correcting.quotes import Quote
from luoshi.plan.correcting.values import MEMBERS, values
from luoshi.plan.model import Commitment, Duty, Item

_LONGEST_TITLE = 40


def change_item(draft: Draft, order: Order) -> None:
    """Change members of an item."""
    item = _one_item(draft, order, order.place)
    found = values(draft, order, 0, item.deadline) if item else None
    if item is None or found is None or not draft.settle(order, item.id, found):
        return
    new = draft.changed(order, item, found)
    if new is not None:
        draft.items[item.id] = new


def drop_item(draft: Draft, order: Order) -> None:
    """Take an item out; its commitments stay."""
    place = draft.place(order, order.place)
    if place is None:
        return
    inside = {one.id for one in draft.commitments.values() if one.start < place.end and place.start < one.end}
    if draft.was_dropped(order, lambda read: not inside.isdisjoint(read["commitments"])):
        return
    item = _one_item(draft, order, order.place)
    if item is not None and draft.settle(order, item.id, dict.fromkeys(sorted(MEMBERS["item"]), "dropped")):
        del draft.items[item.id]
        draft.drop(order, "item", item)


def confirm_item(draft: Draft, order: Order) -> None:
    """Confirm the units in charge: those named in ``to``, else those that were proposed."""
    item = _one_item(draft, order, order.place)
    if item is None:
        return
    lead = order.to.get("lead", item.lead.unit if item.lead else None)
    help_ = order.to.get("help", [one.unit for one in item.help])
    if not isinstance(lead, str) or not lead or not isinstance(help_, list):
        draft.refuse("C003", nth=order.nth, member="lead", detail=str(lead))
        return
    if not draft.settle(order, item.id, {"lead": lead, "help": help_}):
        return
    found: dict[str, Any] = {"lead": _duty(lead, item.lead)}
    if help_ or item.help:
        found["help"] = [_duty(unit, next((one for one in item.help if one.unit == unit), None)) for unit in help_]
    new = draft.changed(order, item, found)
    if new is not None:
        draft.items[item.id] = new


def _duty(unit: Any, known: Duty | None) -> dict[str, Any]:
    why = known.why if known is not None and known.unit == unit else None
    return {"unit": unit, "basis": "confirmed", "why": why}


def split_item(draft: Draft, order: Order) -> None:
    """Give the quoted commitments of an item (``quote`` and ``also``) an item of their own."""
    item = _one_item(draft, order, order.place)
    if item is None:
        return
    inside = [draft.commitments[name] for name in item.commitments if name in draft.commitments]
    apart = [draft.the(order, inside, quote) for quote in (order.place, *order.also)]
    names = list(dict.fromkeys(one.id for one in apart if one is not None))
    left = without(item.commitments, set(names))
    if None in apart or not left:
        return
    rest = draft.changed(order, item, {"commitments": left, "figures": _figures_of(draft, left, item.figures)})
    if rest is None:
        return
    draft.items[item.id] = rest
    members = {"commitments": names, "figures": _figures_of(draft, names, item.figures), "split_from": item.id}
    duties = {"lead": item.lead, "help": item.help}
    new_item(draft, order, draft.commitments[names[0]], {**members, **duties}, order.to.get("title"))


def merge_item(draft: Draft, order: Order) -> None:
    """Put the items of ``also`` into the quoted one; they stay visible in its member ``merged``."""
    item = _one_item(draft, order, order.place)
    others = [_one_item(draft, order, quote) for quote in order.also]
    if item is None or None in others:
        return
    gone = list({one.id: one for one in others if one is not None and one.id != item.id}.values())
    found: dict[str, Any] = {name: order.to[name] for name in ("title",) if name in order.to}
    if gone:
        found["commitments"] = _joined(one.commitments for one in (item, *gone))
        found["figures"] = _joined(one.figures for one in (item, *gone))
    new = draft.changed(order, item, found) if found else None
    if new is None:
        return
    if gone:
        before = (new.model_extra or {}).get("merged", ())
        new = new.model_copy(
            update={"merged": [*before, *(one.model_dump(mode="json", by_alias=True) for one in gone)]}
        )
    draft.items[item.id] = new
    for one in gone:
        del draft.items[one.id]


def new_item(draft: Draft, order: Order, promise: Commitment, members: dict[str, Any], title: Any = None) -> None:
    """Make an item of a commitment, with other ``members`` where they are given."""
    words = " ".join(promise.text.split())
    short = words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1]}…"
    own = {
        "id": draft.fresh("i", draft.items),
        "title": title or short,
        "commitments": [promise.id],
        "figures": list(promise.figures),
        "section": promise.section,
        "kind": promise.kind,
        "deadline": promise.deadline.model_dump(mode="json"),
        "read_as": None,
        "corrected": [order.entry],
    }
    made = draft.valid(order, Item, own | members)
    if made is not None:
        draft.items[made.id] = made


def out_of_items(draft: Draft, order: Order, name: str) -> None:
    """Take a commitment out of its items; an item that is left with none goes too."""
    for item in list(draft.items.values()):
        if name not in item.commitments:
            continue
        left = without(item.commitments, {name})
        if left:
            figures = _figures_of(draft, left, item.figures)
            draft.items[item.id] = item.model_copy(update={"commitments": left, "figures": figures})
        else:
            del draft.items[item.id]
            draft.drop(order, "item", item)


def follow(draft: Draft, order: Order, old: Commitment, new: Commitment) -> None:
    """What an item took from its commitment changes with it: the deadline, and the kind where no other has it."""
    for item in list(draft.items.values()):
        if old.id not in item.commitments:
            continue
        found: dict[str, Any] = {}
        if item.deadline == old.deadline != new.deadline:
            found["deadline"] = new.deadline.model_dump(mode="json")
        others = [draft.commitments[name].kind for name in item.commitments if name in draft.commitments]
        if item.kind == old.kind != new.kind and old.kind not in others:
            found["kind"] = new.kind
        changed = draft.changed(order, item, found) if found else None
        if changed is not None:
            draft.items[item.id] = changed


def without(names: Iterable[str], gone: set[str]) -> tuple[str, ...]:
    """``names`` in their order, those ``gone`` left out."""
    return tuple(name for name in names if name not in gone)


def _one_item(draft: Draft, order: Order, quote: Quote) -> Item | None:
    """The item that holds the quoted words; None, with a problem, if there is none or more than one."""
    place = draft.place(order, quote)
    found = draft.items_at(place) if place else []
    if place is not None and len(found) != 1:
        draft.nothing(order, place, len(found), quote)
    return found[0] if len(found) == 1 else None


def _figures_of(draft: Draft, commitments: Iterable[str], among: Iterable[str]) -> tuple[str, ...]:
    """The figures ``among`` that belong to ``commitments``."""
    inside = {name for one in commitments if one in draft.commitments for name in draft.commitments[one].figures}
    return tuple(name for name in among if name in inside)


def _joined(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(name for names in lists for name in names))
