"""One matter, one item: how commitments are gathered, named and dated."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.plan.model import Commitment, Deadline, Figure, Indicator, Item
from luoshi.read.items import LONGEST_TITLE, items

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "items.toml").read_text(encoding="utf-8")
)["case"]


def clause(nth: int, row: list[Any]) -> Commitment:
    _, kind, text, words, day, basis = row
    deadline = Deadline(text=words or None, date=date.fromisoformat(day) if day else None, basis=basis)
    return Commitment(
        id=f"c{nth}", start=nth * 100, end=nth * 100 + len(text), text=text, kind=kind, deadline=deadline, rule="x"
    )


def gathered(rows: list[list[Any]]) -> tuple[Item, ...]:
    return items([clause(at, row) for at, row in enumerate(rows)], [], [row[0] for row in rows])


def dated(*deadlines: tuple[str | None, str | None, str]) -> Deadline:
    """The deadline of the item that clauses with these deadlines make."""
    rows = [[0, "action", "完善制度", words or "", day or "", basis] for words, day, basis in deadlines]
    (one,) = gathered(rows)
    return one.deadline


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_commitments_become_items(case: dict[str, Any]) -> None:
    made = gathered(case["clauses"])
    told = [[one.kind, one.title, [int(name[1:]) for name in one.commitments]] for one in made]
    assert told == case["items"]
    assert [one.id for one in made] == [f"i{at}" for at in range(1, len(made) + 1)]


def test_a_stated_deadline_goes_before_an_earlier_inferred_one() -> None:
    found = dated((None, "2023-06-30", "sentence"), ("10月前", "2023-09-30", "stated"))
    assert (found.text, found.date, found.basis) == ("10月前", date(2023, 9, 30), "stated")


def test_what_is_due_on_another_day_is_another_matter() -> None:
    rows = [[0, "project", "建成东桥", "6月底前", "2023-06-30", "stated"], [0, "action", "完善制度", "", "", "none"]]
    rows += [[0, "project", "建成西桥", "年底前", "2023-12-31", "stated"]]
    assert [one.title for one in gathered(rows)] == ["建成东桥", "建成西桥"]


def test_words_that_name_no_day_still_go_before_the_end_of_the_term() -> None:
    found = dated((None, "2023-12-31", "term"), ("春节前", None, "stated"))
    assert (found.text, found.date) == ("春节前", None)


def test_without_stated_words_the_inferred_day_and_its_basis_are_kept() -> None:
    found = dated((None, None, "none"), (None, "2023-12-31", "term"))
    assert (found.text, found.date, found.basis) == (None, date(2023, 12, 31), "term")


def test_an_item_has_the_figures_and_the_section_of_its_clauses_in_text_order() -> None:
    figures = [Figure(id=f"f{at}", start=at, end=at + 1, text="1", value="1", rule="x") for at in range(1, 12)]
    one = Commitment(
        id="c1", start=0, end=4, text="完善制度", kind="action", section="s2", figures=("f10", "f2"), rule="x"
    )
    two = one.model_copy(update={"id": "c2", "start": 5, "end": 9, "figures": ("f9", "f2")})
    (made,) = items([one, two], figures, [3, 3])
    assert made.figures == ("f2", "f9", "f10")
    assert made.section == "s2"
    assert made.lead is None
    assert made.help == ()


def test_a_target_that_leaves_its_indicator_to_the_clause_before_is_named_by_it() -> None:
    indicator = Indicator(text="税收收入", start=0, end=4)
    figure = Figure(id="f1", start=16, end=20, text="30亿元", value="30", unit="亿元", indicator=indicator, rule="x")
    one = Commitment(id="c1", start=10, end=20, text="2026年达到30亿元", kind="target", figures=("f1",), rule="x")
    assert items([one], [figure], [0])[0].title == "税收收入2026年达到30亿元"
    own = one.model_copy(update={"start": 0, "text": "税收收入达到30亿元"})
    assert items([own], [figure], [0])[0].title == "税收收入达到30亿元"


@given(
    st.text(
        alphabet="建设推进以为抓手，；：、“”（）《》确保在年内2024[1]等 \n一二三完成项目工程。",
        min_size=1,
        max_size=120,
    )
)
def test_a_title_is_never_empty_nor_too_long(text: str) -> None:
    made = gathered([[0, "action", text, "", "", "none"]])
    if text.strip(" \n，；：、。"):
        assert 0 < len(made[0].title) <= LONGEST_TITLE
    assert "\n" not in made[0].title
