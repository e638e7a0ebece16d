"""The form of GB/T 9704-2012: page, fonts, sizes, pitch, page numbers; opened by python-docx and LibreOffice."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn

from luoshi.publish.dossier import Dossier
from luoshi.publish.papers import Papers, Wish, kinds, papers
from luoshi.publish.papers.form import styles

First = Callable[[str], bytes]
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def opened(file: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(file))


@pytest.mark.parametrize("kind", list(kinds()))
def test_an_upright_page_is_a4_with_the_margins_of_the_standard(first: First, kind: str) -> None:
    for section in opened(first(kind)).sections:
        size = (round(section.page_width.mm), round(section.page_height.mm))
        edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        told = tuple(round(edge.mm) for edge in edges)
        assert (size, told) in [((210, 297), (37, 35, 28, 26)), ((297, 210), (28, 26, 35, 37))]


@pytest.mark.parametrize(
    ("style", "font", "size", "pitch"),
    [
        ("Normal", "仿宋_GB2312", 16, 28),
        ("Title", "方正小标宋简体", 22, 34),
        ("Heading 1", "黑体", 16, 28),
        ("Heading 2", "楷体_GB2312", 16, 28),
        ("公文主送", "仿宋_GB2312", 16, 28),
        ("公文抄送", "仿宋_GB2312", 14, 24),
    ],
)
def test_fonts_are_named_for_chinese_with_their_sizes_and_pitch(
    first: First, style: str, font: str, size: int, pitch: int
) -> None:
    made = opened(first("bulletin")).styles[style]
    named = made.element.rPr.find(qn("w:rFonts"))
    assert named.get(qn("w:eastAsia")) == font
    assert named.get(qn("w:ascii")) == "Times New Roman"
    assert not [name for name in named.attrib if "heme" in name], "a font of the theme would win over the named one"
    assert made.font.size.pt == size
    assert made.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert made.paragraph_format.line_spacing.pt == pitch


def test_a_page_holds_22_lines_of_28_characters(first: First) -> None:
    document = opened(first("bulletin"))
    section, body = document.sections[0], document.styles["Normal"]
    tall = section.page_height.pt - section.top_margin.pt - section.bottom_margin.pt
    wide = section.page_width.pt - section.left_margin.pt - section.right_margin.pt
    spacing = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int(tall // body.paragraph_format.line_spacing.pt) == 22
    assert int(wide // (body.font.size.pt + spacing)) == 28


def test_the_body_begins_two_characters_in(first: First) -> None:
    indent = opened(first("bulletin")).styles["Normal"].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_pages_are_numbered_right_and_left_between_dashes(first: First) -> None:
    document = opened(first("bulletin"))
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        (line,) = footer.paragraphs
        assert line.alignment is not None
        assert line.alignment.name == side
        assert line.text.replace(" ", "") == "——"
        assert "PAGE" in "".join(node.text or "" for node in line._p.iter(qn("w:instrText")))
        assert line.runs[0].font.size is not None
        assert line.runs[0].font.size.pt == 14
        assert line.runs[0]._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "宋体"


def test_no_font_travels_with_the_file(first: First) -> None:
    with zipfile.ZipFile(io.BytesIO(first("bulletin"))) as package:
        assert not [name for name in package.namelist() if re.search(r"fonts/|\.(?:ttf|otf|odttf)$", name)]


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_style_in_use_is_one_of_the_form(first: First, kind: str) -> None:
    known = {style.name.lower() for style in styles().values()} | {"table grid", "footer"}
    used = {paragraph.style.name.lower() for paragraph in opened(first(kind)).paragraphs if paragraph.style}
    assert used <= known


def test_the_head_of_a_wide_table_comes_again_on_every_page(first: First) -> None:
    table = opened(first("bulletin")).tables[-1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_a_red_head_comes_only_when_asked_for(whole: Dossier) -> None:
    for wanted in (False, True):
        (file,) = papers(whole, "bulletin", Wish(red_head=wanted, formats=("docx",))).files.values()
        used = {paragraph.style.name for paragraph in opened(file).paragraphs if paragraph.style}
        assert ("公文版头" in used) is wanted
        assert ("公文红线" in used) is wanted


def test_the_number_of_a_paper_is_printed_and_left_blank_where_there_is_none(
    whole: Dossier, text: Callable[[bytes], str]
) -> None:
    (given,) = papers(whole, "bulletin", Wish(number="第7期", formats=("docx",))).files.values()
    (blank,) = papers(whole, "bulletin", Wish(formats=("docx",))).files.values()
    assert "第7期" in text(given)
    assert "第　　期" in text(blank)


def test_the_record_of_issue_stands_at_the_foot_of_the_page(first: First) -> None:
    last = opened(first("bulletin")).paragraphs[-1]
    frame = last._p.pPr.find(qn("w:framePr"))
    assert frame.get(qn("w:yAlign")) == "bottom"
    assert "印发" in last.text


@pytest.mark.parametrize("kind", list(kinds()))
def test_the_same_dossier_gives_the_same_bytes(whole: Dossier, made: Callable[[str], Papers], kind: str) -> None:
    before = made(kind).files
    names = tuple(dict.fromkeys(name.rsplit(".", 1)[0].split("-")[-1] for name in before))
    wish = Wish(items=() if kinds()[kind].about == "whole" else names, formats=("docx",))
    assert dict(papers(whole, kind, wish).files) == dict(before)


@pytest.mark.parametrize("kind", ["bulletin", "deputies"])
def test_the_only_date_in_a_file_is_the_day_of_the_paper(whole: Dossier, first: First, kind: str) -> None:
    file = first(kind)
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        assert {entry.date_time[:3] for entry in package.infolist()} == {
            (whole.today.year, whole.today.month, whole.today.day)
        }
    about = opened(file).core_properties
    assert about.created == about.modified
    assert about.created is not None
    assert about.created.date() == whole.today


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["bulletin", "notice", "deputies"])
def test_libreoffice_opens_it_and_says_the_same(
    tmp_path: Path, first: First, text: Callable[[bytes], str], kind: str
) -> None:
    assert OFFICE is not None
    (tmp_path / "paper.docx").write_bytes(first(kind))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "paper.docx"],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    document = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    printed = "".join(page.get_textpage().get_text_range() for page in document)
    squeezed = re.sub(r"\s", "", printed)
    for line in text(first(kind)).split("\n")[:12]:
        assert re.sub(r"\s", "", line)[:20] in squeezed
