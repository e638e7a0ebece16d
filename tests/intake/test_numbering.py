"""Automatic numbers written out: the forms, counting, restarting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.intake.numbering import Level, Lists, Use, enclosed, numeral, symbol


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (99, "taiwaneseCounting", "九十九"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1005, "chineseCountingThousand", "一千零五"),
        (10, "ideographDigital", "一〇"),
        (21, "ideographDigital", "二一"),
        (15, "chineseLegalSimplified", "壹拾伍"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (51, "decimalEnclosedCircle", "51"),
        (7, "decimalFullWidth", "７"),
        (12, "decimalFullWidth", "１２"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "decimalEnclosedFullstop", "⒉"),
        (4, "ideographEnclosedCircle", "㊃"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (5, "ideographZodiac", "辰"),
        (3, "upperLetter", "C"),
        (28, "lowerLetter", "bb"),
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (7, "decimalZero", "07"),
        (12, "decimalZero", "12"),
        (3, "numberInDash", "- 3 -"),
        (5, "hebrew1", "5"),
        (5, "none", ""),
        (0, "chineseCounting", "〇"),
        (100_000, "chineseCounting", "100000"),
    ],
)
def test_forms(value: int, form: str, written: str) -> None:
    assert numeral(value, form) == written


@given(st.integers(0, 9999))
def test_counting_is_one_to_one_and_never_begins_with_a_zero(value: int) -> None:
    written = numeral(value, "chineseCounting")
    digits = {char: at for at, char in enumerate("〇一二三四五六七八九")}
    total, digit = 0, 1 if written[0] == "十" else 0
    for char in written:
        if char in digits:
            digit = digits[char]
        elif char in "十百千":
            total += digit * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    assert total + digit == value
    assert written[0] != "零"


REPORT = {
    0: Level(format="chineseCounting", text="%1、"),
    1: Level(format="chineseCounting", text="（%2）"),
    2: Level(format="decimal", text="%3."),
}


def test_lower_levels_begin_anew_under_every_higher_one() -> None:
    lists = Lists({"a": REPORT}, {"1": Use("a")})
    labels = [lists.label("1", level) for level in (0, 1, 2, 2, 1, 2, 0, 1)]
    assert labels == ["一、", "（一）", "1. ", "2. ", "（二）", "1. ", "二、", "（一）"]


def test_paragraphs_of_another_use_of_the_same_list_count_on() -> None:
    lists = Lists({"a": REPORT}, {"1": Use("a"), "2": Use("a"), "3": Use("a", starts={0: 1})})
    assert [lists.label(use, 0) for use in "112133"] == ["一、", "二、", "三、", "四、", "一、", "二、"]


def test_a_use_can_replace_a_level() -> None:
    lists = Lists({"a": REPORT}, {"1": Use("a", levels={0: Level(format="upperLetter", text="%1）")})})
    assert lists.label("1", 0) == "A）"


@pytest.mark.parametrize(("restart", "last"), [(None, "1"), (0, "2"), (1, "2")])
def test_restarting_can_be_bound_to_a_level_or_switched_off(restart: int | None, last: str) -> None:
    levels = {0: Level(text="%1"), 1: Level(text="%2"), 2: Level(text="%3", restart=restart)}
    lists = Lists({"a": levels}, {"1": Use("a")})
    assert [lists.label("1", at).strip() for at in (0, 1, 2, 1, 2)][-1] == last


def test_numbers_of_several_levels_and_legal_form() -> None:
    levels = {
        0: Level(format="chineseCounting", text="%1、"),
        1: Level(format="decimal", text="%1.%2"),
        2: Level(format="decimal", text="%1.%2.%3", legal=True),
    }
    lists = Lists({"a": levels}, {"1": Use("a")})
    assert [lists.label("1", at) for at in (0, 1, 2)] == ["一、", "一.1 ", "1.1.1 "]


def test_a_level_used_before_the_one_above_shows_that_ones_start() -> None:
    levels = {0: Level(start=3, text="%1"), 1: Level(text="%1.%2")}
    assert Lists({"a": levels}, {"1": Use("a")}).label("1", 1) == "3.1 "


@pytest.mark.parametrize(
    ("level", "label"),
    [
        (Level(text="第%1章", format="chineseCounting"), "第一章 "),
        (Level(text="第%1章", format="chineseCounting", suffix="nothing"), "第一章"),
        (Level(text="附件：", format="none"), "附件："),
        (Level(text="%1", format="none"), ""),
        (Level(text=""), ""),
        (Level(text="\uf06c", format="bullet", font="Wingdings"), "● "),
        (Level(text="\uf0a7", format="bullet", font="Unknown"), "• "),
        (Level(text="—", format="bullet"), "— "),
    ],
)
def test_what_stands_before_the_text(level: Level, label: str) -> None:
    assert Lists({"a": {0: level}}, {"1": Use("a")}).label("1", 0) == label


def test_nonsense_numbers_nothing() -> None:
    lists = Lists({}, {"1": Use("gone")})
    assert [lists.label("9", 0), lists.label("1", 0), lists.label("1", 9), lists.label("1", -1)] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("char", "font", "shown"),
    [
        ("\uf0b3", "Symbol", "≥"),
        ("\xb3", "symbol", "≥"),
        ("\uf0fe", "Wingdings", "☑"),
        ("\ue123", "", "•"),
        ("万", "", "万"),
    ],
)
def test_symbols_of_symbol_fonts(char: str, font: str, shown: str) -> None:
    assert symbol(char, font) == shown


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [(r" eq \o\ac(○,3)", "③"), (r"EQ \o ( ○ , 12 )", "⑫"), (" PAGE ", ""), (r"eq \f(1,2)", "")],
)
def test_numbers_in_circles_that_are_fields(instruction: str, shown: str) -> None:
    assert enclosed(instruction) == shown
