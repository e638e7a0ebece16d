"""The body of a docx (or its notes) as lines: what a reader of the accepted document would see, in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from luoshi.intake.limits import Limits
from luoshi.intake.markup import Attributes, Walker
from luoshi.intake.numbering import Lists, enclosed, symbol
from luoshi.intake.reading import Line
from luoshi.intake.table import flattened
from luoshi.intake.wordparts import BODY_LEVEL, PREFIXES, Style, Styles, integer, on

# Skipped with everything in them: what was deleted or moved away, earlier formatting, readings above characters.
_GONE = frozenset(
    (
        *("w:del", "w:moveFrom", "w:pPrChange", "w:rPrChange", "w:tblPrChange", "w:trPrChange", "w:tcPrChange"),
        *("w:tblPrExChange", "w:sectPrChange", "w:numberingChange", "w:rt", "w:sectPr", "w:tblGrid", "w:fldData"),
    )
)
_TRACKED = frozenset(("w:ins", "w:del", "w:moveFrom", "w:moveTo"))
_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is being read; ``boxes`` are the lines of text boxes anchored in it."""

    runs: list[str] = field(default_factory=list)
    style: str = ""
    numbered: str | None = None  # the list it belongs to
    level: int | None = None
    outline: int | None = None
    joined: bool = False  # its paragraph mark was deleted: it runs on into the next paragraph
    mark_hidden: bool = False
    hidden: bool | None = None  # of the run being read
    run_style: str = ""
    boxes: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    """A field: its instruction until ``w:fldChar separate``, then its result."""

    instruction: str = ""
    result: bool = False


@dataclass(slots=True)
class _Story:
    """A sequence of paragraphs: the body, a table cell, a text box or a note."""

    lines: list[Line] = field(default_factory=list)
    carried: str = ""


@dataclass(slots=True)
class _Table:
    rows: list[list[list[Line]]] = field(default_factory=list)
    row_gone: bool = False
    cell_gone: bool = False


