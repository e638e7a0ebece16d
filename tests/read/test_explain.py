"""Every finding can say why it was read so: what the explanation names is what the reading used."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.examples import sample
from luoshi.read import judge, read
from luoshi.read.clauses import stretches
from luoshi.read.explain import explain
from luoshi.read.parts import parts
from luoshi.source import Document, view
from luoshi.source.outline import outline

TEXT = """甲区政府工作报告

一、2024年工作安排

全区生产总值增长7%左右，城镇新增就业不少于2000人。今年，我们将年底前建成东城水厂，努力谱写新篇章。
"""
DOCUMENT = Document.from_text(TEXT, "甲区-2024.txt")


def reasons(words: str, thing: str) -> list[tuple[str, str, str]]:
    why = explain(DOCUMENT, TEXT.index(words))
    (found,) = (one for one in why.found if one.thing == thing)
    return [(reason.what, reason.words, reason.file) for reason in found.reasons]


def test_a_figure_names_the_words_and_the_rows_that_made_it() -> None:
    said = reasons("7%", "figure")
    assert ("comparator", "左右", "comparison.toml") in said
    assert ("measure", "增长", "movement.csv") in said
    assert ("catalogue", "地区生产总值 (gdp)", "indicators.csv") in said
    assert ("comparator", "不少于", "comparison.toml") in reasons("2000人", "figure")


def test_a_commitment_names_its_kind_rule_and_its_deadline() -> None:
    said = reasons("东城水厂", "commitment")
    assert any(what == "kind" and words.startswith("project.") for what, words, _ in said)
    assert any(what == "deadline" and "2024-12-31 年底前 (stated)" in words for what, words, _ in said)


def test_a_wish_says_that_it_is_one_and_why_it_was_left_out() -> None:
    why = explain(DOCUMENT, TEXT.index("新篇章"))
    assert [one.says for one in why.found if one.thing == "commitment"] == ["slogan · own"]
    assert [one.says for one in why.found if one.thing == "unread"] == ["slogan"]


def test_the_place_is_told_with_its_section_and_its_sentence() -> None:
    why = explain(DOCUMENT, TEXT.index("东城水厂"))
    assert [section.title for section in why.sections][:1] == ["2024年工作安排"]
    assert why.sentence.startswith("今年，我们将年底前建成东城水厂")


def test_the_weights_that_are_named_sum_to_the_score() -> None:
    text = view(sample("songgang-2023").read_text(encoding="utf-8")).text
    skeleton = outline(text)
    sections = parts(text, skeleton)
    for one in list(stretches(text, skeleton, sections))[:200]:
        words, role = text[one.core : one.end], sections[one.part].role
        assert sum(row[2] for row in judge.because(words, one, role)) == pytest.approx(judge.score(words, one, role))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(TEXT) - 1))
def test_every_place_can_be_explained_and_holds_what_was_read_there(at: int) -> None:
    plan = read(DOCUMENT)
    named = {one.id for one in explain(DOCUMENT, at).found}
    assert {figure.id for figure in plan.figures if figure.start <= at < figure.end} <= named
    assert {one.id for one in plan.commitments if one.start <= at < one.end} <= named
