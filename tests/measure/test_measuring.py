"""One indicator from readings to light, outlook and what is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_indicators import TODAY, series, target

from luoshi.days import Months
from luoshi.measure import (
    Given,
    Measured,
    Series,
    Target,
    measure,
    profile,
    profiles,
    sentences,
)
from luoshi.measure.forecast import FARTHEST

FIVE = Months(2021, 1, 60)


def done(
    one: Target, levels: Series | None = None, rates: Series | None = None, today: date = TODAY, **more
) -> Measured:
    return measure(one, levels, rates, today, **more)


def codes(one: Measured) -> list[str]:
    return [found.code for found in one.problems]


def told(one: Measured) -> str:
    return "".join(sentence.zh for sentence in sentences(one))


# ── where it is ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_single_months_are_added_and_a_hole_is_told() -> None:
    whole = done(target(), series("2023年1月 8", "2023年2月 9", "2023年3月 10"))
    assert [point.value for point in whole.points] == [8, 17, 27]
    hole = done(target(), series("2023年2月 9", "2023年3月 10"))
    assert hole.points == ()
    assert codes(hole) == ["M027"]


def test_january_and_february_together_begin_a_year() -> None:
    made = done(target(), series("2023年1—2月 17", "2023年3月 10"))
    assert [str(point.period) for point in made.points] == ["2023年1—2月", "2023年1—3月"]


def test_the_rhythm_of_earlier_years_is_the_path() -> None:
    past = ("2021年1—9月 60", "2021年 100", "2022年1—9月 70", "2022年 100")
    made = done(target(), series(*past, "2023年1—9月 60"))
    assert made.path.kind == "seasonal"
    assert made.standing is not None
    assert (made.standing.expected, made.standing.gap) == (65, 5)
    assert made.outlook is not None
    assert (made.outlook.low.quantize(Decimal("0.1")), made.outlook.high) == (Decimal("85.7"), 100)
    assert (made.outlook.points, made.outlook.enough, made.outlook.chance) == (2, 1, None)
    assert "过去 2 年里有 1 年的节奏能达到目标" in told(made)


def test_growth_is_taken_from_levels_of_the_same_months_and_said_so() -> None:
    goal = target("6.5", unit="%", nature="rate")
    levels = series("2022年1—9月 200", "2022年 290", "2023年1—9月 212", unit="亿元")
    made = done(goal, levels)
    assert [point.value for point in made.points] == [6]
    assert (made.light.colour, codes(made)) == ("yellow", ["M021"])
    published = done(goal, levels, series("2023年1—9月 6.8", unit="%", growth=True))
    assert [point.value for point in published.points] == [Decimal("6.8")]
    assert (published.light.colour, codes(published)) == ("green", [])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (("2023年1—9月 212",), "M020"),
        (("2022年1—9月 200", "2023年1—3月 50 断点", "2023年1—9月 212"), "M013"),
        (("2022年1—9月 0", "2023年1—9月 212"), "M015"),
        (("2022年1—9月 -5", "2023年1—9月 212"), "M015"),
    ],
)
def test_growth_that_would_mean_nothing_is_refused_with_a_reason(rows: tuple[str, ...], code: str) -> None:
    made = done(target("6.5", unit="%", nature="rate"), series(*rows, unit="亿元"))
    assert made.points == ()
    assert codes(made) == [code]


def test_growth_a_year_since_the_start() -> None:
    goal = target(7, unit="%", nature="yearly", period=FIVE)
    made = done(goal, series("2020年 100", "2021年 106", "2022年 121", unit="亿元"))
    assert [round(point.value, 6) for point in made.points] == [6, 10]
    assert codes(done(goal, series("2021年 106", unit="亿元"))) == ["M020"]
    assert codes(done(goal, series("2020年 -1", "2021年 106", unit="亿元"))) == ["M015"]
    assert codes(done(goal, series("2020年 100", "2021年 106 断点", unit="亿元"))) == ["M013"]


def test_a_change_is_counted_from_the_start() -> None:
    goal = target(2, unit="个百分点", nature="change")
    made = done(goal, series("2022年12月 60 时点", "2023年9月 61.5 时点", unit="%"))
    assert [point.value for point in made.points] == [Decimal("1.5")]
    assert codes(done(goal, series("2023年9月 61.5 时点", unit="%"))) == ["M020"]


def test_a_multiple_becomes_the_value_it_means() -> None:
    goal = target(1, unit="番", nature="stock", multiple=True, period=FIVE)
    made = done(goal, series("2020年 100", "2021年 130", unit="亿元"))
    assert (made.target.value, made.target.unit, made.path.base) == (200, "亿元", 100)
    assert "M020" in codes(done(goal, series("2021年 130", unit="亿元")))


def test_several_years_of_something_that_adds_up() -> None:
    goal = target(500, period=FIVE)
    made = done(goal, series("2021年 100", "2022年 90", "2023年1—6月 50"))
    assert [point.value for point in made.points] == [100, 190, 240]


def test_readings_that_are_another_quantity_are_not_used() -> None:
    assert codes(done(target(), series("2023年1—9月 60", unit="亿元"))) == ["M005"]
    assert codes(done(target(), None, series("2023年1—9月 6", unit="%", growth=True))) == ["M018"]


def test_a_ceiling_that_is_broken_is_red_at_once() -> None:
    goal = target(4, unit="%", nature="stock", better="down", comparator="le")
    made = done(goal, series("2023年9月 4.1 时点", unit="%"))
    assert (made.path.kind, made.light.colour, made.light.rule) == ("ceiling", "red", "R2")
    assert done(goal, series("2023年9月 4 时点", unit="%")).light.colour == "green"


def test_an_allowance_of_the_year_is_spread_over_it() -> None:
    goal = target(12, better="down")
    assert done(goal, series("2023年1—9月 8")).light.colour == "green"
    assert done(goal, series("2023年1—9月 10")).light.colour == "yellow"


def test_a_rank_moves_from_its_start_to_its_target() -> None:
    goal = target(3, unit="位", nature="rank", better="down")
    rows = ("2022年12月 6 时点", "2023年9月 5 时点")
    made = done(goal, series(*rows, unit="位"))
    assert made.standing is not None
    assert (made.path.kind, made.standing.expected, made.state.rank_change) == ("rank", 4, -1)
    assert done(goal, series(*rows, unit="位"), by=profile("zaozhuang")).light.colour == "blue"


def test_yes_or_no_is_asked_for_at_the_end() -> None:
    goal = target(1, unit="", nature="yesno")
    assert done(goal, series("2023年9月 0 时点", unit="")).light.rule == "N3"
    assert done(goal, series("2023年9月 1 时点", unit="")).light.colour in ("blue", "green")
    late = done(goal, series("2023年12月 0 时点", unit=""), today=date(2024, 1, 5))
    assert (late.light.colour, late.light.rule) == ("red", "R3")


def test_a_direction_that_contradicts_the_start_is_told() -> None:
    goal = target(50, unit="%", nature="stock", better="up")
    made = done(goal, series("2022年12月 60 时点", "2023年9月 58 时点", unit="%"), said=Given(path="linear"))
    assert "M016" in codes(made)


# ── what people say about the way ────────────────────────────────────────────────────────────────────────────────────


def test_steps_are_asked_for_when_they_are_due() -> None:
    said = Given(steps=((Months(2023, 1, 6), Decimal(40)), (Months(2023, 1, 9), Decimal(80))))
    made = done(target(), series("2023年1—6月 40", "2023年1—9月 75"), said=said)
    assert (made.path.kind, made.standing.expected if made.standing else None) == ("stepwise", 80)
    assert (made.state.node_late, made.light.rule) == (20, "Y1")
    early = done(target(), series("2023年1—3月 5"), said=said, today=date(2023, 4, 10))
    assert early.light.rule == "N3"


def test_what_is_said_goes_before_what_is_guessed() -> None:
    said = Given(path="s_curve", base=Decimal(10), better="up", nature="stock")
    made = done(target(), series("2023年6月 55 时点"), said=said)
    assert (made.path.kind, made.path.base, made.path.why) == ("s_curve", 10, "按给定的路径")
    assert made.standing is not None
    assert made.standing.expected == 55


# ── lights over time ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_behind_for_two_periods_running_is_red() -> None:
    rows = ("2023年1—3月 25", "2023年1—6月 38", "2023年1—9月 60")
    made = done(target(), series(*rows))
    assert [light.colour for light in made.lights] == ["green", "yellow"]
    assert (made.light.colour, made.light.rule) == ("red", "R8")


def test_a_light_that_rests_on_the_units_own_word_is_hollow_and_never_blue() -> None:
    own = done(target(), series("2023年1—9月 95", level=1))
    assert (own.light.colour, own.light.hollow) == ("green", True)
    assert done(target(), series("2023年1—9月 95", level=3)).light.colour == "blue"


def test_silence_becomes_stale_after_the_grace_that_the_profile_gives() -> None:
    rows = series("2023年1—3月 25", "2023年1—6月 50")
    assert done(target(), rows, today=date(2023, 10, 20)).light.colour == "green"
    assert done(target(), rows, today=date(2023, 10, 22)).light.rule == "Y4"
    assert done(target(), rows, today=date(2023, 10, 25)).light.colour == "stale"


def test_the_last_value_gets_its_time_to_come_in() -> None:
    rows = series("2023年1—9月 80")
    assert done(target(), rows, today=date(2024, 1, 10)).light.colour == "yellow"
    assert done(target(), rows, today=date(2024, 1, 21)).light.rule == "R3"
    assert done(target(), series("2023年 100"), today=date(2024, 1, 21)).light.colour == "green"


def test_facts_from_elsewhere_count() -> None:
    rows = series("2023年1—9月 80")
    assert done(target(), rows, facts={"false_evidence": True}).light.rule == "R1"
    assert done(target(), rows, facts={"excluded": True}).light.colour == "grey"


# ── where it is going, what is needed ────────────────────────────────────────────────────────────────────────────────

GROWING = ("2017年 100", "2018年 106", "2019年 113", "2020年 119", "2021年 127", "2022年 134")


def test_the_growth_needed_stands_beside_the_best_there_was() -> None:
    goal = target(180, unit="亿元", nature="stock", period=FIVE)
    made = done(goal, series(*GROWING, unit="亿元"), today=date(2023, 3, 1))
    assert made.needed is not None
    assert (made.needed.kind, made.needed.left, made.needed.among) == ("growth", 3, 5)
    assert round(made.needed.amount, 2) == Decimal("10.34")
    assert made.needed.best is not None
    assert round(made.needed.best, 2) == Decimal("6.72")
    assert "余下 3 年，每年要增 10.34%，过去 5 年最好的一年是 6.723%" in told(made)
    assert made.outlook is not None
    assert made.outlook.chance is not None
    assert made.outlook.low < made.outlook.middle < made.outlook.high < 180
    assert made.outlook.chance < Decimal("0.2")
    assert "八成把握" in told(made)


def test_shares_need_steps_not_growth() -> None:
    goal = target(70, unit="%", nature="stock", period=FIVE)
    made = done(goal, series("2019年 60", "2020年 61", "2021年 62", "2022年 63", unit="%"), today=date(2023, 3, 1))
    assert made.needed is not None
    assert (made.needed.kind, round(made.needed.amount, 3)) == ("step", Decimal("2.333"))


def test_growth_is_not_asked_across_a_break_or_nought() -> None:
    goal = target(180, unit="亿元", nature="stock", period=FIVE)
    broken = [row + (" 断点" if row.startswith("2021") else "") for row in GROWING]
    made = done(goal, series(*broken, unit="亿元"), today=date(2023, 3, 1))
    assert made.needed is not None
    assert made.needed.among == 1
    assert "M017" in codes(made)
    nought = ("2020年 0", "2021年 127", "2022年 134")
    made = done(goal, series(*nought, unit="亿元"), today=date(2023, 3, 1))
    assert made.needed is not None
    assert made.needed.kind == "step"


@pytest.mark.parametrize(
    ("rows", "value", "period", "code"),
    [
        (GROWING[:3], 200, Months(2018, 1, 60), "M017"),
        (GROWING, 400, Months(2021, 1, 120), "M023"),
        ([row.split()[0] + " 100" for row in GROWING], 200, FIVE, "M024"),
    ],
)
def test_where_nothing_sound_can_be_said_it_is_said_why(rows, value: int, period: Months, code: str) -> None:
    goal = target(value, unit="亿元", nature="stock", period=period)
    made = done(goal, series(*rows, unit="亿元"), today=date(2023, 3, 1))
    assert made.outlook is None
    assert code in codes(made)
    assert FARTHEST == 6


# ── properties ───────────────────────────────────────────────────────────────────────────────────────────────────────

values = st.lists(st.decimals("0", "200", places=1), min_size=1, max_size=3)


@given(values, st.sampled_from(profiles()), st.sampled_from(["flow", "stock"]), st.sampled_from(["up", "down"]))
def test_another_unit_changes_no_light(several: list[Decimal], name: str, nature: str, better: str) -> None:
    rows = [f"2023年1—{3 * at}月 {value}" for at, value in enumerate(several, 1)]
    here = series(*rows, unit="亿元")
    there = replace(here, unit="万元", readings=tuple(replace(r, amount=r.amount.to("万元")) for r in here.readings))
    goal = target(100, unit="亿元", nature=nature, better=better)
    mine, theirs = done(goal, here, by=profile(name)), done(goal, there, by=profile(name))
    assert mine.light == theirs.light
    other = replace(goal, value=Decimal(1000000), unit="万元")
    assert (done(other, here, by=profile(name)).light.colour) == mine.light.colour
    assert mine.standing is not None
    assert theirs.standing is not None
    assert mine.standing.gap == theirs.standing.gap


SCORE = {"red": 0, "yellow": 1, "green": 2, "blue": 3}


@given(
    st.decimals("0", "200", places=1), st.decimals("0", "200", places=1), st.sampled_from(profiles()),
    st.sampled_from(["flow", "stock"]), st.sampled_from(["up", "down"]), st.integers(-40, 160),
)  # fmt: skip
def test_a_better_reading_never_scores_lower(  # noqa: PLR0917
    one: Decimal, other: Decimal, name: str, nature: str, better: str, wait: int
) -> None:
    worse, best = sorted((one, other), reverse=better == "down")
    goal = target(100, nature=nature, better=better)
    day = date.fromordinal(date(2023, 10, 10).toordinal() + wait)
    lights = [done(goal, series(f"2023年1—9月 {value}"), today=day, by=profile(name)).light for value in (worse, best)]
    colours = [light.colour for light in lights]
    if set(colours) <= set(SCORE):
        assert SCORE[colours[1]] >= SCORE[colours[0]]
