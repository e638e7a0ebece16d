"""The page of findings: whole, self-contained, safe against its report, usable by keys."""

from __future__ import annotations

import re
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from luoshi.check import Settings, check
from luoshi.publish.findings import page


@pytest.fixture(scope="session")
def html(checked: Any) -> str:
    return page(checked.result, checked.plan, checked.text)


@pytest.fixture(scope="session")
def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def test_the_page_needs_no_other_file(html: str) -> None:
    assert not re.search(r"(?:src|href)=[\"'](?!#)", html)
    assert "@import" not in html
    assert "url(" not in html
    assert "default-src 'none'" in html


def test_every_paragraph_of_the_report_is_there(tree: LexborHTMLParser, checked: Any) -> None:
    shown = [node.text() for node in tree.css(".words")]
    assert shown == [line for line in checked.text.split("\n") if line]


def test_every_finding_stands_beside_its_paragraph(tree: LexborHTMLParser, checked: Any) -> None:
    for at, one in enumerate(checked.result.found, 1):
        card = tree.css_first(f"#f{at}")
        assert card is not None
        assert one.message in card.text()
        assert one.rule.advice in card.text()
        row = card.parent and card.parent.parent
        assert row is not None
        marked = row.css_first(f'a.mark[href="#f{at}"]')
        assert marked is not None
        assert marked.text() == one.place.text


def test_a_report_cannot_put_markup_into_the_page(tree: LexborHTMLParser, html: str) -> None:
    assert len(tree.css("script")) == 1
    assert "<script>alert(1)" not in html
    assert "<b>取整" not in html


def test_marks_that_turn_the_line_are_shown_as_such(checked: Any) -> None:
    text = checked.text.replace("过去", "") + "\u202e反\x1b[31m"
    assert not {"\u202e", "\x1b"} & set(page(checked.result, checked.plan, text))


def test_kinds_are_told_by_shape_and_word_and_can_be_filtered(tree: LexborHTMLParser) -> None:
    boxes = {node.attributes["value"]: node for node in tree.css(".filters input[value]")}
    assert set(boxes) == {"error", "warning", "note"}
    for card in tree.css(".card"):
        assert card.attributes["data-severity"] in boxes
        assert card.attributes["tabindex"] == "0"
        heading = card.css_first("h3")
        assert heading is not None
        assert re.match(r"[✖▲•] (?:错误|提醒|说明)", heading.text())


def test_what_was_let_pass_and_what_fits_nothing_is_told(tree: LexborHTMLParser) -> None:
    footer = tree.css_first("footer")
    assert footer is not None
    assert "<b>取整</b>" in footer.text()
    assert "没有的事" in footer.text()


def test_overlapping_findings_keep_the_words_once(checked: Any) -> None:
    """The words of a finding inside another's are marked once, and the text stays as it is."""
    result = check(checked.plan, checked.text, settings=Settings(select=tuple("NTCSU")))
    tree = LexborHTMLParser(page(result, checked.plan, checked.text))
    assert [node.text() for node in tree.css(".words")] == [line for line in checked.text.split("\n") if line]


def test_without_text_the_findings_alone_are_shown(checked: Any) -> None:
    tree = LexborHTMLParser(page(check(checked.plan), checked.plan))
    assert tree.css(".card")
    assert "K007" in tree.body.text() if tree.body else False


def test_a_report_without_findings_says_so(checked: Any) -> None:
    result = check(checked.plan, checked.text, settings=Settings(select=("S01",)))
    assert "没有发现问题" in page(result, checked.plan, checked.text)
