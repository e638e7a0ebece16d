"""Words of time: found with their place, given to the figures they govern, turned into days."""

from __future__ import annotations

import json
import tomllib
from bisect import bisect_right
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.read.periods import Time, governing, interval, periods
from luoshi.source import fold, view
from luoshi.source.outline import outline

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "cases" / "periods.toml").read_text(encoding="utf-8"))
PIECES = [
    "2023年",
    "今年",
    "五年",
    "比",
    "从",
    "的",
    "到",
    "，",
    "。",
    "、",
    "《",
    "》",
    "“十四五”",
    "全年",
    "底前",
    "1",
    "一",
    "月",
    "\n",
    "以来",
]


def found(text: str) -> list[str]:
    return [text[time.start : time.end] for time in periods(text)]


def sentence_of(text: str, at: int) -> tuple[int, int]:
    end = text.find("。", at)
    return text.rfind("。", 0, at) + 1, end if end >= 0 else len(text)


@pytest.mark.parametrize("case", [c for c in CASES["sentence"] if "times" in c], ids=lambda c: c["name"])
def test_the_times_of_a_sentence_are_found(case: dict[str, Any]) -> None:
    assert found(fold(case["text"])) == [fold(time) for time in case["times"]]


@pytest.mark.parametrize("case", [c for c in CASES["sentence"] if "governs" in c], ids=lambda c: c["name"])
def test_every_figure_gets_the_time_that_governs_it(case: dict[str, Any]) -> None:
    text = fold(case["text"])
    times, got = periods(text), []
    for figure, _ in case["governs"]:
        at = text.index(fold(figure))
        time = governing(times, sentence_of(text, at), at)
        got.append([figure, text[time.start : time.end] if time else ""])
    assert got == [[figure, fold(time)] for figure, time in case["governs"]]


@pytest.mark.parametrize("case", CASES["meaning"], ids=lambda c: f"{c['words']} {c.get('year')} {c.get('ahead')}")
def test_words_become_days(case: dict[str, Any]) -> None:
    (time,) = periods(fold(case["words"]))
    meant = interval(time, case.get("year"), _term(case), forward=case.get("ahead", False))
    expected = (case["from"], case["to"], case["precision"]) if "from" in case else None
    assert meant == expected


def _term(case: dict[str, Any]) -> tuple[date, date] | None:
    return (case["term"][0], case["term"][1]) if "term" in case else None


@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from([None, 1, 2023, 9999]), st.booleans()
)
def test_any_text_gives_times_in_order_and_inside_it(text: str, year: int | None, forward: bool) -> None:
    last = 0
    for time in periods(text):
        assert last <= time.start < time.end <= len(text)
        assert time.reach >= time.end
        last = time.end
        _check_days(time, year, forward)


def _check_days(time: Time, year: int | None, forward: bool) -> None:
    meant = interval(time, year, None, forward)
    assert meant is None or meant[0] <= meant[1]


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    assert all(0 <= time.start < time.end <= len(text) for time in periods(text))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.integers(0, 120))
def test_a_stretch_is_read_without_what_stands_around_it(text: str, cut: int) -> None:
    start = min(cut, len(text))
    inside = periods(text, start, len(text))
    assert [time.start for time in inside] == [time.start + start for time in periods(text[start:])]


def test_a_base_of_comparison_governs_nothing() -> None:
    text = "比2019年增长4%"
    (time,) = periods(text)
    assert time.base
    assert governing([time], (0, len(text)), text.index("4")) is None


def test_the_periods_of_real_reports_agree_with_their_readers(shared: Path) -> None:
    """Words of time of annotated figures, nulls included: at least 93 of 100 equal."""
    right = total = 0
    for gold in sorted((shared / "gold").glob("*/*.figures.jsonl")):
        report = shared / "corpus" / gold.parent.name / f"{gold.name.split('.')[0]}.txt"
        seen = view(report.read_text(encoding="utf-8"))
        sentences, times = outline(seen.text).sentences, periods(seen.text)
        starts = [sentence.start for sentence in sentences]
        back = {seen.offset(at): at for at in range(len(seen.text))}
        for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
            at = back[row["start"]]
            sentence = sentences[bisect_right(starts, at) - 1]
            time = governing(times, (sentence.head, sentence.end), at)
            right += (seen.text[time.start : time.end] if time else None) == row["period_text"]
            total += 1
    assert right >= 0.93 * total
