"""Promises that compare two indicators instead of giving a number: 居民收入增速高于经济增速."""

from __future__ import annotations

from decimal import Decimal

from luoshi.compare.candidates import Shelf
from luoshi.compare.figures import Reading
from luoshi.compare.found import Found
from luoshi.compare.judging import Bands, written
from luoshi.compare.model import Outcome
from luoshi.compare.pledges import Pledge
from luoshi.compare.quoting import quotes_of
from luoshi.compare.words import pattern, said, table

_KINDS = ("more", "least", "same")


def relative(pledge: Pledge, shelf: Shelf, rules: Bands) -> Found | None:
    """The verdict where the promise compares two known indicators and the report gives both rates; else None."""
    parted = _parted(pledge.text)
    if parted is None or pledge.kind not in ("target", "hold"):
        return None
    ours, kind, theirs = parted
    left, right = _rates(ours, shelf, pledge), _rates(theirs, shelf, pledge)
    if not left or not right:
        return None
    room = rules.growth if kind == "same" else Decimal(0)
    kept = all(_holds(one, right[0], kind, room) for one in left)
    sign = ("＞" if kind == "more" else "≥") if kept else ("≤" if kind == "more" else "＜")
    band = f" − {room}" if room else ""
    outcome = Outcome(
        report=shelf.edition.id,
        quotes=quotes_of((*left, right[0])),
        numbers=tuple(one.number() for one in (*left, right[0])),
        arithmetic="；".join(f"{written(one)} {sign} {written(right[0])}{band}" for one in left),
        because=said("relative", words=f"{left[0].name}与{right[0].name}"),
    )
    return Found("met" if kept else "missed", outcome)


def _parted(text: str) -> tuple[str, str, str] | None:
    """The promise taken apart into the code of its subject, the kind of comparison, the code it is compared with."""
    for kind in ("least", "more", "same"):
        found = pattern("relative", kind).search(text)
        if found is None:
            continue
        before, after = text[: found.start()], text[found.end() :]
        if kind == "same" and "与" in before:
            before, _, after = before.partition("与")
        ours, theirs = _code(before), _code(after)
        if ours and theirs and ours != theirs:
            return ours, kind, theirs
    return None


def _code(words: str) -> str | None:
    phrases: dict[str, str] = table("relative")["phrases"]
    return next((code for phrase, code in phrases.items() if phrase in words), None)


def _rates(code: str, shelf: Shelf, pledge: Pledge) -> list[Reading]:
    """The reported rate of an indicator for the year of the promise; those of its parts where the whole is not told."""
    whole = _best(code, shelf, pledge)
    if whole:
        return [whole]
    parts = [_best(part, shelf, pledge) for part in table("parts").get(code, ())]
    return [one for one in parts if one] if parts and all(parts) else []


def _best(code: str, shelf: Shelf, pledge: Pledge) -> Reading | None:
    due = pledge.due.year
    fitting = [
        one for one in shelf.of_code(code)
        if one.figure.measure == "growth" and not one.average and not one.partial and one.basis is None
        and one.value is not None and (one.years[1] if one.years else shelf.edition.reviewed) == due
    ]  # fmt: skip
    return min(fitting, key=lambda one: (one.role != "review", one.figure.start), default=None)


def _holds(one: Reading, other: Reading, kind: str, room: Decimal) -> bool:
    assert one.value is not None
    assert other.value is not None
    return one.value > other.value if kind == "more" else one.value >= other.value - room
