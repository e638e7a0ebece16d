"""Ways of judging that statistics offices use, beside a second writing of sdg-build's rules; traps refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.measure import Question, Refused, methods, status

STEADY = {2015 + year: 100 * 1.05**year for year in range(8)}


def asked(values: Mapping[int, float] = STEADY, target: float | None = 200.0, **more: object) -> Question:
    known: dict[str, object] = {"base": min(values), "better": "up", "target": target, "target_year": 2030}
    return Question(values=dict(values), **known | more)  # type: ignore[arg-type]


def sdg_build(  # noqa: PLR0917
    base: float, now: float, years: int, target: float | None, horizon: int, up: bool, limit: float | None
):
    """sdg-build's SeriesProgress in one piece: (value, status, score)."""
    sign, direction = (-1 if base < 0 else 1), (1 if up else -1)
    observed = (now / base) ** (1 / years) - 1
    if target is None:
        value, steps, room = sign * direction * observed, [0.015, 0.005, 0.0], 1.0
        if limit is not None:
            b, top = abs(base), abs(limit)
            room = 1.0 if b >= 2 * top else 1 - (b / top) ** 4.44 if b <= top else 1 - ((2 * top - b) / top) ** 4.44
        steps = [step * room for step in steps]
    else:
        value, steps = sign * direction * observed / abs((target / base) ** (1 / horizon) - 1), [0.95, 0.6, 0.0]
    reached = target is not None and (now >= target if up else now <= target)
    names = ["substantial", "moderate", "limited", "deterioration"]
    name = "achieved" if reached else names[sum(value < step for step in steps)]
    score = None
    if target is not None:
        score = 5 if reached else min(7.1429 * value - 4.2857, 5) if value >= 0.6 else max(4.1667 * value - 2.5, -5)
    return value, name, score


levels = st.floats(1, 1e6)


@settings(max_examples=1000)
@given(levels, st.floats(0.2, 5), st.integers(1, 20), st.floats(1.001, 5), st.integers(1, 30), st.booleans())
def test_open_sdg_with_a_target_is_sdg_build(  # noqa: PLR0917
    base: float, change: float, years: int, way: float, horizon: int, up: bool
) -> None:
    now, goal = base * change, base * way if up else base / way
    question = Question({2000: base, 2000 + years: now}, 2000, "up" if up else "down", goal, 2000 + horizon)
    value, name, score = sdg_build(base, now, years, goal, horizon, up, None)
    said = status("open-sdg", question)
    assert said.value == pytest.approx(value, rel=1e-12, abs=1e-12)
    assert said.band == name
    assert said.score == pytest.approx(score, rel=1e-12, abs=1e-12)


@settings(max_examples=1000)
@given(levels, st.floats(0.2, 5), st.integers(1, 20), st.booleans(), st.none() | st.floats(1, 1e6))
def test_open_sdg_without_a_target_is_sdg_build(
    base: float, change: float, years: int, up: bool, limit: float | None
) -> None:
    question = Question({2000: base, 2000 + years: base * change}, 2000, "up" if up else "down", limit=limit)
    value, name, _ = sdg_build(base, base * change, years, None, 1, up, limit)
    said = status("open-sdg-no-target", question)
    assert said.value == pytest.approx(value, rel=1e-12, abs=1e-12)
    assert said.band == name


@pytest.mark.parametrize(
    ("method", "question", "band"),
    [
        ("eurostat", asked(), "significant"),
        ("eurostat", asked(target=300.0), "moderate"),
        ("eurostat", asked(target=1000.0), "insufficient"),
        ("eurostat", asked({2015: 100, 2022: 90}), "away"),
        ("eurostat", asked(target=120.0), "achieved"),
        ("un-progress-chart", asked(), "on_track"),
        ("un-progress-chart", asked(target=400.0), "progress"),
        ("un-progress-chart", asked({2015: 100, 2022: 90}), "stagnation"),
        ("germany", asked(target=190.0), "sun"),
        ("germany", asked(target=195.0), "cloudy"),
        ("germany", asked(target=250.0), "cloud"),
        ("germany", asked(target=130.0), "sun"),
        ("germany", asked({2015: 100, 2019: 100, 2020: 99, 2021: 98, 2022: 97}), "storm"),
        ("unescap", asked(target=190.0), "maintain"),
        ("unescap", asked(target=400.0), "accelerate"),
        ("unescap", asked({2015: 100, 2022: 90}), "reverse"),
        ("oecd", asked(target_year=2025, target=130.0), "chance"),
    ],
)
def test_bands(method: str, question: Question, band: str) -> None:
    assert status(method, question).band == band


def test_the_chance_is_high_for_what_is_near_and_low_for_what_is_far() -> None:
    near, far = (status("oecd", asked(target_year=2025, target=goal)).value for goal in (145.0, 300.0))
    assert near > 0.8
    assert far < 0.1


@pytest.mark.parametrize(
    ("method", "question", "why"),
    [
        ("open-sdg", asked({2015: 0, 2022: 5}), "零"),
        ("open-sdg", asked({2015: 5, 2022: -5}), "正负"),
        ("open-sdg", asked({2015: -5, 2022: 5}, target=10.0), "正负"),
        ("open-sdg", asked(better="down"), "方向"),
        ("open-sdg", asked(target=90.0), "方向"),
        ("open-sdg", asked(target=None), "目标"),
        ("open-sdg", asked(target_year=2015), "目标年份"),
        ("open-sdg", asked(rate=True), "比率"),
        ("un-progress-chart", asked(rate=True), "比率"),
        ("germany", asked({2015: 1, 2020: 2, 2021: 3}), "四个"),
        ("eurostat", asked({2015: 100}), "起点"),
        ("eurostat", asked(base=2010), "起点"),
        ("oecd", asked({2015: 1, 2020: 2}), "缺年份"),
        ("oecd", asked({2020: 1, 2021: 2}, target_year=2022), "太少"),
        ("oecd", asked(target=None), "目标"),
        ("germany", asked(target=None), "目标"),
    ],
)
def test_what_would_be_nonsense_is_refused_with_a_reason(method: str, question: Question, why: str) -> None:
    with pytest.raises(Refused, match=why):
        status(method, question)


def test_all_methods_have_a_name() -> None:
    assert methods() == (
        "open-sdg", "open-sdg-no-target", "eurostat", "un-progress-chart", "germany", "unescap", "oecd",
    )  # fmt: skip
