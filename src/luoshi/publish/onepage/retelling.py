"""The picture in words, top to bottom: for screen readers, for search, for those it does not reach."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.publish.onepage.board import Board, Card, Line, Panel, Step, Value
from luoshi.publish.onepage.wording import label


def headline(board: Board) -> str:
    """The picture's title in one line."""
    parts = (board.place, board.year, board.title)
    return "".join(part.text for part in parts if part) + " " + label("kicker").text


def retell(board: Board) -> str:
    """The picture as plain text, one matter a line."""
    return "\n".join(_lines(board)) + "\n"


def _lines(board: Board) -> Iterator[str]:
    yield headline(board)
    if board.term:
        yield label("term").text + " " + board.term.text
    yield "，".join(one.count.text + one.name.text for one in board.tallies)
    if board.ladder:
        yield from ("", label("ladder").text, *map(_step, board.ladder))
    for panel in (*board.reviews, *board.targets):
        yield from _panel(panel)
    for chapter in board.tasks:
        yield from ("", chapter.heading.text)
        for theme in chapter.themes:
            yield from _panel(theme)
    for panel in (*board.livelihood, *((board.titles,) if board.titles else ())):
        yield from _panel(panel)
    yield ""
    yield label("promise").text


def _panel(panel: Panel) -> Iterator[str]:
    badge = f"{panel.badge.text}、" if panel.badge else ""
    total = f"（{label('of_all').text}{panel.total.text}{label('unit').text}）" if panel.total else ""
    yield from ("", badge + panel.heading.text + total)
    yield from map(_card, (*panel.cards, *panel.rows))
    yield from map(_line, panel.lines)


def _step(step: Step) -> str:
    members = "；".join(one.text for one in step.members)
    return f"{step.words.text}：{members}" if members else step.words.text


def _card(card: Card) -> str:
    said = "，".join(map(_value, (*card.values, *card.beside)))
    tags = "".join(f"（{tag.text}）" for tag in card.tags)
    return f"{card.name.text} {said}{tags}"


def _value(value: Value) -> str:
    words = (
        *(one.text for one in value.before),
        value.number.text,
        value.number.unit,
        *(one.text for one in value.after),
    )
    return "".join(words)


def _line(line: Line) -> str:
    number = f"{line.ordinal.text}. " if line.ordinal else ""
    kind = line.mark.word.text + (f"·{line.strength.text}" if line.strength else "")
    when = f"（{line.deadline.text}）" if line.deadline else ""
    return f"{number}[{kind}] {line.title.text}{when}"
