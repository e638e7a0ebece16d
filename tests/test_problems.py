"""The shape of something wrong: words from the catalogue, gaps filled, severity told."""

from __future__ import annotations

import json

import pytest

from luoshi.plan import Plan
from luoshi.problems import Problem, Unreadable, catalogue, format_of, has_errors, problem


def test_a_problem_speaks_with_the_words_of_the_catalogue() -> None:
    found = problem("I001", name="报告.docx")
    assert found.message == "找不到文件：报告.docx"
    assert found.why == catalogue()["I001"].why
    assert found.english == catalogue()["I001"].english
    assert (found.start, found.end) == (None, None)


def test_a_problem_in_the_text_knows_its_place() -> None:
    found = problem("R001", start=3, end=9, count=120)
    assert (found.start, found.end) == (3, 9)
    assert "120" in found.message


def test_a_gap_that_is_not_filled_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        problem("I001")


def test_a_code_that_is_not_in_the_catalogue_is_our_mistake() -> None:
    with pytest.raises(KeyError):
        problem("X999")


def test_what_the_words_hold_is_not_taken_for_a_gap() -> None:
    """A file may be called {name}."""
    assert problem("I001", name="{count}").message == "找不到文件：{count}"


def test_only_an_error_stops_the_work() -> None:
    error, warning = problem("I001", name="x"), problem("R001", count=1)
    assert (error.severity, warning.severity) == ("error", "warning")
    assert has_errors([warning, error])
    assert not has_errors([warning])
    assert not has_errors([])


def test_unreadable_carries_every_problem_and_says_them() -> None:
    problems = [problem("I001", name="甲.docx"), problem("R001", count=7)]
    error = Unreadable(iter(problems))
    assert error.problems == tuple(problems)
    assert "I001" in str(error)
    assert "甲.docx" in str(error)
    assert "R001" in str(error)


def test_a_problem_cannot_be_changed() -> None:
    found = problem("I001", name="x")
    with pytest.raises(AttributeError):
        found.code = "I002"  # type: ignore[misc]
    assert found == Problem("I001", found.message, found.why, found.advice)


@pytest.mark.parametrize(
    ("raw", "said"), [([], "一个列表"), ({}, "没有写"), (7, "一个值"), (None, "一个值"), ({"format": "x/1"}, "x/1")]
)
def test_a_file_of_another_format_is_named_in_chinese(raw: object, said: str) -> None:
    assert said in format_of(raw)
    with pytest.raises(Unreadable) as refused:
        Plan.from_json(json.dumps(raw))
    (one,) = refused.value.problems
    assert (one.code, said in one.message) == ("P002", True)