class Body(Walker):
    """Reads ``w:body`` or a notes part. ``emit`` takes each finished line of the body.

    ``notes`` lists the notes referred to, in order, as (kind, id); ``found`` the notes of a notes part by id;
    ``tracked`` and ``hid`` say whether there were tracked changes and hidden text.
    """

    def __init__(
        self,
        limits: Limits,
        styles: Styles,
        lists: Lists,
        emit: Callable[[Line], None],
        imported: Callable[[str], list[Line]] | None = None,
    ) -> None:
        super().__init__(limits, PREFIXES)
        self._styles, self._lists, self._emit, self._imported = styles, lists, emit, imported
        self.notes: list[tuple[str, str]] = []
        self.found: dict[str, list[Line]] = {}
        self.tracked = self.hid = False
        self._stories = [_Story()]
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._fields: list[_Field] = []
        self._chosen: list[bool] = []
        self._prompts: list[bool] = []
        self._properties = ""  # w:pPr, w:trPr or w:tcPr while inside it
        self._piece: list[str] | None = None
        self._keep_space = True
        self._note = ""

    # ── elements ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def start(self, name: str, attributes: Attributes) -> bool:
        self.tracked = self.tracked or name in _TRACKED
        if self._properties:
            self._property(name, attributes)
            return name not in _GONE
        if name in _GONE:
            return False
        if name[:2] == "mc":
            return self._alternative(name)
        if name in _CHARACTERS:
            self._write(_CHARACTERS[name])
        elif opening := _OPENINGS.get(name):
            return opening(self, attributes) is not False
        return True

    def end(self, name: str) -> None:
        if self._properties:
            self._properties = "" if name == self._properties else self._properties
        elif closing := _CLOSINGS.get(name):
            closing(self)

    def text(self, data: str) -> None:
        if self._piece is not None:
            self._piece.append(data)

    def _alternative(self, name: str) -> bool:
        """Of several ways to say the same, the first is read and no other."""
        if name == "mc:AlternateContent":
            self._chosen.append(False)
        elif self._chosen and self._chosen[-1]:
            return False
        elif self._chosen:
            self._chosen[-1] = True
        return True

    def _property(self, name: str, attributes: Attributes) -> None:
        if self._properties == "w:pPr" and self._paragraphs:
            self._paragraph_property(self._paragraphs[-1], name, attributes)
        elif self._tables:
            table = self._tables[-1]
            table.row_gone |= self._properties == "w:trPr" and name == "w:del"
            table.cell_gone |= name == "w:cellDel"

    @staticmethod
    def _paragraph_property(paragraph: _Paragraph, name: str, attributes: Attributes) -> None:
        match name:
            case "w:pStyle":
                paragraph.style = attributes.get("w:val", "")
            case "w:numId":
                paragraph.numbered = attributes.get("w:val", "")
            case "w:ilvl":
                paragraph.level = integer(attributes)
            case "w:outlineLvl":
                paragraph.outline = integer(attributes, otherwise=BODY_LEVEL)
            case "w:del" | "w:moveFrom":
                paragraph.joined = True
            case "w:vanish":
                paragraph.mark_hidden = on(attributes)

    # ── paragraphs and runs ──────────────────────────────────────────────────────────────────────────────────────────

    def _begin_properties(self, name: str) -> None:
        self._properties = name

    def _begin_paragraph(self, _: Attributes) -> None:
        self._paragraphs.append(_Paragraph())

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        # A field whose instruction never ends must not swallow the rest of the document.
        self._fields = [one for one in self._fields if one.result]
        story = self._stories[-1]
        text = story.carried + "".join(paragraph.runs)
        if paragraph.joined:
            story.carried = text
        elif text or not paragraph.mark_hidden:
            story.carried = ""
            style = self._styles.resolved(paragraph.style or self._styles.default)
            outline = style.outline if paragraph.outline is None else paragraph.outline
            heading = 0 if outline is None or not 0 <= outline < BODY_LEVEL else outline + 1
            story.lines.append(Line(self._label(paragraph, style) + text, heading))
        story.lines += paragraph.boxes
        self._hand_over()

    def _label(self, paragraph: _Paragraph, style: Style) -> str:
        use = style.numbered if paragraph.numbered is None else paragraph.numbered
        if not use or use == "0":
            return ""
        level = paragraph.level if paragraph.numbered is not None or paragraph.level is not None else style.level
        if level is None:
            level = self._lists.level_of_style(use, paragraph.style if paragraph.numbered else style.source)
        return self._lists.label(use, level)

    def _hand_over(self) -> None:
        if len(self._stories) == 1 and not self._paragraphs and not self._note:
            for line in self._stories[0].lines:
                self._emit(line)
            self._stories[0].lines.clear()

    def _begin_run(self, _: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].hidden, self._paragraphs[-1].run_style = None, ""

    def _run_style(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].run_style = attributes.get("w:val", "")

    def _vanish(self, attributes: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].hidden = on(attributes)

    def _is_hidden(self, paragraph: _Paragraph) -> bool:
        if paragraph.hidden is not None:
            return paragraph.hidden
        hidden = self._styles.resolved(paragraph.run_style).hidden if paragraph.run_style else None
        if hidden is None:
            hidden = self._styles.resolved(paragraph.style or self._styles.default).hidden
        return bool(hidden)

    def _write(self, text: str) -> None:
        """Add visible text to the paragraph, unless it is hidden or part of a field's instruction."""
        if not self._paragraphs or not text or any(not one.result for one in self._fields):
            return
        paragraph = self._paragraphs[-1]
        if self._is_hidden(paragraph):
            self.hid = self.hid or bool(text.strip())
        else:
            paragraph.runs.append(text)

    def _begin_text(self, attributes: Attributes) -> None:
        self._piece = []
        space = next((value for key, value in attributes.items() if key.endswith(":space")), "")
        self._keep_space = space == "preserve"

    def _end_text(self) -> None:
        text = "".join(self._piece or ())
        self._piece = None
        self._write(text if self._keep_space else text.strip(" \t\r\n"))

    def _end_math(self) -> None:
        self._keep_space = True
        self._end_text()

    def _symbol(self, attributes: Attributes) -> None:
        point = attributes.get("w:char", "")
        if re.fullmatch("[0-9A-Fa-f]{1,6}", point) and int(point, 16) <= 0x10FFFF:
            self._write(symbol(chr(int(point, 16)), attributes.get("w:font", "")))

    def _reference(self, kind: str, attributes: Attributes) -> None:
        if self._paragraphs and not self._is_hidden(self._paragraphs[-1]):
            self.notes.append((kind, attributes.get("w:id", "")))

    # ── fields, controls ─────────────────────────────────────────────────────────────────────────────────────────────

    def _field(self, attributes: Attributes) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            if not done.result:
                self._write(enclosed(done.instruction))

    def _begin_instruction(self, _: Attributes) -> None:
        self._piece = []

    def _end_instruction(self) -> None:
        if self._fields:
            self._fields[-1].instruction += "".join(self._piece or ())
        self._piece = None

    def _begin_control(self, _: Attributes) -> None:
        self._prompts.append(False)

    def _shows_prompt(self, attributes: Attributes) -> None:
        if self._prompts:
            self._prompts[-1] = on(attributes)

    def _control_content(self, _: Attributes) -> bool:
        return not (self._prompts and self._prompts[-1])

    def _end_control(self) -> None:
        self._prompts.pop()

    # ── tables, boxes, notes ─────────────────────────────────────────────────────────────────────────────────────────

    def _begin_table(self, _: Attributes) -> None:
        self._tables.append(_Table())

    def _begin_row(self, _: Attributes) -> None:
        if self._tables:
            self._tables[-1].rows.append([])
            self._tables[-1].row_gone = False

    def _end_row(self) -> None:
        if self._tables and self._tables[-1].row_gone:
            self._tables[-1].rows.pop()

    def _begin_cell(self, _: Attributes) -> None:
        if self._tables:
            self._tables[-1].cell_gone = False
        self._stories.append(_Story())

    def _end_cell(self) -> None:
        cell = self._end_story()
        if self._tables and self._tables[-1].rows and not self._tables[-1].cell_gone:
            self._tables[-1].rows[-1].append(cell)

    def _end_table(self) -> None:
        self._stories[-1].lines += flattened(self._tables.pop().rows)
        self._hand_over()

    def _begin_story(self, _: Attributes) -> None:
        self._stories.append(_Story())

    def _end_story(self) -> list[Line]:
        story = self._stories.pop()
        return [*story.lines, Line(story.carried)] if story.carried else story.lines

    def _end_box(self) -> None:
        lines = self._end_story()
        (self._paragraphs[-1].boxes if self._paragraphs else self._stories[-1].lines).extend(lines)

    def _begin_note(self, attributes: Attributes) -> None:
        self._note = attributes.get("w:id", "")
        self._stories.append(_Story())

    def _end_note(self) -> None:
        self.found[self._note] = self._end_story()
        self._note = ""

    def _import(self, attributes: Attributes) -> None:
        if self._imported:
            self._stories[-1].lines += self._imported(attributes.get("r:id", ""))
            self._hand_over()

    def finish(self) -> None:
        """Hand over what the last paragraph, its mark deleted, left behind."""
        if self._stories[0].carried:
            self._emit(Line(self._stories[0].carried))


