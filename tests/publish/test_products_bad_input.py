"""What every product survives, one like the other: a report read in the usual way that is odd in every way at once."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.plan import Plan
from luoshi.problems import Problem
from luoshi.publish import fonts
from luoshi.publish.dossier import Dossier, dossier
from luoshi.publish.products import PRODUCTS, Product, Publication
from luoshi.read import read
from luoshi.source import Document

TODAY = date(2023, 10, 16)
HEAD = (
    "某区人民政府工作报告\n\n——2023年1月5日在某区第七届人民代表大会第二次会议上\n\n各位代表：\n\n一、2023年工作安排\n\n"
)
UNSEEN = "\U0002b740"  # a character of the supplements that the fonts lack
LONG = "、".join(f"推进第{at}片区道路管网改造" for at in range(1, 31))
MAKERS = {
    "odd": f"新建{UNSEEN}水河大桥。\n\n{LONG}，全年完成投资30亿元。\n\n打造现代化幸福城区。\n",
    "without dates": "完善城市管理。建成滨江公园。\n",
    "empty": "",
}


def made(name: str) -> Dossier:
    document = Document(HEAD + MAKERS[name])
    return dossier(read(document), document, TODAY)


def of(product: Product, whole: Dossier) -> tuple[dict[str, bytes], list[Problem]]:
    pieces = list(Publication(whole).pieces(product))
    files = dict(one for one in pieces if not isinstance(one, Problem))
    return files, [one for one in pieces if isinstance(one, Problem)]


def test_the_report_is_as_odd_as_it_should_be() -> None:
    plan = made("odd").plan
    assert fonts.missing(UNSEEN) == (UNSEEN,)
    assert any(UNSEEN in one.text for one in plan.commitments)
    assert max(len(one.text) for one in plan.commitments) >= 300
    assert made("empty").plan.items == ()


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("product", PRODUCTS, ids=lambda one: one.name)
def test_a_product_of_an_odd_report_has_files_or_says_why_not(product: Product, name: str) -> None:
    files, problems = of(product, made(name))
    assert [one.code for one in problems if one.severity == "error"] == []
    assert all(files.values()), "a file without content"
    if not files:
        assert name == "empty" or product.name == "ledger"  # nothing is compared here


@pytest.mark.parametrize("name", ["picture", "papers"])
def test_a_character_that_our_fonts_lack_is_told_where_they_are_used(name: str) -> None:
    product = next(one for one in PRODUCTS if one.name == name)
    _, problems = of(product, made("odd"))
    assert any(UNSEEN in one.message for one in problems)


def test_the_site_leaves_it_to_the_reader_s_own_fonts() -> None:
    files, _ = of(next(one for one in PRODUCTS if one.name == "site"), made("odd"))
    assert UNSEEN in files["report.html"].decode()


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda one: one.name)
def test_a_plan_without_its_text_or_anything_else_stops_nothing(product: Product) -> None:
    _, problems = of(product, dossier(Plan(), Document(""), TODAY))
    assert [one.code for one in problems if one.severity == "error"] == []
