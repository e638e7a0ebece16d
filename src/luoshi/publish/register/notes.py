"""The sheet 说明: what the register is, where it comes from, what each column means, what was noticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from luoshi.plan import Plan
from luoshi.publish.labels import label
from luoshi.publish.register.cells import Cell, Value
from luoshi.publish.register.columns import groups, note_words, sheet
from luoshi.publish.register.painting import EDGE, Painter

_SHEETS = ("items", "figures", "commitments", "ladder")
_HEADING = {"bold": True, "font_size": 12, "text_wrap": False, "border": 0}
_HEAD = {"bold": True, "bg_color": "#E9EDF3"}
Line = tuple[Value, ...]


def write_notes(painter: Painter, plan: Plan, state: Mapping[str, str] | None = None) -> None:
    """Add the sheet to the workbook of ``painter``; ``state`` says of a register with states how things stood when."""
    said = note_words()
    how = [*said["how"]["lines"], *(said["how"]["states"] if state else [])]
    page = painter.page(sheet("notes"))
    for at, width in enumerate(said["widths"]):
        page.set_column(at, at, width)
    at = 0
    blocks: tuple[tuple[str, Line | None, Iterable[Line]], ...] = (
        ("report", None, _facts(plan, state or {})),
        ("counts", None, _tallies(plan)),
        ("usage", None, ((str(at), line) for at, line in enumerate(how, 1))),
        ("columns", tuple(said["columns_head"]), _columns(states=bool(state))),
        ("findings", tuple(said["findings_head"]), _findings(plan)),
    )
    for name, head, rows in blocks:
        at = _block(painter, page, at, rows, title=said[name], head=head)


def _block(painter: Painter, page: Any, at: int, rows: Iterable[Line], *, title: str, head: Line | None) -> int:
    """A heading, the heads of its columns if it has them, its lines. Gives the row after a blank one."""
    painter.cell(page, at, 0, Cell(title), **_HEADING)
    page.set_row(at, 22)
    if head:
        at += 1
        _line(painter, page, at, head, _HEAD)
    for row in rows:
        at += 1
        _line(painter, page, at, row, {})
    return at + 2


def _line(painter: Painter, page: Any, at: int, row: Line, looks: dict[str, Any]) -> None:
    """One line; a line of two has its second part across all columns that are left."""
    widths: list[float] = note_words()["widths"]
    if len(row) == 2:
        page.merge_range(at, 1, at, len(widths) - 1, "", painter.style(border=1, border_color=EDGE))
        widths = [widths[0], sum(widths[1:])]
    for place, value in enumerate(row):
        painter.cell(page, at, place, Cell(value), **looks)
    page.set_row(at, painter.height((str(value), width) for value, width in zip(row, widths, strict=True)))


def _facts(plan: Plan, state: Mapping[str, str]) -> Iterator[Line]:
    facts = plan.document
    known: dict[str, Value] = {
        "title": facts.title,
        "place": facts.place,
        "level": facts.level and label("level", facts.level),
        "year": facts.year,
        "term": facts.term and "—".join(map(str, facts.term)),
        "source": facts.source,
        "characters": facts.characters,
        "sha256": facts.sha256,
        "format": plan.format,
        **state,
    }
    for name, said in note_words()["facts"].items():
        if name in known:
            yield said, "" if known[name] is None else str(known[name])


def _tallies(plan: Plan) -> Iterator[Line]:
    nothing: str = note_words()["nothing"]
    leads = (label("unit_basis", item.lead.basis) if item.lead else nothing for item in plan.items)
    found = {
        "figures": _tally(label("tense", figure.tense) for figure in plan.figures),
        "commitments": _tally(label("kind", one.kind) for one in plan.commitments),
        "items": _tally(label("kind", item.kind) for item in plan.items),
        "due": _tally(label("date_basis", item.deadline.basis) for item in plan.items),
        "lead": _tally(leads),
        "ladder": _tally(rung.text for rung in plan.ladder),
        "findings": _tally(finding.code for finding in plan.problems),
    }
    return ((said, found[name]) for name, said in note_words()["tallies"].items())


def _tally(names: Iterable[str]) -> str:
    """How many, and of what: ``12：指标 8、项目 4``."""
    counts = Counter(names)
    parts = "、".join(f"{name} {count}" for name, count in counts.most_common())
    return f"{counts.total()}：{parts}" if parts else "0"


def _columns(*, states: bool) -> Iterator[Line]:
    for name in _SHEETS:
        about = sheet(name, states=states)
        for column in about.columns:
            yield about.title, column.zh, column.en, groups()[column.group].zh, column.note


def _findings(plan: Plan) -> Iterator[Line]:
    for finding in plan.problems:
        yield finding.code, finding.start, "", "", f"{finding.message}{finding.advice}"