_OPENINGS: dict[str, Callable[[Body, Attributes], bool | None]] = {
    "w:p": Body._begin_paragraph,
    "w:pPr": lambda body, _: body._begin_properties("w:pPr"),
    "w:trPr": lambda body, _: body._begin_properties("w:trPr"),
    "w:tcPr": lambda body, _: body._begin_properties("w:tcPr"),
    "w:r": Body._begin_run,
    "w:rStyle": Body._run_style,
    "w:vanish": Body._vanish,
    "w:t": Body._begin_text,
    "m:t": Body._begin_text,
    "w:sym": Body._symbol,
    "w:footnoteReference": lambda body, attributes: body._reference("footnote", attributes),
    "w:endnoteReference": lambda body, attributes: body._reference("endnote", attributes),
    "w:fldChar": Body._field,
    "w:instrText": Body._begin_instruction,
    "w:sdt": Body._begin_control,
    "w:showingPlcHdr": Body._shows_prompt,
    "w:sdtContent": Body._control_content,
    "w:tbl": Body._begin_table,
    "w:tr": Body._begin_row,
    "w:tc": Body._begin_cell,
    "w:txbxContent": Body._begin_story,
    "w:footnote": Body._begin_note,
    "w:endnote": Body._begin_note,
    "w:altChunk": Body._import,
}
_CLOSINGS: dict[str, Callable[[Body], object]] = {
    "w:p": Body._end_paragraph,
    "w:t": Body._end_text,
    "m:t": Body._end_math,
    "w:instrText": Body._end_instruction,
    "w:sdt": Body._end_control,
    "mc:AlternateContent": lambda body: body._chosen.pop(),
    "w:tr": Body._end_row,
    "w:tc": Body._end_cell,
    "w:tbl": Body._end_table,
    "w:txbxContent": Body._end_box,
    "w:footnote": Body._end_note,
    "w:endnote": Body._end_note,
}
