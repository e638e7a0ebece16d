"""Word 97–2003 documents (doc) and WPS documents (wps), which are the same format; after [MS-DOC].

Kept, dropped and written out is the same as for docx (see ``word.py``): tracked insertions and automatic numbers are
kept, deletions, hidden text, headers, comments and field instructions dropped; text boxes follow the body, then
footnotes and endnotes under a line 注释. The text is a list of pieces, of one byte a character or two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import olefile

from luoshi.intake.limits import Limits
from luoshi.intake.numbering import Lists, enclosed, symbol
from luoshi.intake.oldwordparts import (
    DELETED,
    HIDDEN,
    IN_TABLE,
    INSERTED,
    LEVEL,
    LIST,
    OUTLINE,
    ROW_END,
    SYMBOL,
    OldStyle,
    Runs,
    character_runs,
    fonts,
    lists,
    number,
    paragraph_runs,
    styles,
)
from luoshi.intake.reading import Line, Reading, Refusal, Sheet
from luoshi.intake.sniff import name_of
from luoshi.intake.table import flattened

_NOTES = "注释"
_WORD, _OLD_WORD = 0xA5EC, (0xA5DC, 0xA5DB, 0xA59B, 0xA59C)
_FIRST_VERSION = 0xC1  # Word 97
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_PAIRS = 0x9A  # where the table of places begins: four bytes offset, four bytes size
_STYLES, _CHARACTERS, _PARAGRAPHS, _FONTS, _PIECES, _LISTS, _LIST_USES = 1, 12, 13, 15, 33, 73, 74
_COUNTS = 0x4C  # characters of body, footnotes, headers, macros, comments, endnotes, text boxes, boxes in headers
_BODY, _FOOTNOTES, _ENDNOTES, _BOXES = 0, 1, 5, 6
_OTHERS = (("Workbook", "xlsx"), ("Book", "xlsx"), ("PowerPoint Document", "pptx"))
_ON = (1, 0x81)
_PARAGRAPH, _CELL, _NOTE = "\r", "\x07", "\x02"
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_SHOWN = {"\x0b": "\n", "\x0c": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\x01": "", "\x05": "", "\x08": ""}
_CODE_PAGE = {byte: bytes((byte,)).decode("cp1252", "ignore") or byte for byte in range(0x80, 0xA0)}
_DAMAGE = (OSError, ValueError, IndexError, KeyError, TypeError, RecursionError)


def read_doc(data: bytes, limits: Limits) -> Reading:
    """The text of a doc or wps file. Raises :class:`Refusal` for macros, passwords, other contents, damage, length."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            main, table = _streams(container, len(data))
    except _DAMAGE as error:
        raise Refusal("I013", detail="复合文档的结构有误") from error
    try:
        return _Old(main, table, limits).reading()
    except (IndexError, KeyError, ValueError) as error:
        raise Refusal("I013", detail="文字的索引有误") from error


def _streams(container: olefile.OleFileIO, size: int) -> tuple[bytes, bytes]:
    """The stream of the text and the one of its tables, of a file of ``size`` bytes."""
    names = {"/".join(parts) for parts in container.listdir()}
    if any(name.lower().endswith(("vba/dir", "vba/_vba_project")) for name in names):
        raise Refusal("I017")
    if "EncryptedPackage" in names:
        raise Refusal("I018")
    if "WordDocument" not in names:
        raise Refusal("I010", found=name_of(next((kind for name, kind in _OTHERS if name in names), "ole")))
    main = _stream(container, "WordDocument", size)
    if number(main, 0, 2) in _OLD_WORD or number(main, 2, 2) < _FIRST_VERSION:
        raise Refusal("I010", found=name_of("oldword"))
    flags = number(main, 0x0A, 2)
    if number(main, 0, 2) != _WORD:
        raise Refusal("I013", detail="不是 Word 的文字流")
    if flags & _ENCRYPTED:
        raise Refusal("I018")
    return main, _stream(container, "1Table" if flags & _TABLE_1 else "0Table", size)


