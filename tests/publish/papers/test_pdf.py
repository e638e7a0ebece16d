"""The PDF says what the Word file says, is tagged, and has one page size a stretch."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest

from luoshi.publish.dossier import Dossier
from luoshi.publish.papers import Wish, kinds, papers
from luoshi.publish.papers.printing import printed
from luoshi.publish.papers.reading import blocks

First = Callable[[str], bytes]
PDF = dict.fromkeys(("bulletin", "notice", "deputies", "completion", "scores"))


def words(file: bytes) -> str:
    document = pypdfium2.PdfDocument(file)
    pages = "".join(page.get_textpage().get_text_range() for page in document)
    return re.sub(r"\s|￾|\ufffe", "", re.sub(r"—\s*\d+\s*—", "", pages))


@pytest.mark.parametrize("kind", list(PDF))
def test_every_word_of_the_word_file_is_in_the_pdf(first: First, text: Callable[[bytes], str], kind: str) -> None:
    file, problems = printed(first(kind), kind)
    assert problems == ()
    told = words(file)
    for line in text(first(kind)).split("\n"):
        bare = re.sub(r"\s", "", line)
        assert bare[:14] in told, line
        assert bare[-8:] in told, line


@pytest.mark.parametrize("kind", list(PDF))
def test_the_pdf_is_tagged_titled_and_says_its_standard(first: First, kind: str) -> None:
    file, _ = printed(first(kind), "文书的名字")
    document = pypdfium2.PdfDocument(file)
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == "文书的名字"
    assert b"pdfuaid:part" in file


def test_wide_tables_are_on_turned_pages(first: First) -> None:
    document = pypdfium2.PdfDocument(printed(first("bulletin"), "通报")[0])
    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    assert set(sizes) == {(595, 842), (842, 595)}
    assert sizes[0] == sizes[-1] == (595, 842)


def test_pages_are_numbered_in_order(first: First) -> None:
    document = pypdfium2.PdfDocument(printed(first("bulletin"), "通报")[0])
    for number, page in enumerate(document, 1):
        assert re.search(rf"— ?{number} ?—", page.get_textpage().get_text_range())


def test_a_code_has_its_address_as_its_words(whole: Dossier) -> None:
    made = papers(whole, "deputies", Wish(formats=("docx",)))
    (file,) = made.files.values()
    found = [part for block in blocks(file) if block["kind"] == "table" for row in block["rows"]
             for cell in row["cells"] for part in cell["parts"] if "picture" in part]  # fmt: skip
    assert found
    assert all(part["alt"].startswith("https://songgang.example/luoshi/item/") for part in found)


def test_the_same_word_file_gives_the_same_pdf(first: First) -> None:
    assert printed(first("notice"), "甲") == printed(first("notice"), "甲")


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_paragraph_is_read_back_with_its_style(first: First, kind: str) -> None:
    found = blocks(first(kind))
    assert found[0]["kind"] == "page"
    if kind not in ("scores", "deputies"):
        assert not found[0]["wide"]
    assert {block["kind"] for block in found} <= {"page", "para", "table", "break"}
    assert any(block["kind"] == "para" and block["style"] == "标题" for block in found)
