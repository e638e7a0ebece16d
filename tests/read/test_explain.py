"""Every finding can say why it was read so: what the explanation names is what the reading used."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.examples import sample
from luoshi.read import judge, read
from luoshi.read.clauses import stretches
from luoshi.read.explain import Explained, Reason, Why, explain, places
from luoshi.read.lookup import csv_row, listed
from luoshi.read.parts import parts
from luoshi.source import Document, view
from luoshi.source.outline import outline

TEXT = """甲区政府工作报告

一、2023年工作回顾

全区生产总值增长7.2%。新增就业近2100人，化解了3个问题。

二、2024年工作安排

全区生产总值增长7%左右，城镇新增就业不少于2000人，空气质量优良率比上年高2个百分点。今年，我们将年底前建成东城水厂，努力谱写新篇章。

（一）办好三件实事

支持企业新建厂房5座、8座以上。力争到2026年创建省级卫生城区，排名进入全省前十。
"""
DOCUMENT = Document.from_text(TEXT, "甲区-2024.txt")


def finding(words: str, thing: str) -> Explained:
    at = TEXT.index(words)
    found = [one for one in explain(DOCUMENT, at, at + len(words)).found if one.thing == thing]
    assert len(found) == 1, [one.text for one in found]
    return found[0]


def every(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for one in reasons:
        yield one
        yield from every(one.below)


def step(words: str, thing: str, what: str) -> Reason:
    (found,) = (one for one in every(finding(words, thing).reasons) if one.what == what)
    return found


@pytest.mark.parametrize(
    ("place", "what", "says", "words", "row"),
    [
        ("7%", "comparator", "approx", "左右", "[after.approx] 左右"),
        ("2000人", "comparator", "ge", "不少于", "[before.ge] 不少于"),
        ("2100人", "comparator", "approx", "近", "[before.approx]"),
        ("8座", "comparator", "ge", "以上", "[after.ge] 以上"),
        ("5座", "comparator", "ge", "", "[shared.joined]"),
        ("7%", "measure", "growth", "增长", "增长,up"),
        ("2个百分点", "measure", "change", "百分点", ""),
        ("前十", "measure", "rank", "", "rank"),
        ("7%", "unit", "× 1 %", "%", "%,share"),
        ("2000人", "indicator", "before", "城镇新增就业", ""),
        ("7%", "catalogue", "地区生产总值 (gdp)", "生产总值", "地区生产总值,gdp"),
        ("7%", "tense", "plan", "", "[ahead]"),
        ("7.2%", "tense", "done", "", ""),
        ("7.2%", "number", "amount", "7.2%", "number.amount"),
    ],
)
def test_a_figure_names_the_words_and_the_rows_that_made_it(
    place: str, what: str, says: str, words: str, row: str
) -> None:
    found = step(place, "figure", what)
    assert (found.says, found.words or words) == (says, words or found.words)
    assert row in found.row


def test_a_row_of_a_csv_file_is_given_with_its_line() -> None:
    row = step("7%", "figure", "measure").row
    line, words = row.split(": ", 1)
    lines = resources.files("luoshi.read").joinpath("lexicon/movement.csv").read_text(encoding="utf-8").splitlines()
    assert lines[int(line) - 1] == words


def test_a_period_without_a_year_says_which_year_was_taken() -> None:
    text = "甲区政府工作报告\n\n一、2024年工作安排\n\n全年引进项目12个。"
    at = text.index("12个")
    (found,) = (one for one in explain(Document.from_text(text, "甲区-2024.txt"), at).found if one.thing == "figure")
    (period,) = (one for one in found.reasons if one.what == "period")
    assert (period.words, period.says) == ("全年", "2024-01-01 – 2024-12-31")
    assert period.row == "[part] 全年"
    assert [(one.what, one.says) for one in period.below] == [("year", "2024")]


def test_a_commitment_names_its_weights_its_kind_rule_and_its_deadline() -> None:
    score = step("东城水厂", "commitment", "score")
    assert {one.what for one in score.below} == {"for", "against"}
    assert all(one.row for one in score.below), "every weight has its line of weights.csv"
    kind = step("东城水厂", "commitment", "kind")
    assert kind.says == "project"
    assert kind.words
    assert kind.row.startswith("[kind project.")
    deadline = step("东城水厂", "commitment", "deadline")
    assert (deadline.says, deadline.words) == ("2024-12-31", "年底前")
    assert step("东城水厂", "commitment", "basis").says == "stated"


def test_strength_names_the_word_that_leaves_it_to_others() -> None:
    found = step("支持企业新建厂房", "commitment", "strength")
    assert (found.says, found.words) == ("assist", "支持")
    assert found.row.startswith("[strength assist]")


def test_an_item_says_why_it_is_one_matter() -> None:
    assert step("7%左右", "item", "matter").says == "alone_target"
    assert finding("东城水厂", "item").says == "project"


def test_a_wish_says_that_it_is_one_and_why_it_was_left_out() -> None:
    found = finding("新篇章", "commitment")
    assert (found.says, found.rule) == ("slogan", "clause.wish")
    assert float(next(one.says for one in found.reasons if one.what == "score")) < 0
    assert step("努力谱写", "unread", "unread").says == "slogan"


def test_the_sections_say_which_rule_gave_them_their_part() -> None:
    why = explain(DOCUMENT, TEXT.index("东城水厂"))
    assert [one.section.title for one in why.sections][:1] == ["2024年工作安排"]
    assert (why.sections[0].reason.what, why.sections[0].reason.words) == ("title", "工作安排")
    assert why.sections[0].reason.row.startswith("[title plan]")
    assert why.sentence.startswith("今年，我们将年底前建成东城水厂")


def test_every_section_of_the_samples_gives_a_reason_that_agrees_with_its_part() -> None:
    told = set()
    for name in ("songgang-2021", "songgang-2021-news", "songgang-2023"):
        document = Document.from_text(sample(name).read_text(encoding="utf-8"), f"{name}.txt")
        for section in read(document).sections:
            (around,) = (one for one in explain(document, section.start).sections if one.section == section)
            told.add(around.reason.what)
            if around.reason.what == "title":
                assert f"[title {section.role}]" in around.reason.row
    assert {"title", "inherited"} <= told


def test_every_comparator_and_change_of_a_report_has_its_words_and_row() -> None:
    """What the explanation names is in the data, and says what the reading says."""
    text = sample("songgang-2023").read_text(encoding="utf-8")
    document = Document.from_text(text, "songgang-2023.txt")
    plan = read(document)
    raw = tomllib.loads(resources.files("luoshi.read").joinpath("lexicon/comparison.toml").read_text(encoding="utf-8"))
    checked = 0
    for figure in [one for one in plan.figures if one.comparator != "eq"][:40]:
        (found,) = (one for one in explain(document, figure.start).found if one.id == figure.id)
        (reason,) = (one for one in found.reasons if one.what == "comparator")
        assert reason.says == figure.comparator
        where = re.match(r"\[(before|after)\.(\w+)\]", reason.row)
        if where:
            checked += 1
            assert any(re.search(word, reason.words) for word in raw[where[1]][where[2]])
    assert checked > 20


def test_the_weights_that_are_named_sum_to_the_score() -> None:
    text = view(sample("songgang-2023").read_text(encoding="utf-8")).text
    skeleton = outline(text)
    sections = parts(text, skeleton)
    for one in list(stretches(text, skeleton, sections))[:200]:
        words, role = text[one.core : one.end], sections[one.part].role
        assert sum(row[2] for row in judge.because(words, one, role)) == pytest.approx(judge.score(words, one, role))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.integers(0, 30))
def test_every_place_can_be_explained_and_holds_what_was_read_there(at: int, length: int) -> None:
    plan = read(DOCUMENT)
    end = at + max(length, 1)
    named = {one.id for one in explain(DOCUMENT, at, end).found}
    assert {figure.id for figure in plan.figures if figure.start < end and at < figure.end} <= named
    assert {one.id for one in plan.commitments if one.start < end and at < one.end} <= named
    assert any(one.section.start <= at < one.section.end for one in explain(DOCUMENT, at).sections)


@given(st.text("甲区2024年增长%，。一、\n （）建成项目", max_size=60))
def test_any_text_can_be_explained(text: str) -> None:
    document = Document.from_text(text or "。")
    for at in {0, len(document.text) // 2, len(document.text) - 1}:
        assert isinstance(explain(document, at), Why)


def test_words_are_found_through_line_ends_and_wide_forms() -> None:
    document = Document.from_text("全区生产总值增长７．２％，\n新增就业２１００人，新增就业２１００人。")
    assert [span.of(document.text) for span in places(document, "新增就业2100人")] == ["新增就业２１００人"] * 2
    assert [span.start for span in places(document, "增长７．２％")] == [6]
    assert places(document, "没有") == []
    assert places(document, "") == []


def test_a_word_is_found_in_the_data_with_its_place() -> None:
    assert listed("comparison", "不少于", "before") == "[before.ge] 不少于"
    assert listed("comparison", "没有这样的词", "after") == ""
    assert csv_row("movement", word="没有这样的词") == ""
