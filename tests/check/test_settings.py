"""Which rules run, what is let pass and why, and a configuration with slips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from luoshi.check import Settings, Suppression, parsed, rules, unknown

WORDS = """\
一、2023年工作回顾
水产养殖户由120户增加到150户，增长30%。
二、2024年重点工作
力争完成老旧小区改造30个。
"""
Checked = Callable[..., Any]


def codes(result: Any) -> list[str]:
    return [one.code for one in result.found]


def test_the_rules_that_are_on_run_by_default() -> None:
    chosen = Settings().chosen()
    assert chosen == {code for code, rule in rules().items() if rule.on}
    assert {"T02", "U01"} & chosen == set()


def test_select_extend_and_ignore_go_by_the_beginnings_of_codes() -> None:
    assert Settings(select=("N",)).chosen() == {code for code in rules() if code.startswith("N")}
    assert Settings(select=("U01",)).chosen() == {"U01"}
    assert Settings(extend=("U01",)).chosen() == Settings().chosen() | {"U01"}
    assert Settings(select=("N", "U01"), ignore=("N0", "N1")).chosen() == {"U01"}
    assert Settings(extend=("U",), ignore=("U01",)).chosen() & {"U01", "U02"} == {"U02"}


@pytest.mark.parametrize(
    ("fail", "severities", "fails"),
    [
        ("warning", ["note"], False),
        ("warning", ["note", "warning"], True),
        ("error", ["warning"], False),
        ("error", ["error"], True),
        ("note", ["note"], True),
        ("note", [], False),
        ("never", ["error"], False),
    ],
)
def test_what_makes_a_check_fail(fail: str, severities: list[Any], fails: bool) -> None:
    assert Settings(fail=fail).fails(severities) is fails


def test_findings_come_in_text_order(checked: Checked) -> None:
    result = checked(WORDS)
    assert codes(result) == ["N03", "C05"]
    assert [one.section for one in result.found] == ["一、2023年工作回顾", "二、2024年重点工作"]


def test_a_suppression_by_words_lets_pass_what_is_about_them(checked: Checked) -> None:
    by = Suppression("N03", "另有口径", words="150 户")
    result = checked(WORDS, settings=Settings(suppressions=(by,)))
    assert codes(result) == ["C05"]
    assert [(one.code, why) for one, why in result.passed] == [("N03", by)]
    assert result.unused == ()


def test_a_suppression_by_mark_outlives_edits_around_the_words(checked: Checked) -> None:
    mark = checked(WORDS).found[0].mark
    by = Suppression("N03", "另有口径", mark=mark)
    edited = WORDS.replace("一、2023年工作回顾\n", "一、2023年工作回顾\n过去一年很不寻常。\n全区上下一心，")
    assert edited != WORDS
    assert codes(checked(edited, settings=Settings(suppressions=(by,)))) == ["C05"]


def test_a_suppression_ends_with_the_words_it_was_for(checked: Checked) -> None:
    mark = checked(WORDS).found[0].mark
    by = Suppression("N03", "另有口径", mark=mark)
    result = checked(WORDS.replace("150户", "160户"), settings=Settings(suppressions=(by,)))
    assert codes(result) == ["N03", "C05"]
    assert result.unused == (by,)


def test_a_suppression_of_another_rule_lets_nothing_pass(checked: Checked) -> None:
    by = Suppression("C05", "另有口径", words="150户")
    result = checked(WORDS, settings=Settings(suppressions=(by,)))
    assert codes(result) == ["N03", "C05"]
    assert result.unused == (by,)


def test_a_code_that_is_not_there_is_met_with_the_nearest() -> None:
    (fault,) = unknown(("N33",))
    assert fault.code == "K001"
    assert "N33" in fault.message
    assert any(f"{code} {rules()[code].title}" in fault.message for code in rules())
    assert unknown(("N", "T05")) == ()


def test_an_empty_configuration_is_the_default() -> None:
    assert parsed("") == (Settings(), ())
    assert parsed("[other]\nx = 1") == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("[check", "K002", "luoshi.toml 读不出"),
        ("check = 3", "K003", "[check]"),
        ('[check]\nselct = ["N"]', "K003", "是不是 select"),
        ('[check]\nselect = "N"', "K003", "清单"),
        ("[check]\nignore = [3]", "K003", "清单"),
        ('[check]\nfail = "sometimes"', "K003", "never"),
        ('[check]\nselect = ["X"]', "K001", "“X”"),
        ("[check]\nsuppress = 3", "K003", "[[check.suppress]]"),
        ('[[check.suppress]]\nrule = "N08"\nwords = "x"', "K004", "N08"),
        ('[[check.suppress]]\nrule = "N08"\nwords = "x"\nreason = " "', "K004", "N08"),
        ('[[check.suppress]]\nrule = "N88"\nwords = "x"\nreason = "y"', "K001", "N88"),
        ('[[check.suppress]]\nrule = "N08"\nreason = "y"', "K003", "words 和 mark"),
        ('[[check.suppress]]\nrule = "N08"\nwords = "x"\nmark = "0"\nreason = "y"', "K003", "words 和 mark"),
        ('[[check.suppress]]\nrule = "N08"\nline = 3\nreason = "y"', "K003", "字符串"),
    ],
)
def test_a_slip_in_the_configuration_is_told_and_nothing_of_it_used(text: str, code: str, says: str) -> None:
    settings, faults = parsed(text, "luoshi.toml")
    assert settings == Settings()
    assert code in [one.code for one in faults]
    assert any(says in one.message for one in faults)


def test_every_slip_is_told_at_once() -> None:
    _, faults = parsed('[check]\nselct = ["N"]\nfail = "x"\nignore = ["Q"]')
    assert [one.code for one in faults] == ["K003", "K001", "K003"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("一、2023年工作回顾\n过去一年很不寻常。", "K005"),
        ("一、2023年工作回顾\n新建农村公路46公里。", "K006"),
    ],
)
def test_what_leaves_nothing_to_check_is_told(checked: Checked, words: str, code: str) -> None:
    assert code in [one.code for one in checked(words).problems]


def test_a_plan_without_its_text_is_told(checked: Checked) -> None:
    assert [one.code for one in checked(WORDS, with_text=False).problems] == ["K007"]
    assert checked(WORDS).problems == ()


@pytest.mark.parametrize(
    ("earlier", "code"),
    [
        ("青江市云水区2022年政府工作报告\n一、2021年工作回顾\n新建农村公路40公里。", "K009"),
        ("云水区2024年政府工作报告\n" + WORDS, "K010"),
    ],
)
def test_an_earlier_report_that_does_not_fit_is_told(checked: Checked, earlier: str, code: str) -> None:
    assert code in [one.code for one in checked(WORDS, earlier).problems]


def test_an_earlier_report_of_another_place_is_told(as_read: Callable[..., Any]) -> None:
    from luoshi.check import check

    text, plan = as_read(WORDS)
    here, there = (
        plan.model_copy(update={"document": plan.document.model_copy(update={"place": place, "sha256": place})})
        for place in ("云水区", "松岗区")
    )
    assert [one.code for one in check(here, text, earlier=there, earlier_text=text).problems] == ["K008"]
