"""Corrections of figures and commitments, and ``ORDERS``: every kind of correction there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from luoshi.plan.correcting.draft import Draft, Order, S, in_base
from luoshi.plan.correcting.items import (
    change_item,
    confirm_item,
    drop_item,
    follow,
    merge_item,
    new_item,
    out_of_items,
    split_item,
    without,
)
from luoshi.plan.correcting.values import MEMBERS, lacking, values
from luoshi.plan.model import Commitment, Figure
from luoshi.source import Span


def _change_figure(draft: Draft, order: Order) -> None:
    figure = draft.the(order, draft.figures.values())
    if figure is not None:
        _set_figure(draft, order, figure)


def _set_figure(draft: Draft, order: Order, figure: Figure) -> None:
    found = values(draft, order, figure.start)
    if found is None or not draft.settle(order, figure.id, found):
        return
    if not {"value", "unit"}.isdisjoint(found):
        found |= in_base(str(found.get("value", figure.value)), str(found.get("unit", figure.unit)))
    new = draft.changed(order, figure, found)
    if new is not None:
        draft.figures[figure.id] = new


def _change_commitment(draft: Draft, order: Order) -> None:
    promise = draft.the(order, draft.commitments.values())
    if promise is not None:
        _set_commitment(draft, order, promise)


def _set_commitment(draft: Draft, order: Order, promise: Commitment) -> None:
    found = values(draft, order, promise.start, promise.deadline)
    if found is None or not draft.settle(order, promise.id, found):
        return
    new = draft.changed(order, promise, found)
    if new is None:
        return
    draft.commitments[new.id] = new
    _turned(draft, order, promise, new)
    follow(draft, order, promise, new)


def _turned(draft: Draft, order: Order, old: Commitment, new: Commitment) -> None:
    """A slogan makes no item and is unread; what is none makes one and is read."""
    if new.kind == "slogan" != old.kind:
        out_of_items(draft, order, new.id)
        draft.uncover(new.start, new.end, "slogan")
    elif old.kind == "slogan" != new.kind:
        draft.cover(new.start, new.end)
        new_item(draft, order, new, {})


def _drop_figure(draft: Draft, order: Order) -> None:
    figure = _to_drop(draft, order, draft.figures)
    if figure is None:
        return
    gone = {figure.id}
    for promise in list(draft.commitments.values()):
        if figure.id in promise.figures:
            left = without(promise.figures, gone)
            draft.commitments[promise.id] = promise.model_copy(update={"figures": left})
    for item in list(draft.items.values()):
        if figure.id in item.figures:
            draft.items[item.id] = item.model_copy(update={"figures": without(item.figures, gone)})
    draft.uncover(figure.start, figure.end, "dropped")


def _drop_commitment(draft: Draft, order: Order) -> None:
    promise = _to_drop(draft, order, draft.commitments)
    if promise is not None:
        out_of_items(draft, order, promise.id)
        draft.uncover(promise.start, promise.end, "dropped")


def _to_drop(draft: Draft, order: Order, findings: dict[str, S]) -> S | None:
    """The quoted finding, taken out of ``findings``; None if it is not there, or was taken out before."""
    place = draft.place(order, order.place)
    if place is None or draft.was_dropped(order, lambda read: _meets(read["start"], read["end"], place)):
        return None
    found = draft.the(order, findings.values())
    if found is None or not draft.settle(order, found.id, dict.fromkeys(sorted(MEMBERS[order.what]), "dropped")):
        return None
    del findings[found.id]
    draft.drop(order, order.what, found)
    return found


def _anew(
    draft: Draft, order: Order, others: Iterable[S], reset: Callable[[Draft, Order, S], None]
) -> tuple[Span, dict[str, Any]] | None:
    """Where a finding is to be added and its values; where one stands exactly there already, that one is ``reset``."""
    place = draft.place(order, order.place)
    if place is None or _stands(draft, order, place, others):
        return None
    known = draft.at(others, place)
    if known is not None:
        reset(draft, order, known)
        return None
    found = values(draft, order, place.start)
    return None if found is None or lacking(draft, order, found) else (place, found)


def _add_figure(draft: Draft, order: Order) -> None:
    added = _anew(draft, order, draft.figures.values(), _set_figure)
    if added is None:
        return
    place, found = added
    found |= in_base(str(found["value"]), str(found.get("unit", "")))
    made = draft.valid(order, Figure, _shell(draft, order, place, draft.fresh("f", draft.figures)) | found)
    if made is not None:
        draft.figures[made.id] = made
        draft.cover(*place)
        _joins(draft, made)


def _joins(draft: Draft, figure: Figure) -> None:
    """Enter an added figure in the commitments around it and in their items."""
    for promise in list(draft.commitments.values()):
        if not (promise.start <= figure.start and figure.end <= promise.end):
            continue
        draft.commitments[promise.id] = promise.model_copy(update={"figures": (*promise.figures, figure.id)})
        for item in list(draft.items.values()):
            if promise.id in item.commitments:
                draft.items[item.id] = item.model_copy(update={"figures": (*item.figures, figure.id)})


def _add_commitment(draft: Draft, order: Order) -> None:
    title = order.to.pop("title", None)
    added = _anew(draft, order, draft.commitments.values(), _set_commitment)
    if added is None:
        return
    place, found = added
    inside = sorted((one.start, one.id) for one in draft.figures.values() if place.start <= one.start < place.end)
    found["figures"] = [name for _, name in inside]
    made = draft.valid(order, Commitment, _shell(draft, order, place, draft.fresh("c", draft.commitments)) | found)
    if made is None:
        return
    draft.commitments[made.id] = made
    if made.kind != "slogan":
        draft.cover(*place)
        new_item(draft, order, made, {}, title)


def _shell(draft: Draft, order: Order, place: Span, name: str) -> dict[str, Any]:
    """What an added finding has from where it stands."""
    where = {"start": place.start, "end": place.end, "text": place.of(draft.text)}
    marks = {"rule": "person", "read_as": None, "corrected": [order.entry]}
    return {"id": name, **where, "section": draft.section(place.start), **marks}


def _stands(draft: Draft, order: Order, place: Span, others: Iterable[Figure | Commitment]) -> bool:
    """Whether something of the same kind stands in the way, other than exactly at ``place``; noted as a problem."""
    crossed = [one for one in others if _meets(one.start, one.end, place) and (one.start, one.end) != place]
    for one in crossed:
        draft.refuse("C009", place, nth=order.nth, quote=order.place.words, other=one.text)
    return bool(crossed)


def _meets(start: int, end: int, place: Span) -> bool:
    return start < place.end and place.start < end


Act = Callable[[Draft, Order], None]
ORDERS: dict[tuple[str, str], Act] = {
    ("change", "figure"): _change_figure,
    ("change", "commitment"): _change_commitment,
    ("change", "item"): change_item,
    ("drop", "figure"): _drop_figure,
    ("drop", "commitment"): _drop_commitment,
    ("drop", "item"): drop_item,
    ("add", "figure"): _add_figure,
    ("add", "commitment"): _add_commitment,
    ("confirm", "item"): confirm_item,
    ("split", "item"): split_item,
    ("merge", "item"): merge_item,
}
