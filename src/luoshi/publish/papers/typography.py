"""Styles and pages of ``form.toml`` put into a Word file: every font named for its script, every measure fixed."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from luoshi.publish.papers.form import Style, form, styles

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "tab": WD_ALIGN_PARAGRAPH.LEFT,
}
_TWIPS = 20
_EDGES = {"top": ("top",), "bottom": ("bottom",), "both": ("top", "bottom")}


def typeset(document: Document) -> None:
    """Give ``document`` every style of the form, a page of the form, and page numbers left and right."""
    for style in styles().values():
        _style(document, style)
    _language(document)
    document.settings.odd_and_even_pages_header_footer = True
    page(document.sections[0], wide=False)
    _number(document.sections[0].footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(document.sections[0].even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def width(*, wide: bool) -> int:
    """The width of the text in millimetres."""
    page, turned = form()["page"], form()["wide"]
    whole, edges = (page["height"], turned) if wide else (page["width"], page)
    return int(whole - edges["left"] - edges["right"])


def page(section: Section, *, wide: bool) -> None:
    """Lay ``section`` out upright, or turned for wide tables."""
    said = form()["page"]
    edges = form()["wide"] if wide else said
    tall, across = (said["width"], said["height"]) if wide else (said["height"], said["width"])
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(tall)
    section.top_margin, section.bottom_margin = Mm(edges["top"]), Mm(edges["bottom"])
    section.left_margin, section.right_margin = Mm(edges["left"]), Mm(edges["right"])
    section.footer_distance = Mm(said["footer"] if not wide else edges["bottom"] - 11)
    section.header_distance = Mm(15)
    _grid(section)


def fonts(properties: Any, east: str) -> None:
    """Name the East Asian and the Latin font of ``properties`` (rPr) and nothing of a theme."""
    named = properties.get_or_add_rFonts()
    for name in list(named.attrib):
        del named.attrib[name]
    latin = form()["latin"]["font"]
    for where, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", east)):
        named.set(qn(f"w:{where}"), font)
    named.set(qn("w:hint"), "eastAsia")


def _style(document: Document, style: Style) -> None:
    made = _found(document, style)
    made.base_style = None if style.name == "Normal" else document.styles["Normal"]
    made.font.size, made.font.bold, made.font.italic = Pt(style.size), style.bold, False
    made.font.color.rgb = RGBColor.from_string(style.colour or "000000")
    fonts(made.element.get_or_add_rPr(), style.east)
    _spacing(made, style)
    form_ = made.paragraph_format
    form_.alignment = _ALIGN[style.align]
    form_.line_spacing_rule, form_.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.line)
    form_.space_before, form_.space_after = Pt(style.before), Pt(style.after)
    form_.keep_with_next, form_.widow_control = style.next, False
    if style.align == "tab":
        room = Mm(width(wide=False)) - Pt(style.size * style.right)
        form_.tab_stops.add_tab_stop(room, WD_TAB_ALIGNMENT.RIGHT)
    _indents(made, style)
    _lines(made, style)


def _found(document: Document, style: Style) -> ParagraphStyle:
    names = {one.name.lower(): one for one in document.styles if one.type == WD_STYLE_TYPE.PARAGRAPH and one.name}
    known = names.get(style.name.lower())
    made: Any = known or document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    for child in list(made.element):
        if child.tag in (qn("w:pPr"), qn("w:rPr")):
            made.element.remove(child)
    made.hidden, made.quick_style = False, True
    return made  # type: ignore[no-any-return]


def _spacing(made: ParagraphStyle, style: Style) -> None:
    """Draw characters of the body together so that 28 of them fill a line of 156 mm."""
    if style.size == styles()["正文"].size:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(form()["page"]["tracking"] * _TWIPS)))
        made.element.get_or_add_rPr().insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def _indents(made: ParagraphStyle, style: Style) -> None:
    """Indents in hundredths of a character, with the same in twips for programs that count no characters."""
    indent = made.element.get_or_add_pPr().get_or_add_ind()
    for name, chars in (("firstLine", style.first), ("left", style.left), ("right", style.right)):
        indent.set(qn(f"w:{name}Chars"), str(int(chars * 100)))
        indent.set(qn(f"w:{name}"), str(int(chars * style.size * _TWIPS)))


def _lines(made: ParagraphStyle, style: Style) -> None:
    properties = made.element.get_or_add_pPr()
    if style.line != form()["page"]["pitch"] or style.size < styles()["正文"].size:
        loose = OxmlElement("w:snapToGrid")
        loose.set(qn("w:val"), "0")
        properties.insert_element_before(loose, "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    if style.border:
        edges = OxmlElement("w:pBdr")
        for side in _EDGES[style.border]:
            edge = OxmlElement(f"w:{side}")
            thick = "18" if style.colour else "8"
            for name, value in (("val", "single"), ("sz", thick), ("space", "1"), ("color", style.colour or "000000")):
                edge.set(qn(f"w:{name}"), value)
            edges.append(edge)
        properties.insert_element_before(
            edges, *("w:shd", "w:tabs", "w:kinsoku", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
        )


def framed(paragraph: Paragraph, style: Style) -> None:
    """A frame at the foot of the page, as the record of issue (版记) stands in one; lines of one frame join."""
    if style.frame:
        properties = paragraph._p.get_or_add_pPr()
        frame = OxmlElement("w:framePr")
        about = {"w": str(round(width(wide=False) / 25.4 * 72 * _TWIPS)), "wrap": "notBeside", "hAnchor": "margin"}
        about |= {"vAnchor": "margin", "xAlign": "left", "yAlign": "bottom"}
        for name, value in about.items():
            frame.set(qn(f"w:{name}"), value)
        properties.insert_element_before(frame, "w:widowControl", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _language(document: Document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    fonts(defaults, styles()["正文"].east)
    for language in defaults.findall(qn("w:lang")):
        for where, code in (("val", "en-US"), ("eastAsia", "zh-CN"), ("bidi", "ar-SA")):
            language.set(qn(f"w:{where}"), code)


def _grid(section: Section) -> None:
    """The grid of lines; how many characters fit on one is told by their spacing, which every program understands."""
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(form()["page"]["pitch"] * _TWIPS))
    section._sectPr.append(grid)


def _number(footer: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    """The page number between two dashes, one character from the edge."""
    said = form()["number"]
    line = footer.paragraphs[0]
    line.alignment = side
    before, after = said["text"].split("{}")
    for text in (before, None, after):
        run = line.add_run(text or "")
        run.font.size = Pt(said["size"])
        fonts(run._r.get_or_add_rPr(), said["east"])
        if text is None:
            _field(run)
    indent = line._p.get_or_add_pPr().get_or_add_ind()
    room = str(said["size"] * _TWIPS)
    for name in ("firstLine", "left", "right"):
        indent.set(qn(f"w:{name}Chars"), "0" if name == "firstLine" else "100")
        indent.set(qn(f"w:{name}"), "0" if name == "firstLine" else room)


def _field(run: Any) -> None:
    for kind in ("begin", None, "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.set(qn("xml:space"), "preserve")
            mark.text = " PAGE "
        run._r.append(mark)
