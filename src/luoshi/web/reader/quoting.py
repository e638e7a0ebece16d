"""From what was read to the words that a correction points by: never an offset or an id, so that it survives both."""

from __future__ import annotations

from typing import Any

from luoshi.plan import Commitment, Correction, Figure, Item, Plan

_AROUND = 12


def quoted(text: str, one: Commitment | Figure) -> dict[str, str]:
    """The words of ``one``, and what stands before and behind them."""
    before, after = text[max(0, one.start - _AROUND) : one.start], text[one.end : one.end + _AROUND]
    return {"quote": text[one.start : one.end], "before": before, "after": after}


def correction(do: str, what: str, words: dict[str, str], **more: Any) -> Correction:
    """A correction of the finding ``what`` at ``words``."""
    return Correction.model_validate({"do": do, "what": what, **words, **more})


def words_of(text: str, plan: Plan, item: Item) -> dict[str, str]:
    """The words by which ``item`` is meant: its first promise that no other item shares, else its first figure."""
    shared = {name for other in plan.items if other.id != item.id for name in other.commitments}
    promises = {one.id: one for one in plan.commitments}
    own = [promises[name] for name in item.commitments if name in promises]
    alone = [one for one in own if one.id not in shared] or own
    figures = [one for one in plan.figures if one.id in item.figures]
    found: list[Commitment | Figure] = [*alone, *figures]
    return quoted(text, found[0])
