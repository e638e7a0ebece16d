"""The page of rules under test: every rule in its own words, its bad example found, its good one not."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luoshi.check import parsed, rules
from luoshi.check.catalogue import bounds

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checking.md"
SEVERITIES = {"error": "错误 error", "warning": "提醒 warning", "note": "说明 note"}


def part(code: str) -> str:
    """The part of the page that is about one rule."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"\n### {code} .*?(?=\n##+ |\Z)", text, re.DOTALL)
    assert found, f"docs/checking.md has no part for {code}"
    return found[0]


def example(code: str, kind: str) -> str | None:
    found = re.search(rf"```text {kind}\n(.*?)\n```", part(code), re.DOTALL)
    return found[1] if found else None


@pytest.mark.parametrize("code", rules())
def test_the_bad_example_is_found_and_the_good_one_is_not(code: str, found: Callable[..., Any]) -> None:
    bad, good, earlier = (example(code, kind) for kind in ("bad", "good", "earlier"))
    assert bad, f"{code} has no bad example"
    assert good, f"{code} has no good example"
    assert [one.code for one in found(code, bad, earlier)] == [code]
    assert found(code, good, earlier) == []


@pytest.mark.parametrize("code", rules())
def test_the_page_says_what_the_rule_says(code: str) -> None:
    rule, text = rules()[code], part(code)
    for words in (rule.title, rule.title_en, rule.why, rule.why_en, rule.advice, rule.advice_en):
        assert words in text
    assert SEVERITIES[rule.severity] in text
    assert ("默认关" in text) is not rule.on


def test_the_page_describes_no_rule_that_is_not_there() -> None:
    described = re.findall(r"^### ([A-Z]\d\d) ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert described == list(rules())


@pytest.mark.parametrize("code", rules())
def test_a_rule_speaks_both_languages_and_its_gaps_have_names(code: str) -> None:
    rule = rules()[code]
    for words in (rule.title, rule.message, rule.why, rule.advice):
        assert re.search(r"[\u4e00-\u9fff]", words)
    for words in (rule.title_en, rule.message_en, rule.why_en, rule.advice_en):
        assert re.search(r"[a-z]{3}", words)
    assert set(re.findall(r"{(.*?)}", rule.message_en)) <= set(re.findall(r"{(.*?)}", rule.message))


def test_the_configuration_on_the_page_can_be_used() -> None:
    text = PAGE.read_text(encoding="utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    settings, faults = parsed(block)
    assert faults == ()
    assert settings.fail == "error"
    assert [one.rule for one in settings.suppressions] == ["N08", "T05"]


def test_the_band_of_about_on_the_page_is_the_band_in_use() -> None:
    assert bounds()["rounding"]["about"] == "0.05"
    assert "“左右”“约”上下各 5%" in PAGE.read_text(encoding="utf-8")


def test_the_shares_on_the_page_are_those_of_the_judgements() -> None:
    """Sixty findings were read by hand; at least nine in ten of N and eight in ten of the rest were right."""
    with PAGE.with_name("checking-judged.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 60
    read_ = Counter(row["code"][0] for row in rows)
    right = Counter(row["code"][0] for row in rows if row["right"] == "yes")
    text = PAGE.read_text(encoding="utf-8")
    for family, count in read_.items():
        share = right[family] / count
        assert f"| {family} | {count} | {right[family]} | {share:.2f} |" in text
        assert share >= (0.9 if family == "N" else 0.8)
    assert read_["N"] >= 20
