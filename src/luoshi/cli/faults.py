"""How a problem is told: its code and title, what was found and where, why it matters, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from luoshi.cli.terminal import plain
from luoshi.problems import Code, Problem, Severity, catalogue

if TYPE_CHECKING:
    from luoshi.plan import Finding

SHAPES: dict[Severity, tuple[str, str, str]] = {
    "error": ("✖", "错误 error", "bold red"),
    "warning": ("▲", "提醒 warning", "bold yellow"),
    "note": ("•", "说明 note", "bold blue"),
}
_SHOWN = 30  # characters of the text quoted with a problem


class Unwritable(Exception):
    """The results cannot be written where they were asked for; carries the problems that say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{found.code} {found.message}" for found in self.problems))


def heading(code: Code) -> Text:
    """A problem code's first line; its weight is told by shape and word, not by colour alone."""
    shape, word, style = SHAPES[code.severity]
    return Text.assemble((f"{shape} {word}", style), "  ", (code.code, "bold"), f"  {code.title}")


def show_problems(console: Console, problems: Iterable[Problem | Finding], text: str | None = None) -> None:
    """Print each of ``problems`` in full; ``text`` turns offsets into lines and words."""
    for found in problems:
        console.print(heading(catalogue()[found.code]))
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for name, words in _rows(found, text):
            table.add_row(name, plain(words))
        console.print(Padding(table, (0, 0, 0, 2)))


def remark(found: Problem | Finding, text: str) -> Text:
    """A problem in a text that was read all the same: its code, and under it what was found where."""
    line = heading(catalogue()[found.code]).append(f"\n    {plain(found.message)}")
    if found.start is not None:
        line.append(f"  {plain(place(found.start, found.end, text))}", style="dim")
    return line


def _rows(found: Problem | Finding, text: str | None) -> list[tuple[str, str]]:
    rows = [("发现 found", found.message)]
    if found.start is not None:
        rows.append(("位置 where", place(found.start, found.end, text)))
    return [
        *rows,
        ("为何 why", found.why),
        ("怎么办 do", found.advice),
        ("English", catalogue()[found.code].english),
    ]


def place(start: int, end: int | None, text: str | None) -> str:
    """Where a problem is, in words: the line and the characters, and their first words where the text is at hand."""
    end = start if end is None else end
    if text is None:
        return f"第 {start}–{end} 字"
    line = text.count("\n", 0, start) + 1
    words = text[start : min(end, start + _SHOWN)]
    return f"第 {line} 行，第 {start}–{end} 字：“{words}{'…' if end - start > _SHOWN else ''}”"
