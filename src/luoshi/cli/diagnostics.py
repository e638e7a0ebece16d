"""A finding in the terminal as a good compiler tells it: place, section, the words underlined, why, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from luoshi.check import Diagnostic, Place, Result, Rule
from luoshi.cli.faults import SHAPES
from luoshi.cli.terminal import plain
from luoshi.plan import Plan
from luoshi.publish.findings import Lines

_ELLIPSIS = "…"


def show(console: Console, found: Sequence[Diagnostic], plan: Plan, text: str | None) -> None:
    """Print every finding, a blank line between two."""
    lines = Lines(text) if text is not None else None
    for one in found:
        _show(console, one, plan, lines)
        console.print()


def _show(console: Console, one: Diagnostic, plan: Plan, lines: Lines | None) -> None:
    shape, word, style = SHAPES[one.severity]
    console.print(Text.assemble((f"{shape} {word}", style), "  ", (one.code, "bold"), f"  {one.rule.title}"))
    where = f"{plain(plan.document.source) or '报告'}:{_where(one.place, lines)}"
    console.print(
        Text.assemble(("  → ", "bold blue"), where, (f"  § {plain(one.section)}" if one.section else "", "dim")),
        soft_wrap=True,
    )
    for line in _quoted(one.place, lines, console.width - 6, style):
        console.print(Text.assemble(("  │ ", "bold blue"), line), no_wrap=True, overflow="ignore", crop=False)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for name, words in _rows(one, lines):
        table.add_row(name, words)
    console.print(Padding(table, (0, 0, 0, 2)))


def _rows(one: Diagnostic, lines: Lines | None) -> Iterable[tuple[str, str]]:
    yield "发现 found", plain(one.message)
    if one.sum:
        yield "算式 sum", plain(one.sum)
    for place in one.related:
        where = f"{_where(place, None if place.earlier else lines)} " if not place.earlier else ""
        yield "另见 see", f"{where}{place.note} “{plain(place.text)}”"
    yield "为何 why", one.rule.why
    yield "怎么办 do", one.rule.advice
    yield "English", f"{one.rule.title_en}. {plain(one.english)} {one.rule.advice_en}"
    yield "记号 mark", one.mark


def _where(place: Place, lines: Lines | None) -> str:
    return "{}:{}".format(*lines.at(place.start)) if lines else f"第 {place.start}–{place.end} 字"


def _quoted(place: Place, lines: Lines | None, width: int, style: str) -> list[Text]:
    """The line with the words in it, cut to the terminal, and under the words as many marks as they are wide."""
    if lines is None:
        return [Text(plain(place.text))]
    start, end = lines.span(lines.at(place.start).line)
    last = min(place.end, end)
    words = _visible(lines.text[place.start : last])
    words = _clipped(words, width // 2)
    before = _tail(_visible(lines.text[start : place.start]), (width - cell_len(words)) * 2 // 3)
    after = _clipped(_visible(lines.text[last:end]), max(width - cell_len(before) - cell_len(words), 0))
    marks = " " * cell_len(before) + "^" * max(cell_len(words), 1)
    return [Text.assemble(before, (words, style), after), Text(marks, style=style)]


def _visible(words: str) -> str:
    """Words that cannot steer the terminal, blanks kept: the marks below are counted by them."""
    return "".join(plain(char) or " " for char in words)


def _clipped(words: str, width: int) -> str:
    if cell_len(words) <= width:
        return words
    while words and cell_len(words) > width - 1:
        words = words[:-1]
    return words + _ELLIPSIS if width > 0 else ""


def _tail(words: str, width: int) -> str:
    if cell_len(words) <= width:
        return words
    while words and cell_len(words) > width - 1:
        words = words[1:]
    return _ELLIPSIS + words if width > 0 else ""


def account(console: Console, result: Result) -> None:
    """How many findings of each severity there are, what was let pass and why, which suppressions fit nothing."""
    counts = [
        (shape, word, sum(one.severity == severity for one in result.found))
        for severity, (shape, word, _) in SHAPES.items()
    ]
    told = "  ".join(f"{shape} {word} {count}" for shape, word, count in counts)
    console.print(told if result.found else "没有发现问题 · nothing was found", soft_wrap=True)
    for one, by in result.passed:
        console.print(f"放过 suppressed  {one.code} “{plain(one.place.text)}”：{plain(by.reason)}", soft_wrap=True)
    for by in result.unused:
        console.print(
            f"没有用上的放过，可以删了 · unused suppression: {plain(str(by))}（{plain(by.reason)}）", soft_wrap=True
        )


def listing(every: Iterable[Rule]) -> Table:
    """Every rule on a line: its code, weight, whether it runs by default, its names."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for one in every:
        shape, word, _ = SHAPES[one.severity]
        table.add_row(one.code, f"{shape} {word}", "" if one.on else "默认关 off", f"{one.title} · {one.title_en}")
    return table
