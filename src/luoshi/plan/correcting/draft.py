"""A plan while it is being corrected: its findings by id, where they stand, and the marks that say what was changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from luoshi.amounts import Amount, plain
from luoshi.plan.correcting.quotes import Quote, Quotes
from luoshi.plan.model import Commitment, Figure, Item, Node, Plan, Unread
from luoshi.problems import Problem, problem
from luoshi.source import Span, fold

Spanned = Figure | Commitment
N = TypeVar("N", bound=Node)
S = TypeVar("S", Figure, Commitment)
_NAMES = {"figure": "数字", "commitment": "承诺", "item": "事项"}
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[/:]\d+(?:\.\d+)?)*")
_HEADING = 200


class Order(NamedTuple):
    """A correction to carry out: the ``nth`` of its file; ``entry`` is what is written on whatever it changes."""

    nth: int
    what: str
    place: Quote
    to: dict[str, Any]
    also: tuple[Quote, ...]
    entry: dict[str, str]


class Draft:
    """A plan under correction. Problems are collected; findings that no correction names stay as they are."""

    def __init__(self, plan: Plan, text: str) -> None:
        self._plan = plan
        self.quotes = Quotes(text)
        self.figures = {one.id: one for one in plan.figures}
        self.commitments = {one.id: one for one in plan.commitments}
        self.items = {one.id: one for one in plan.items}
        self.dropped: list[dict[str, Any]] = list((plan.model_extra or {}).get("dropped", ()))
        self.problems: list[Problem] = []
        self.text = text
        self._unread = list(plan.unread)
        self._settled: dict[tuple[str, str], Any] = {}

    def plan(self) -> Plan:
        """The corrected plan, everything in text order."""
        changed: dict[str, Any] = {
            "figures": tuple(sorted(self.figures.values(), key=_by_place)),
            "commitments": tuple(sorted(self.commitments.values(), key=_by_place)),
            "items": tuple(sorted(self.items.values(), key=self._first)),
            "unread": tuple(self._unread),
        }
        if self.dropped:
            changed["dropped"] = self.dropped
        return self._plan.model_copy(update=changed)

    def _first(self, item: Item) -> int:
        return min(
            (self.commitments[name].start for name in item.commitments if name in self.commitments),
            default=min((self.figures[name].start for name in item.figures if name in self.figures), default=0),
        )

    # ── problems ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def refuse(self, code: str, place: Span | None = None, **found: object) -> None:
        """Note a problem."""
        start, end = place or (None, None)
        self.problems.append(problem(code, start=start, end=end, **found))

    def settle(self, order: Order, name: str, values: Mapping[str, Any]) -> bool:
        """Whether no other correction gave the finding ``name`` another value; a contradiction is noted."""
        for member, value in values.items():
            if self._settled.setdefault((name, member), value) != value:
                self.refuse("C007", nth=order.nth, quote=order.place.words, member=member)
                return False
        return True

    # ── places ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def place(self, order: Order, quote: Quote) -> Span | None:
        """Where the quoted words stand; None, with a problem, if nowhere or at more than one place."""
        found = self.quotes.find(quote)
        if len(found) == 1:
            return found[0]
        code = "C005" if found else "C004"
        self.refuse(code, found[0] if found else None, nth=order.nth, quote=quote.words, count=len(found))
        return None

    def at(self, findings: Iterable[S], place: Span) -> S | None:
        """The one of ``findings`` that stands at ``place``: exactly there, else the one it shares most with."""
        near = [(_shared(one, place), one) for one in findings if _shared(one, place)]
        exact = [one for _, one in near if (one.start, one.end) == place]
        if exact:
            return exact[0]
        best = max((shared for shared, _ in near), default=0)
        found = [one for shared, one in near if shared == best]
        enough = best * 2 > min(place.end - place.start, *(one.end - one.start for one in found)) if found else False
        return found[0] if len(found) == 1 and enough else None

    def items_at(self, place: Span) -> list[Item]:
        """The items that hold the commitment, or else the figure, at ``place``."""
        promise = self.at(self.commitments.values(), place)
        if promise is not None:
            return [item for item in self.items.values() if promise.id in item.commitments]
        figure = self.at(self.figures.values(), place)
        return [item for item in self.items.values() if figure is not None and figure.id in item.figures]

    def the(self, order: Order, findings: Iterable[S], quote: Quote | None = None) -> S | None:
        """The one of ``findings`` that a correction quotes; None, with a problem, if that is not clear."""
        quote = quote or order.place
        place, known = self.place(order, quote), tuple(findings)
        found = self.at(known, place) if place else None
        if place and found is None:
            self.nothing(order, place, sum(_shared(one, place) > 0 for one in known), quote)
        return found

    def nothing(self, order: Order, place: Span, count: int, quote: Quote) -> None:
        """Say that what a correction is about was not read at ``place``, or is one of several there."""
        code = "C005" if count > 1 else "C008" if order.entry["do"] == "drop" else "C006"
        self.refuse(code, place, nth=order.nth, quote=quote.words, what=_NAMES[order.what], count=count)

    def section(self, start: int) -> str | None:
        """The innermost section around ``start``."""
        around = [one for one in self._plan.sections if one.start <= start < one.end]
        return max(around, key=lambda one: one.start).id if around else None

    def fresh(self, letter: str, taken: Iterable[str]) -> str:
        """An id that nothing has."""
        gone = (entry["read"]["id"] for entry in self.dropped)
        numbers = [int(name[1:]) for name in (*taken, *gone) if name[1:].isdecimal()]
        return f"{letter}{max(numbers, default=0) + 1}"

    # ── changes ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def changed(self, order: Order, one: N, values: Mapping[str, Any]) -> N | None:
        """``one`` with ``values``, what was read beside them; None, with a problem, if a value cannot be.

        What was never read but added by a person has a ``read_as`` of None and keeps it.
        """
        written = one.model_dump(mode="json", by_alias=True)
        new = self.valid(order, type(one), {**written, **values})
        if new is None:
            return None
        extra = one.model_extra or {}
        read_as = extra.get("read_as", {})
        if read_as is not None:
            read_as = {**{name: written.get(name) for name in values}, **read_as}
        return new.model_copy(update={"read_as": read_as, "corrected": _signed(extra.get("corrected", ()), order)})

    def valid(self, order: Order, made: type[N], values: Mapping[str, Any]) -> N | None:
        """A node of these values; None, with a problem, if one of them cannot be."""
        try:
            new = made.model_validate(values)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                self.refuse("C003", nth=order.nth, member=".".join(map(str, fault["loc"])), detail=fault["msg"])
            return None
        if isinstance(new, Figure):
            odd = next((name for name in ("value", "value2") if not _is_number(getattr(new, name))), None)
            if odd:
                self.refuse("C003", nth=order.nth, member=odd, detail=str(getattr(new, odd)))
                return None
        return new

    def drop(self, order: Order, what: str, one: Node) -> None:
        """Remember ``one``, which leaves the plan, as it was."""
        read = one.model_dump(mode="json", by_alias=True)
        self.dropped.append({"what": what, "read": read, "quote": order.place.words, **order.entry})

    def was_dropped(self, order: Order, test: Callable[[dict[str, Any]], bool]) -> bool:
        """Whether this correction has already dropped something that answers ``test``."""
        words = order.place.words
        return any(
            entry["what"] == order.what and entry.get("quote") == words and test(entry["read"])
            for entry in self.dropped
        )

    # ── the map of what is read ──────────────────────────────────────────────────────────────────────────────────────

    def cover(self, start: int, end: int) -> None:
        """Take ``[start, end)`` out of the stretches that are unread."""
        self._unread = [
            one.model_copy(update={"start": a, "end": b})
            for one in self._unread
            for a, b in ((one.start, min(one.end, start)), (max(one.start, end), one.end))
            if a < b
        ]

    def uncover(self, start: int, end: int, why: str) -> None:
        """Put what of ``[start, end)`` nothing else holds among the unread stretches."""
        at = start
        for first, last in sorted((*self._held(), (end, end))):
            if at < min(first, end):
                self._unread.append(Unread(start=at, end=min(first, end), why=why))
            at = max(at, last)
        self._unread.sort(key=_by_place)

    def _held(self) -> Iterator[tuple[int, int]]:
        yield from ((one.start, one.end) for one in self._unread)
        yield from ((one.start, one.end) for one in self.figures.values())
        yield from ((one.start, one.end) for one in self.commitments.values() if one.kind != "slogan")
        for section in self._plan.sections:
            title = fold(section.title)
            at = fold(self.text[section.start : section.start + _HEADING + len(title)]).find(title) if title else -1
            if at >= 0:
                yield section.start, section.start + at + len(title)


def in_base(value: str, unit: str) -> dict[str, str | None]:
    """The members ``base_value`` and ``base_unit`` of a figure."""
    try:
        base = Amount(Decimal(value), unit).in_base()
    except InvalidOperation:
        base = None
    return {"base_value": plain(base.value) if base else None, "base_unit": base.unit if base else None}


def _signed(before: Iterable[dict[str, str]], order: Order) -> list[dict[str, str]]:
    entries = list(before)
    return entries if order.entry in entries else [*entries, order.entry]


def _is_number(value: str | None) -> bool:
    return value is None or _NUMBER.fullmatch(value) is not None


def _by_place(one: Spanned | Unread) -> tuple[int, int]:
    return one.start, -one.end


def _shared(one: Spanned, place: Span) -> int:
    return max(0, min(one.end, place.end) - max(one.start, place.start))
