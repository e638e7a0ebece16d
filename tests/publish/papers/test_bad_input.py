"""What a product must survive: lost glyphs, no deadline, long titles, thousands of items, nothing at all."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date

import docx
import pypdfium2
import pytest

from luoshi.plan import Plan
from luoshi.plan.model import Facts, Item
from luoshi.publish.dossier import Dossier, dossier
from luoshi.publish.papers import Wish, kinds, papers
from luoshi.source import Document
from luoshi.supervise import Docket, Matter

Text = Callable[[bytes], str]
TODAY = date(2023, 10, 16)


def bare(*items: Item, matters: tuple[Matter, ...] = ()) -> Dossier:
    plan = Plan(document=Facts(title="某区政府工作报告", place="某区", year=2023), items=items)
    return dossier(plan, Document(""), TODAY, docket=Docket(items=matters) if matters else None)


def printed(file: bytes) -> str:
    document = pypdfium2.PdfDocument(file)
    return "".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("kind", list(kinds()))
def test_an_empty_plan_gives_a_small_paper_or_says_that_nothing_is_due(kind: str) -> None:
    made = papers(bare(), kind)
    assert made.files == {}
    assert [one.code for one in made.problems] == ["F006"]


@pytest.mark.parametrize("kind", [name for name, kind in kinds().items() if kind.about == "whole"])
def test_a_plan_without_states_readings_or_comparison_is_enough(of: Callable[..., Dossier], kind: str) -> None:
    made = papers(of(), kind, Wish(formats=("docx",)))
    assert len(made.files) == 1


@pytest.mark.parametrize("kind", list(kinds()))
def test_an_item_without_deadline_unit_or_sentence_gets_its_papers(text: Text, kind: str) -> None:
    whole = bare(Item(id="i1", title="办好一件事", kind="action"))
    (file,) = papers(whole, kind, Wish(items=("i1",), formats=("docx",))).files.values()
    told = text(file)
    assert "None" not in told
    if kind not in ("scores", "brief", "congress"):
        assert "办好一件事" in told


@pytest.mark.parametrize("kind", ["bulletin", "notice", "deputies"])
def test_a_title_of_three_hundred_characters_is_printed_whole(text: Text, kind: str) -> None:
    title = "甲乙丙丁戊己庚辛壬癸" * 30
    made = papers(bare(Item(id="i1", title=title, kind="action")), kind, Wish(items=("i1",)))
    word, pdf = (next(data for name, data in made.files.items() if name.endswith(end)) for end in (".docx", ".pdf"))
    assert title in text(word)
    assert title in re.sub(r"\s", "", printed(pdf))


def test_a_character_that_the_fonts_lack_is_told_and_stays_in_word(text: Text) -> None:
    lost = "\U00031350"
    made = papers(bare(Item(id="i1", title=f"修缮{lost}家祠", kind="action")), "notice", Wish(items=("i1",)))
    assert "F003" in [one.code for one in made.problems]
    assert lost in next(one.message for one in made.problems if one.code == "F003")
    assert f"修缮{lost}家祠" in text(made.files["督查通知单-i1.docx"])
    assert "修缮〓家祠" in printed(made.files["督查通知单-i1.pdf"])


@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\ue000", "\ud800", "\ufffe"])
def test_characters_that_no_file_may_hold_do_no_harm(text: Text, odd: str) -> None:
    one = Matter(id="i1", title="修路", since=TODAY, state="running", progress=f"进{odd}展", difficulties=f"{odd}缺钱")
    whole = bare(Item(id="i1", title="修路", kind="action"), matters=(one,))
    (file,) = papers(whole, "completion", Wish(items=("i1",), formats=("docx",))).files.values()
    assert "展" in text(file)


def test_an_id_of_any_characters_makes_a_name_that_a_disk_takes() -> None:
    whole = bare(Item(id="../甲/1:*", title="修路", kind="action"))
    (name,) = papers(whole, "notice", Wish(items=("../甲/1:*",), formats=("docx",))).files
    assert name == "督查通知单-___甲_1__-1.docx"


def test_two_ids_that_would_have_one_name_both_get_their_paper() -> None:
    whole = bare(Item(id="a/1", title="修路", kind="action"), Item(id="a:1", title="架桥", kind="action"))
    made = papers(whole, "notice", Wish(items=("a/1", "a:1"), formats=("docx",)))
    assert len(made.files) == 2


@pytest.mark.parametrize(("kind", "tables"), [("bulletin", 1), ("congress", 1), ("assignment", 1), ("deputies", 3)])
def test_of_five_thousand_items_a_thousand_are_listed_and_the_rest_is_said(text: Text, kind: str, tables: int) -> None:
    items = tuple(Item(id=f"i{at}", title=f"第{at}件事", kind="action") for at in range(1, 5001))
    (file,) = papers(bare(*items), kind, Wish(formats=("docx",))).files.values()
    long = [table for table in docx.Document(io.BytesIO(file)).tables if len(table._tbl.tr_lst) > 100]
    assert [len(table._tbl.tr_lst) for table in long] == [1001] * tables
    assert text(file).count("另有4000项没有列出，见登记表") == tables


def test_kinds_that_do_not_occur_leave_no_gap_in_the_numbers_and_nobody_is_praised(text: Text) -> None:
    made = papers(bare(Item(id="i1", title="修路", kind="action")), "bulletin", Wish(formats=("docx",)))
    told = text(made.files["通报.docx"])
    assert "（一）定性任务" in told
    assert "没有灯号不绿的任务" in told
    assert "均已写明" not in told
