"""How tables write a period, and what a run of months does."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.days import Months, months_in

runs = st.builds(Months, st.integers(1950, 2090), st.integers(1, 12), st.integers(1, 72))


@pytest.mark.parametrize(
    ("text", "year", "month", "count"),
    [
        *[(text, 2023, 1, 12) for text in ("2023", "2023年", "2023年度", "2023年全年", " 2023 ")],
        *[
            (text, 2023, 5, 1)
            for text in ("2023-05", "2023/5", "2023.5", "202305", "2023年5月", "2023年5月份", "2023年5月底")
        ],
        *[(text, 2023, 9, 1) for text in ("2023-09-30", "2023/9/30", "2023年9月30日", "2023-09-30 00:00:00")],
        *[
            (text, 2023, 1, 9)
            for text in ("2023年1-9月", "2023年1—9月", "2023年1至9月", "2023年前三季度", "2023年一至三季度")
        ],
        *[(text, 2023, 7, 3) for text in ("2023Q3", "2023年三季度", "2023年第三季度", "2023年3季度", "2023-Q3")],
        ("2023年上半年", 2023, 1, 6),
        ("2023H2", 2023, 7, 6),
        ("2023年下半年", 2023, 7, 6),
        ("2023年1—2月", 2023, 1, 2),
        ("2021—2025年", 2021, 1, 60),
        ("2021-2025", 2021, 1, 60),
    ],
)
def test_a_period_is_read_as_people_write_it(text: str, year: int, month: int, count: int) -> None:
    assert months_in(text) == Months(year, month, count)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "今年",
        "2023-13",
        "2023年0月",
        "2023年1—13月",
        "2023年9—3月",
        "2023-02-30",
        "20230",
        "2025-2021",
        "1023",
        "待定",
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert months_in(text) is None


@given(st.text(max_size=12))
def test_any_text_gives_months_or_none(text: str) -> None:
    found = months_in(text)
    assert found is None or 1 <= found.month <= 12


@given(runs)
def test_what_a_run_is_called_reads_back_as_itself(run: Months) -> None:
    named = months_in(str(run))
    assert named == run or (named is None and run.last[0] != run.year)


@given(runs, st.sampled_from(["month", "quarter", "half", "year"]))
def test_parts_follow_each_other_and_make_the_whole(run: Months, by: str) -> None:
    parts = run.parts(by)  # type: ignore[arg-type]
    assert sum(part.count for part in parts) == run.count
    assert (parts[0].begin, parts[-1].end) == (run.begin, run.end)
    assert all((b.begin - a.end).days == 1 for a, b in pairwise(parts))


def test_days_of_a_run() -> None:
    run = Months.between(date(2023, 1, 10), date(2024, 2, 3))
    assert run == Months(2023, 1, 14)
    assert (run.begin, run.end) == (date(2023, 1, 1), date(2024, 2, 29))
    assert run.earlier() == Months(2022, 1, 14)
    assert [str(one) for one in (Months.whole_year(2023), Months(2023, 1, 9), Months(2023, 7, 3), run)] == [
        "2023年", "2023年1—9月", "2023年三季度", "2023年1月—2024年2月",
    ]  # fmt: skip