def _stream(container: olefile.OleFileIO, name: str, size: int) -> bytes:
    """A stream; one longer than the file goes round in a circle of sectors and would be read for gigabytes."""
    if max(container.get_size(name), container.root.size) > size:
        raise ValueError(name)
    return bytes(container.openstream(name).read())


@dataclass(slots=True)
class _Story:
    """Paragraphs of one part of the file on their way to lines; a table grows until the first paragraph outside it."""

    lines: list[Line] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)
    row: list[list[Line]] = field(default_factory=list)
    cell: list[Line] = field(default_factory=list)

    def add(self, line: Line, end: str, found: dict[int, int]) -> None:
        if found.get(ROW_END):
            self.rows.append(self.row)
            self.row, self.cell = [], []
        elif end == _CELL:
            self.row.append([*self.cell, line])
            self.cell = []
        elif found.get(IN_TABLE):
            self.cell.append(line)
        else:
            self.end_table()
            self.lines.append(line)

    def end_table(self) -> None:
        if self.cell:
            self.row.append(self.cell)
        if self.row:
            self.rows.append(self.row)
        self.lines += flattened(self.rows)
        self.rows, self.row, self.cell = [], [], []


class _Old:
    """One file while it is being read."""

    def __init__(self, main: bytes, table: bytes, limits: Limits) -> None:
        self._main, self._table, self._limits = main, table, limits
        self._characters: Runs = character_runs(main, self._part(_CHARACTERS))
        self._paragraphs: Runs = paragraph_runs(main, self._part(_PARAGRAPHS))
        self._styles: dict[int, OldStyle] = styles(self._part(_STYLES))
        self._fonts: list[str] = fonts(self._part(_FONTS))
        self._lists: Lists = lists(table, self._place(_LISTS), self._place(_LIST_USES))
        self._tracked = self._hid = False

    def _place(self, index: int) -> tuple[int, int]:
        at = _PAIRS + 8 * index
        return number(self._main, at, 4), number(self._main, at + 4, 4)

    def _part(self, index: int) -> bytes:
        at, size = self._place(index)
        return self._table[at : at + size]

    def reading(self) -> Reading:
        counts = [number(self._main, _COUNTS + 4 * index, 4) for index in range(8)]
        if counts[_BODY] > self._limits.characters:
            raise Refusal("I007", limit=self._limits.characters)
        starts = [sum(counts[:index]) for index in range(9)]
        sheet = Sheet(self._limits)
        for line in self._lines(starts[_BODY], starts[_BODY + 1]):
            sheet.write(*line)
        for line in self._lines(starts[_BOXES], starts[_BOXES + 1]):
            if line.text.strip():
                sheet.write(*line)
        notes = [note for part in (_FOOTNOTES, _ENDNOTES) for note in self._notes(starts[part], starts[part + 1])]
        if notes:
            sheet.write(_NOTES)
            for at, note in enumerate(notes, 1):
                sheet.write(f"[{at}]{note}")
        if self._tracked:
            sheet.remark("I030")
        if self._hid:
            sheet.remark("I031")
        return sheet.reading()

    # ── characters ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Place in the file, bytes a character, and text of each piece between two character positions."""
        clx = self._part(_PIECES)
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + number(clx, at + 1, 2)
        plc = clx[at + 5 : at + 5 + number(clx, at + 1, 4)]
        count = (len(plc) - 4) // 12
        for index in range(count):
            first, last = number(plc, 4 * index, 4), number(plc, 4 * index + 4, 4)
            place = number(plc, 4 * (count + 1) + 8 * index + 2, 4)
            width = 1 if place & 0x40000000 else 2
            place = (place & 0x3FFFFFFF) // (2 if width == 1 else 1)
            low, high = max(first, start), min(last, end)
            if low < high:
                place += (low - first) * width
                raw = self._main[place : place + (high - low) * width]
                if len(raw) < (high - low) * width:
                    raise Refusal("I013", detail="文字不完整")
                text = _one_byte(raw) if width == 1 else raw.decode("utf-16-le", "surrogatepass")
                yield place, width, text

    def _visible(self, start: int, end: int) -> Iterator[tuple[str, int]]:
        """The characters that are neither deleted nor hidden, each with its place in the file."""
        for place, width, text in self._pieces(start, end):
            for char, here in _placed(text, place, width):
                found = self._characters.at(here)
                if found and (found.get(DELETED) == 1 or found.get(INSERTED) == 1):
                    self._tracked = True
                if found.get(DELETED) == 1:
                    continue
                if found.get(HIDDEN, 0) in _ON:
                    self._hid = self._hid or char.isalnum()
                    continue
                yield (self._symbol(found[SYMBOL]) if char == "(" and SYMBOL in found else char), here

    def _symbol(self, value: int) -> str:
        font, point = value & 0xFFFF, value >> 16
        return symbol(chr(point), self._fonts[font] if font < len(self._fonts) else "")

    def _without_fields(self, start: int, end: int) -> Iterator[tuple[str, int]]:
        """The characters with each field replaced by its result."""
        open_: list[list[str] | None] = []  # the instruction of each open field; None once its result has begun
        for char, place in self._visible(start, end):
            if char == _BEGIN:
                open_.append([])
            elif char == _SEPARATE and open_:
                open_[-1] = None
            elif char == _END and open_:
                instruction = open_.pop()
                if instruction is not None and (shown := enclosed("".join(instruction))) and not any(open_):
                    yield shown, place
            elif char == _PARAGRAPH or all(instruction is None for instruction in open_):
                yield char, place
            elif open_[-1] is not None:
                open_[-1].append(char)

    # ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _lines(self, start: int, end: int) -> list[Line]:
        story = _Story()
        text: list[str] = []
        for char, place in self._without_fields(start, end):
            if char in (_PARAGRAPH, _CELL):
                found = self._paragraphs.at(place)
                row_end = bool(found.get(ROW_END))
                story.add(Line("") if row_end else self._line("".join(text), found), char, found)
                text.clear()
            elif char != _NOTE:
                text.append(_SHOWN.get(char, char))
        if text:
            story.add(Line("".join(text)), _PARAGRAPH, {})
        story.end_table()
        return story.lines

    def _line(self, text: str, found: dict[int, int]) -> Line:
        style = self._styles.get(found.get(0, 0), OldStyle(0, 0, {}))
        outline = found.get(OUTLINE, style.found.get(OUTLINE, style.heading - 1 if style.heading else 9))
        use = found.get(LIST, style.found.get(LIST, 0))
        label = ""
        if 0 < use < 0xF801:
            level = found.get(LEVEL, style.found.get(LEVEL))
            if level is None:
                level = self._lists.level_of_style(str(use), str(found.get(0, 0)))
            label = self._lists.label(str(use), level)
        return Line(label + text, outline + 1 if outline < 9 else 0)

    def _notes(self, start: int, end: int) -> list[str]:
        """The texts of the notes; each begins with its mark."""
        text = "".join(char for char, _ in self._without_fields(start, end))
        notes = [re.sub(r"[\r\n\x07\t ]+", " ", note).strip() for note in text.split(_NOTE)]
        return [note for note in ("".join(_SHOWN.get(char, char) for char in note) for note in notes) if note]


def _placed(text: str, place: int, width: int) -> Iterator[tuple[str, int]]:
    """The characters with their places in the file; one beyond the first plane takes two units."""
    for char in text:
        yield char, place
        place += width * (2 if ord(char) > 0xFFFF else 1)


def _one_byte(raw: bytes) -> str:
    return raw.decode("latin-1").translate(_CODE_PAGE)
