"""The result picture in words, top to bottom."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.publish.onepage.result.board import Entry, Kept, Pair, Part, Told
from luoshi.publish.onepage.result.wording import label


def headline(board: Kept) -> str:
    """The picture's title in one line."""
    place = board.place.text if board.place else ""
    return place + "".join(one.text for one in board.heading) + " " + label("kicker").text


def retell(board: Kept) -> str:
    """The picture as plain text, one promise a line."""
    return "\n".join(_lines(board)) + "\n"


def _lines(board: Kept) -> Iterator[str]:
    yield headline(board)
    yield "".join(one.text for one in board.as_of)
    shares = "，".join(f"{one.badge.word.text}{one.count.text}" for one in board.shares)
    yield f"{board.total.text}{board.unit.text}：{shares}"
    for part in board.parts:
        yield from _part(part, board)
    yield ""
    yield board.how.text


def _part(part: Part, board: Kept) -> Iterator[str]:
    unit = label("unit").text
    above = f"{label('above').text}{part.above.text}{unit}" if part.above else ""
    yield from ("", f"{part.heading.text}（{label('of_all').text}{part.total.text}{unit}{above}）")
    yield from map(_pair, (*part.cards, *part.rows))
    yield from map(_entry, part.lines)
    if part.more:
        yield label("rest_before").text + part.more.text + board.rest.text


def _pair(one: Pair) -> str:
    came = "、".join(map(_told, one.came))
    when = f"（{one.when.text}）" if one.when else ""
    said = label("said").text + _told(one.said)
    why = f"（{one.why.text}）" if one.why else ""
    return f"[{one.badge.word.text}] {one.name.text}：{said}，{label('came').text}{came}{when}{why}"


def _told(one: Told) -> str:
    words = (*(word.text for word in one.before), one.amount.text, one.amount.unit, *(word.text for word in one.after))
    return "".join(words)


def _entry(one: Entry) -> str:
    facts = "，".join(fact.text for fact in (one.lead, one.due) if fact)
    came = f"；{label('answer').text}{one.came.text}" if one.came else ""
    why = f"（{one.why.text}）" if one.why else ""
    return f"[{one.badge.word.text}] {one.words.text}{f'（{facts}）' if facts else ''}{came}{why}"
