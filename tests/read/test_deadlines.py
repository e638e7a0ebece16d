"""By when a promise is to be kept: stated in its words, taken from its sentence or section, or the end of the term."""

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

from luoshi.plan import Deadline
from luoshi.read.deadlines import deadline
from luoshi.source import fold, view
from luoshi.source.outline import outline

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "deadlines.toml").read_text(encoding="utf-8")
)["case"]
PIECES = ["年内", "到2025年", "底前", "，", "。", "春节前", "三年内", "2023年", "建成", "比", "截至", "6月"]


def marked(sentence: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the stretches that were marked."""
    text, spans = "", []
    for char in fold(sentence):
        if char == "〔":
            spans.append((len(text), 0))
        elif char == "〕":
            spans[-1] = (spans[-1][0], len(text))
        else:
            text += char
    return text, spans


def read(case: dict[str, Any]) -> Deadline:
    text, clauses = marked(case["sentence"])
    term = (case["term"][0], case["term"][1]) if "term" in case else None
    whole = (0, len(text))
    return deadline(
        text, clauses[case.get("at", 0)], None, case.get("year", 2023) or None, term, whole, case.get("title", "")
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['sentence']}{c.get('title', '')}")
def test_a_promise_gets_its_deadline(case: dict[str, Any]) -> None:
    assert read(case) == Deadline(text=case.get("text"), date=case.get("date"), basis=case["basis"])


def test_words_found_by_the_reader_of_clauses_are_kept_as_they_are() -> None:
    text = "待选址确定后启动建设"
    got = deadline(text, (0, len(text)), (0, 6), 2023, None, (0, len(text)), "")
    assert got == Deadline(text="待选址确定后", date=None, basis="stated")


def test_a_stated_limit_is_dated_by_all_its_words() -> None:
    text = "力争在2024年6月底前开工"
    got = deadline(text, (0, len(text)), (3, 12), 2023, None, (0, len(text)), "")
    assert got.date == date(2024, 6, 30)


@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.tuples(st.integers(0, 80), st.integers(0, 80)),
    st.sampled_from([None, 1954, 2023, 9999]),
)
def test_whatever_is_inferred_never_looks_stated(text: str, cut: tuple[int, int], year: int | None) -> None:
    start, end = sorted(min(at, len(text)) for at in cut)
    got = deadline(text, (start, end), None, year, None, (0, len(text)), text[:20])
    if got.basis == "stated":
        assert got.text is not None
        assert got.text in text[start:end]
    elif got.basis == "sentence":
        assert got.text is None or got.text in text[:start]
    else:
        assert got.text is None
    assert (got.basis == "none") == (year is None and got.text is None and got.date is None)


def test_the_deadlines_of_real_reports_agree_with_their_readers(shared: Path) -> None:
    """Words of annotated promises that set a date, nulls included: at least 99 of 100 equal."""
    right = total = 0
    for gold in sorted((shared / "gold").glob("*/*.commitments.jsonl")):
        name = gold.name.split(".")[0]
        report = shared / "corpus" / gold.parent.name / f"{name}.txt"
        seen = view(report.read_text(encoding="utf-8"))
        sentences = outline(seen.text).sentences
        starts = [sentence.start for sentence in sentences]
        back = {seen.offset(at): at for at in range(len(seen.text))}
        for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
            start, end = back[row["start"]], back[row["end"] - 1] + 1
            sentence = sentences[bisect_right(starts, start) - 1]
            year = int(name[-4:])
            got = deadline(seen.text, (start, end), None, year, None, (sentence.head, sentence.end), "")
            right += got.text == row["deadline_text"]
            total += 1
    assert right >= 0.99 * total
