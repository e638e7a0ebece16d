"""Sources of words (``words/*.txt``) built into Word templates that an office can open, read and edit.

A line is ``样式| text``. Its text may hold Jinja (``{{ … }}``); a line that is only ``{% … %}`` steers the lines after
it. ``\\n`` and ``\\t`` are a line break and a tab. Tables: ``表 字号| 列宽…``, then ``头|`` and ``行 高|`` with cells
between bars (``[3]`` before a cell's text: three columns wide), then ``表尾|``. ``换页|``, ``横排|``, ``竖排|`` turn
to a new page. ``//`` begins a remark.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from luoshi.publish.papers.form import styles
from luoshi.publish.papers.typography import fonts, framed, page, typeset, width

_LINE = re.compile(r"(?P<key>[^\s|]+)(?: +(?P<about>[\d.]+))?\| ?(?P<text>.*)")
_SPAN = re.compile(r"\[(\d+)\] ?")
_COLUMN = re.compile(r"([\d.]+)(中?)")
_HEADING = "黑体"
_LEADING = 1.35  # of the lines of a table, times the size of its text


@dataclass
class _Open:
    """A table that is being written: the size of its text, its columns as (mm, centred)."""

    table: Any
    size: float
    columns: list[tuple[float, bool]]


@dataclass
class _Writer:
    """What has been written so far, and whether the page is turned."""

    document: Document
    wide: bool = False
    table: _Open | None = field(default=None)


@cache
def template(name: str) -> bytes:
    """The Word template of the paper ``name``, built from its source of words; always the same bytes."""
    source = resources.files(__package__).joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    return skeleton(source)


def skeleton(source: str) -> bytes:
    """A Word template of the lines of ``source``. Raises ValueError for a line that is none."""
    document = docx.Document()
    _bare(document)
    typeset(document)
    writer = _Writer(document)
    for number, line in enumerate(source.split("\n"), 1):
        if line.strip() and not line.startswith("//"):
            _write(writer, line.strip(), number)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _bare(document: Document) -> None:
    """Take out the small picture of a page that the library's blank file carries."""
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        relations.pop(name)


def _write(writer: _Writer, line: str, number: int) -> None:
    if line.startswith("{%"):
        _steer(writer, line)
        return
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"line {number}: {line}")
    key, text = found["key"], found["text"].replace("\\n", "\n").replace("\\t", "\t")
    about = float(found["about"]) if found["about"] else 0.0
    if key in styles():
        framed(writer.document.add_paragraph(text, writer.document.styles[styles()[key].name]), styles()[key])
    elif key in _WORDS:
        _WORDS[key](writer, text, about)
    else:
        raise ValueError(f"line {number}: {key}")


def _steer(writer: _Writer, line: str) -> None:
    """A statement of Jinja: a row of its own in a table, a paragraph of its own elsewhere."""
    if writer.table is None:
        writer.document.add_paragraph(line.replace("{%", "{%p", 1))
    else:
        row = writer.table.table.add_row()
        row.cells[0].paragraphs[0].add_run(line.replace("{%", "{%tr", 1))


def _table(writer: _Writer, text: str, about: float) -> None:
    columns = [(float(found[1]), bool(found[2])) for found in _COLUMN.finditer(text)]
    scale = width(wide=writer.wide) / sum(wide for wide, _ in columns)
    columns = [(wide * scale, centred) for wide, centred in columns]
    table = writer.document.add_table(0, len(columns), writer.document.styles["Table Grid"])
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, (wide, _) in zip(table.columns, columns, strict=True):
        column.width = Mm(wide)
    _margins(table)
    writer.table = _Open(table, about or styles()["表文"].size, columns)


def _margins(table: Table) -> None:
    edges = OxmlElement("w:tblCellMar")
    for side, twips in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(twips))
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    table._tbl.tblPr.append(edges)


def _head(writer: _Writer, text: str, about: float) -> None:
    row = _row(writer, text, about, heading=True)
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _body(writer: _Writer, text: str, about: float) -> None:
    _row(writer, text, about, heading=False)


def _row(writer: _Writer, text: str, about: float, *, heading: bool) -> Any:
    assert writer.table is not None, "a row outside a table"
    opened = writer.table
    row = opened.table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    if about:
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(about)
    at = 0
    for words, span in _cells(text):
        cell = row.cells[at]
        if span > 1:
            cell = cell.merge(row.cells[at + span - 1])
        centred = heading or (span == 1 and opened.columns[at][1])
        _fill(cell, words, opened.size, centred=centred, heading=heading)
        at += span
    if at != len(opened.columns):
        raise ValueError(f"{at} cells for {len(opened.columns)} columns: {text}")
    return row


def _cells(text: str) -> Iterator[tuple[str, int]]:
    """The cells of a row, bars inside of Jinja left alone, and how many columns each is wide."""
    for part in re.split(r"\|(?![^{]*\}\})", text):
        span = _SPAN.match(part.strip())
        yield part.strip()[span.end() if span else 0 :], int(span[1]) if span else 1


def _fill(cell: _Cell, words: str, size: float, *, centred: bool, heading: bool) -> None:
    line = cell.paragraphs[0]
    line.style = cell.part.document.styles[styles()["表文"].name]  # type: ignore[attr-defined]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    line.paragraph_format.line_spacing = Pt(round(size * _LEADING, 1))
    run = line.add_run(words)
    run.font.size = Pt(size)
    if heading:
        fonts(run._r.get_or_add_rPr(), _HEADING)
    middle = OxmlElement("w:vAlign")
    middle.set(qn("w:val"), "center")
    cell._tc.get_or_add_tcPr().append(middle)


def _end(writer: _Writer, _text: str, _about: float) -> None:
    writer.table = None


def _break(writer: _Writer, _text: str, _about: float) -> None:
    writer.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _turn(writer: _Writer, *, wide: bool) -> None:
    empty = not writer.document.paragraphs
    page(writer.document.sections[0] if empty else writer.document.add_section(WD_SECTION.NEW_PAGE), wide=wide)
    writer.wide = wide


_WORDS: dict[str, Callable[[_Writer, str, float], None]] = {
    "表": _table,
    "头": _head,
    "行": _body,
    "表尾": _end,
    "换页": _break,
    "横排": lambda writer, _text, _about: _turn(writer, wide=True),
    "竖排": lambda writer, _text, _about: _turn(writer, wide=False),
}
