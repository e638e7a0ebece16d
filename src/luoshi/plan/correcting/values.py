"""The new values of a correction: members that may be changed, words in them given their place in the text."""

from __future__ import annotations

from typing import Any

from luoshi.plan.correcting.draft import Draft, Order
from luoshi.plan.model import Deadline

MEMBERS = {
    "figure": frozenset(
        ("value", "value2", "unit", "comparator", "measure", "direction", "tense", "hedge", "indicator", "period")
    ),
    "commitment": frozenset(("kind", "strength", "deadline")),
    "item": frozenset(("title", "kind", "deadline", "lead", "help", "procedure")),
}
_NEEDED = {"figure": ("value",), "commitment": ("kind",)}
_NEAR = 400


def values(draft: Draft, order: Order, near: int, known: Deadline | None = None) -> dict[str, Any] | None:
    """The new values of ``order``; None, with problems, if one of them cannot be used.

    ``near`` is where the finding stands: the words of an indicator or a period are looked for within 400 characters.
    ``known`` is the deadline so far.
    """
    odd = sorted(set(order.to) - MEMBERS[order.what])
    for member in odd:
        draft.refuse("C003", nth=order.nth, member=member, detail="?")
    found = {} if odd else dict(order.to)
    for member in sorted({"indicator", "period"} & set(found)):
        found[member] = _worded(draft, order, found[member], near)
    if "deadline" in found:
        found["deadline"] = _dated(draft, order, known or Deadline(), found["deadline"])
    wrong = odd or any(found[name] is None and order.to[name] is not None for name in found)
    return None if wrong or (found.get("deadline", "") is None) else found


def lacking(draft: Draft, order: Order, found: dict[str, Any]) -> bool:
    """Whether a finding to be added lacks a member that nothing else can give; noted as a problem."""
    missing = [name for name in _NEEDED[order.what] if found.get(name) is None]
    for name in missing:
        draft.refuse("C003", nth=order.nth, member=name, detail="缺少 missing")
    return bool(missing)


def _worded(draft: Draft, order: Order, value: Any, near: int) -> Any:
    """An indicator or a period with the place of its words."""
    if not isinstance(value, dict):
        return value
    place = draft.quotes.nearest(str(value.get("text", "")), near, _NEAR)
    if place is None:
        draft.refuse("C004", nth=order.nth, quote=value.get("text", ""))
        return None
    return {**value, "text": place.of(draft.text), "start": place.start, "end": place.end}


def _dated(draft: Draft, order: Order, known: Deadline, value: Any) -> dict[str, Any] | None:
    """A deadline from what was read and what a person says of it; a day must say where it was taken from."""
    if not isinstance(value, dict):
        draft.refuse("C003", nth=order.nth, member="deadline", detail=str(value))
        return None
    made = {**known.model_dump(mode="json"), **value}
    if value.get("text"):
        place = draft.quotes.nearest(str(value["text"]), 0, len(draft.text))
        if place is None:
            draft.refuse("C004", nth=order.nth, quote=value["text"])
            return None
        made["basis"] = value.get("basis", "stated")
    if made.get("date") and made["basis"] == "none":
        draft.refuse("C003", nth=order.nth, member="deadline.basis", detail="none")
        return None
    return made
