"""The reading as a whole: what must hold for any text, and what the readers of real reports agreed on."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.amounts import plain
from luoshi.examples import sample
from luoshi.plan import Plan
from luoshi.read import read
from luoshi.source import Document

# Pieces that reports are made of, and what breaks readers: wraps, full width, odd marks, half a number.
PIECES = st.sampled_from(
    [
        *(
            "一、",
            "（一）",
            "2023年",
            "今后五年",
            "全区",
            "生产总值",
            "规模以上工业",
            "增加值",
            "增长",
            "下降",
            "达到",
            "突破",
        ),
        *(
            "５００亿元",
            "460亿元",
            "7.5%",
            "百分之七点二",
            "三分之二",
            "翻一番",
            "第64位",
            "1.8:39.8:58.4",
            "5%—6%",
            "120余个",
        ),
        *(
            "以上",
            "左右",
            "不低于",
            "力争",
            "确保",
            "年内",
            "6月底前",
            "建成",
            "推进",
            "项目",
            "、",
            "，",
            "。",
            "；",
            "：",
            "\n",
            " ",
        ),
        *(
            "“三高四新”",
            "（下同）",
            "分别",
            "和",
            "三大目标",
            "一是",
            "新建学校",
            "5所",
            "城乡居民收入",
            "各位代表",
            "\u3000",
            "\r\n",
            "㎡",
            "𠮷",
        ),
    ]
)
# Offsets count the document's text, whose line ends are \n.
TEXTS = (st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=120)).map(
    lambda text: Document.from_text(text).text
)


@given(TEXTS)
def test_every_finding_quotes_the_text(text: str) -> None:
    plan = read(Document.from_text(text))
    quoted = [*plan.figures, *plan.commitments, *plan.ladder]
    quoted += [figure.indicator for figure in plan.figures if figure.indicator]
    quoted += [figure.period for figure in plan.figures if figure.period]
    quoted += [member for rung in plan.ladder for member in rung.members]
    assert all(text[one.start : one.end] == one.text for one in quoted)


@given(TEXTS)
def test_reading_twice_gives_the_same_plan_and_the_wire_brings_it_back(text: str) -> None:
    plan = read(Document.from_text(text))
    assert read(Document.from_text(text)) == plan
    assert Plan.from_json(plan.to_json()) == plan


@given(TEXTS)
def test_every_character_is_accounted_for(text: str) -> None:
    """A word is in a figure, a promise, a heading or a stretch left unread; what is read is not unread."""
    plan = read(Document.from_text(text))
    read_, unread, headings = set[int](), set[int](), set[int]()
    for one in (*plan.figures, *(one for one in plan.commitments if one.kind != "slogan")):
        read_ |= set(range(one.start, one.end))
    for stretch in plan.unread:
        assert unread.isdisjoint(range(stretch.start, stretch.end))
        unread |= set(range(stretch.start, stretch.end))
    for section in plan.sections:
        words = len("".join(f"{section.number}{section.title}".split()))
        solid = [at for at in range(section.start, section.end) if not text[at].isspace()]
        headings |= set(solid[:words])
    assert read_.isdisjoint(unread)
    assert {at for at, char in enumerate(text) if char.isalnum()} <= read_ | unread | headings


@given(TEXTS)
def test_findings_of_one_kind_do_not_overlap(text: str) -> None:
    plan = read(Document.from_text(text))
    for found in (plan.figures, plan.commitments, plan.unread):
        assert all(one.end <= after.start for one, after in pairwise(found))


def test_a_paragraph_at_the_end_changes_nothing_before_it() -> None:
    text = sample("songgang-2023").read_text(encoding="utf-8").rstrip()
    before = read(Document.from_text(text))
    after = read(Document.from_text(f"{text}\n\n这一段话与报告没有关系。"))
    assert after.figures[: len(before.figures)] == before.figures
    assert [one.title for one in after.items[:50]] == [one.title for one in before.items[:50]]


@given(TEXTS)
def test_links_lead_somewhere(text: str) -> None:
    plan = read(Document.from_text(text))
    sections = {one.id for one in plan.sections}
    figures = {one.id for one in plan.figures}
    commitments = {one.id: one for one in plan.commitments}
    assert {one.section for one in (*plan.figures, *plan.commitments, *plan.items)} <= sections | {None}
    assert all(set(one.figures) <= figures for one in (*plan.commitments, *plan.items))
    listed = [name for item in plan.items for name in item.commitments]
    assert sorted(listed) == sorted(name for name, one in commitments.items() if one.kind != "slogan")


@given(st.integers(1, 10**9), st.sampled_from(["亿元", "万元", "个", "%", "公里", "万人", "万亩"]))
def test_a_number_is_the_same_however_it_is_written(value: int, unit: str) -> None:
    """Half width, full width and grouped digits mean one value; a space or a wrap between words changes nothing."""
    half = f"全区总量达到{value}{unit}。"
    full = half.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"} | {ord("%"): ord("％")})
    grouped = f"全区总量达到{value:,}{unit}。"
    read_ = {(f.value, f.unit) for text in (half, full, grouped) for f in read(Document.from_text(text)).figures}
    assert read_ == {(str(value), unit)}


@given(st.decimals(0, 100, places=2, allow_nan=False), st.sampled_from(["以上", "左右", "以内", ""]))
def test_a_comparison_is_never_lost(value: Decimal, word: str) -> None:
    (figure,) = read(Document.from_text(f"一、2024年工作安排\n全区绿化覆盖率达到{plain(value)}%{word}。")).figures
    assert figure.comparator == {"以上": "ge", "左右": "approx", "以内": "le", "": "eq"}[word]
    assert (figure.value, figure.unit, figure.measure) == (plain(value), "%", "level")


def test_base_units_are_exact() -> None:
    plan = read(Document.from_text("全区生产总值460.5亿元，新建道路3.2公里，绿化0.1万亩。"))
    assert [(f.base_value, f.base_unit) for f in plan.figures][:2] == [("46050000000", "元"), ("3.2", "公里")]


@pytest.mark.parametrize("name", ["songgang-2021", "songgang-2023", "songgang-2021-news"])
def test_the_samples_are_read_without_a_problem_that_matters(name: str) -> None:
    path = sample(name)
    plan = read(Document.from_text(path.read_text(encoding="utf-8"), path.name))
    assert plan.sections
    assert len(plan.figures) > 10
    assert plan.items
    assert {"R002", "R004"}.isdisjoint(problem.code for problem in plan.problems)


def _gold(shared: Path) -> list[tuple[Path, Path, Path]]:
    found = []
    for figures in sorted((shared / "gold").glob("*/*.figures.jsonl")):
        name = figures.name.removesuffix(".figures.jsonl")
        report = shared / "corpus" / figures.parent.name / f"{name}.txt"
        found.append((report, figures, figures.with_name(f"{name}.commitments.jsonl")))
    return found


def _rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_figures_agree_with_careful_readers(shared: Path) -> None:
    """Span, value, unit, comparator and measure as five annotated reports have them: F1 of 0.97 and more."""
    right = wanted = found = 0
    for report, figures, _ in _gold(shared):
        plan = read(Document.from_text(report.read_text(encoding="utf-8"), report.name))
        keys = ("start", "end", "value", "unit", "comparator", "measure")
        gold = {tuple(row[key] for key in keys) for row in _rows(figures)}
        mine = {tuple(getattr(figure, key) for key in keys) for figure in plan.figures}
        right, wanted, found = right + len(gold & mine), wanted + len(gold), found + len(mine)
    assert 2 * right / (wanted + found) >= 0.97


def test_commitments_agree_with_careful_readers(shared: Path) -> None:
    """Whole spans of what can be checked, to the character: F1 of 0.9 and more."""
    right = wanted = found = 0
    for report, _, commitments in _gold(shared):
        plan = read(Document.from_text(report.read_text(encoding="utf-8"), report.name))
        gold = {(row["start"], row["end"]) for row in _rows(commitments) if row["kind"] != "slogan"}
        mine = {(one.start, one.end) for one in plan.commitments if one.kind != "slogan"}
        right, wanted, found = right + len(gold & mine), wanted + len(gold), found + len(mine)
    assert 2 * right / (wanted + found) >= 0.9


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["1", "一", "1.", "2021年", "增长5%、", "三大目标：一是", "（", "“", "，", "建设", "。\n"]),
    st.integers(2, 400),
)
def test_monotonous_lines_do_no_harm(piece: str, times: int) -> None:
    plan = read(Document.from_text(piece * times))
    assert plan.document.characters == len(piece) * times
