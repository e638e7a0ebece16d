"""Cleaning and cutting the report's words: nothing may change a number, whatever the text looks like."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.publish.onepage.wording import ELLIPSIS, breadth, clean, cut, head, spaced, squeeze, tail
from luoshi.source import fold

PIECES = st.sampled_from(
    [
        "地区生产总值",
        "增长",
        "7.5%",
        "７．３％",
        "1,200",
        "万元",
        "，",
        ",",
        "(",
        ")",
        "（",
        "）",
        ";",
        "。",
        "“",
        "”",
        "GDP",
        "A1",
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", fold(text))


@given(TEXTS)
def test_cleaning_keeps_every_number(text: str) -> None:
    assert digits(clean(text)) == digits(text)


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(TEXTS)
def test_a_cleaned_text_is_still_found_in_the_original(text: str) -> None:
    assert squeeze(clean(text)) == squeeze(text)


@given(TEXTS.map(clean), st.integers(2, 60))
def test_a_cut_text_is_short_enough_and_a_beginning_of_the_whole(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= limit
    assert text.startswith(shown.removesuffix(ELLIPSIS))
    assert (shown == text) == (len(text) <= limit)


@given(TEXTS.map(clean), st.integers(2, 60))
def test_a_cut_text_holds_only_whole_numbers(text: str, limit: int) -> None:
    whole = re.findall(r"[\d.,]*\d", text)
    for run in re.findall(r"[\d.,]*\d", cut(text, limit)):
        assert run in whole


@given(TEXTS.map(clean), st.floats(0, 40))
def test_head_and_tail_keep_to_their_room(text: str, room: float) -> None:
    assert breadth(head(text, room)) <= room
    assert breadth(tail(text, room)) <= room
    assert head(text, -1.0) == tail(text, -1.0) == ""
    assert text.startswith(head(text, room).removesuffix(ELLIPSIS))
    assert text.endswith(tail(text, room).removeprefix(ELLIPSIS))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("增长７．３％", "增长7.3%"),
        ("改造（一期）", "改造（一期）"),
        ("大抓产业,重抓制造业", "大抓产业，重抓制造业"),
        ("“亩产论英雄”,投入产出相匹配", "“亩产论英雄”，投入产出相匹配"),
        ("长1,200米", "长1,200米"),
        ("全\u3000县  GDP", "全县GDP"),
        ("Hello  World", "Hello World"),
        ("新型基础设施[12]建设", "新型基础设施建设"),
        ("两新一重［3］项目", "两新一重项目"),
        ("古\u200b渡\ufeff口\x07", "古渡口"),
        ("", ""),
    ],
)
def test_what_cleaning_does(written: str, shown: str) -> None:
    assert clean(written) == shown


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("改造老旧小区", 6, "改造老旧小区"),
        ("改造老旧小区", 5, "改造老旧…"),
        ("投资12345万元", 6, "投资…"),
        ("投资1.5亿元建设", 4, "投资…"),
        ("投资，建设学校", 4, "投资…"),
        ("建设“五好”园区", 4, "建设…"),
    ],
)
def test_where_a_cut_falls(text: str, limit: int, shown: str) -> None:
    assert cut(text, limit) == shown


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("高度 坚持制造强区,打造产业新高地", "高度　坚持制造强区，打造产业新高地"),
        ("2023年工作 回顾", "2023年工作　回顾"),
        (" 一心一意谋发展 ", "一心一意谋发展"),
        ("", ""),
    ],
)
def test_a_gap_in_a_heading_stays_a_gap(title: str, shown: str) -> None:
    assert spaced(title) == shown
