"""What the reader of figures finds in single sentences; the cases are a data file that an expert can extend."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.read.figures import figures
from luoshi.read.numbers import numbers
from luoshi.source import view

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "figures.toml").read_text(encoding="utf-8")
)["case"]


def found(text: str) -> list[dict[str, str | None]]:
    seen = view(text)
    read = []
    for one in figures(seen.text, numbers(seen.text)):
        start, end = seen.span(one.number.start, one.number.end)
        named = seen.span(*one.indicator) if one.indicator else None
        read.append(
            {
                "text": text[start:end],
                "value": one.number.value,
                "value2": one.number.value2,
                "unit": one.number.unit,
                "comparator": one.comparator,
                "measure": one.measure,
                "direction": one.direction or "",
                "indicator": text[named[0] : named[1]] if named else None,
            }
        )
    return read


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:16])
def test_a_sentence_gives_its_figures(case: dict[str, Any]) -> None:
    read = found(case["text"])
    assert [one["text"] for one in read] == [one["text"] for one in case["figures"]]
    for one, wanted in zip(read, case["figures"], strict=True):
        assert {key: one[key] for key in wanted} == wanted


@given(
    st.text(
        alphabet="0123456789,.一二三十百千万亿零两第前分之%个家元:—-增长达到超过以上、，。；“”（）年月 \n全区项目",
        max_size=60,
    )
)
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    read = figures(view(text).text, numbers(view(text).text))
    at = 0
    for one in read:
        assert at <= one.number.start < one.number.end <= len(text)
        at = one.number.end
        if one.indicator:
            assert 0 <= one.indicator[0] < one.indicator[1] <= len(text)
