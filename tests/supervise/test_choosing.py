"""Samples, inspections, the burden, carrying over: what is chosen, and that it can be checked."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

import pytest
from district import RULES, TODAY, at, codes, step
from hypothesis import given
from hypothesis import strategies as st

from luoshi.supervise import Ask, Matter, Visit, asked, burden, carry_over, inspections, lookback_sample
from luoshi.supervise.sampling import is_risky

LATER = date(2026, 9, 1)  # six months after the closing
SEEDS = st.text(max_size=6)
SHARES = st.fractions(0, 1)


def closed(count: int, **update: Any) -> list[Matter]:
    return [at("closed", id=f"i{n}").model_copy(update=update) for n in range(count)]


@pytest.mark.parametrize(
    ("day", "ripe"),
    [
        (date(2026, 6, 1), False),
        (date(2026, 6, 2), True),
        (date(2027, 3, 2), True),
        (date(2027, 3, 3), False),
    ],
)
def test_the_window_of_a_look_back(day: date, ripe: bool) -> None:
    assert bool(lookback_sample(closed(1), day, share=Fraction(1), seed="x").drawn) is ripe


@pytest.mark.parametrize(
    "update",
    [
        {"important": True},
        {"lights": [{"day": TODAY, "colour": "red", "plain": "red"}]},
        {"slips": [{"colour": "blue", "day": TODAY, "answer_by": TODAY, "demand": "x"}]},
        {"requests": [{"kind": "extend", "day": TODAY, "reason": "x", "granted": True}]},
        {"evidence": [{"id": "e", "kind": "papers", "day": TODAY, "false": True}]},
    ],
)
def test_what_makes_a_matter_risky(update: dict[str, Any]) -> None:
    (plain,) = closed(1)
    risky = Matter.model_validate({**plain.model_dump(), **update})
    assert not is_risky(plain)
    sample = lookback_sample([risky], LATER, share=Fraction(0), seed="x")
    assert (sample.risky, sample.pool) == (("i0",), ())


@given(count=st.integers(0, 40), share=SHARES, seed=SEEDS, order=st.randoms(use_true_random=False))
def test_a_draw_is_of_the_right_size_and_the_same_in_any_order(
    count: int, share: Fraction, seed: str, order: Any
) -> None:
    pool = closed(count)
    sample = lookback_sample(pool, LATER, share=share, seed=seed)
    assert len(sample.drawn) == ceil(share * count)
    assert set(sample.drawn) <= set(sample.pool) == {one.id for one in pool}
    order.shuffle(pool)
    assert lookback_sample(pool, LATER, share=share, seed=seed) == sample


@given(count=st.integers(1, 30), share=SHARES, seed=SEEDS)
def test_a_larger_share_only_adds(count: int, share: Fraction, seed: str) -> None:
    pool = closed(count)
    less, more = (lookback_sample(pool, LATER, share=one, seed=seed).drawn for one in (share / 2, share))
    assert set(less) <= set(more)


def test_over_many_seeds_everyone_is_drawn_about_as_often() -> None:
    """Not a fair die for one seed, but no matter is favoured: 400 seeds, a quarter of 20, each 100 times on average."""
    pool, times = closed(20), dict.fromkeys((f"i{n}" for n in range(20)), 0)
    for seed in range(400):
        for name in lookback_sample(pool, LATER, share=Fraction(1, 4), seed=f"{seed}").drawn:
            times[name] += 1
    assert 70 <= min(times.values()) <= 100 <= max(times.values()) <= 130


def test_a_share_beyond_the_whole_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="not between 0 and 1"):
        lookback_sample([], LATER, share=Fraction(3, 2), seed="x")


def test_closed_without_a_day_and_not_closed_are_not_drawn() -> None:
    many = [*closed(1, closed_on=None), at("running", id="r")]
    assert lookback_sample(many, LATER, share=Fraction(1), seed="x").pool == ()


# ── inspections ──────────────────────────────────────────────────────────────────────────────────────────────────────

DAY = date(2026, 6, 26)  # a Friday


def of_unit(unit: str, count: int, route: str = "running") -> list[Matter]:
    return [at(route, id=f"{unit}{n}").model_copy(update={"lead": unit}) for n in range(count)]


def test_the_most_urgent_units_come_first_one_a_working_day_within_the_cap() -> None:
    many = [*of_unit("甲局", 1), *of_unit("乙局", 3), *of_unit("丙局", 2), *of_unit("丁局", 1)]
    made = inspections(many, DAY, RULES, cap=3)
    assert [(visit.unit, visit.day.day, len(visit.matters)) for visit in made.visits] == [
        ("乙局", 26, 3), ("丙局", 29, 2), ("丁局", 30, 1),
    ]  # fmt: skip
    assert [(left.unit, left.why) for left in made.left] == [("甲局", "cap")]


def test_a_unit_visited_lately_is_left_in_peace_and_visits_made_count() -> None:
    made = (Visit("甲局", DAY - timedelta(days=10), ("甲局0",)), Visit("乙局", DAY - timedelta(days=90), ("乙局0",)))
    plan = inspections([*of_unit("甲局", 3), *of_unit("乙局", 1), *of_unit("丙局", 1)], DAY, RULES, cap=3, made=made)
    assert [visit.unit for visit in plan.visits] == ["丙局"]
    assert [(left.unit, left.why) for left in plan.left] == [("甲局", "recent"), ("乙局", "cap")]


def test_nobody_is_visited_without_a_registered_matter_that_calls_for_it() -> None:
    quiet = [*of_unit("甲局", 1, "closed"), *of_unit("乙局", 1, "suspended"), *of_unit("丙局", 1, "extracted")]
    green = [
        step(
            one, {"move": "report", "by": None, "give": {"by": {"role": "lead", "unit": "丁局"}, "percent": 60}}, TODAY
        ).matter
        for one in of_unit("丁局", 1)
    ]
    unowned = [at("running", id="u").model_copy(update={"lead": ""})]
    setup = of_unit("戊局", 1, "signed")
    assert inspections([*quiet, *green, *unowned, *setup], date(2026, 3, 20), RULES, cap=9).visits == ()


@given(counts=st.lists(st.integers(1, 4), max_size=6), cap=st.integers(0, 8), made=st.integers(0, 8))
def test_the_cap_holds_and_nothing_is_forgotten(counts: list[int], cap: int, made: int) -> None:
    many = [one for n, count in enumerate(counts) for one in of_unit(f"局{n}", count)]
    past = [Visit(f"外{n}", DAY, ()) for n in range(made)]
    plan = inspections(many, DAY, RULES, cap=cap, made=past)
    assert len(plan.visits) <= max(cap - made, 0)
    named = [name for one in (*plan.visits, *plan.left) for name in one.matters]
    assert sorted(named) == sorted(one.id for one in many)
    assert all(RULES.calendar.is_workday(visit.day) for visit in plan.visits)
    assert len({visit.day for visit in plan.visits}) == len(plan.visits)


# ── burden ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_fields_a_rhythm_asks_for() -> None:
    monthly = list(asked([at("running")], TODAY, date(2026, 5, 31), RULES, register="任务台账"))
    quarterly = list(asked([at("running", rhythm="quarterly")], TODAY, date(2026, 5, 31), RULES, register="任务台账"))
    assert (len(monthly), len(quarterly)) == (12, 4)
    assert {ask.field for ask in monthly} == {"percent", "progress", "difficulties", "next_step"}
    silent = [at("closed"), at("assigned"), at("running").model_copy(update={"lead": ""})]
    assert list(asked(silent, TODAY, date(2026, 5, 31), RULES, register="任务台账")) == []


def test_an_ask_repeats_where_another_register_asks_the_same() -> None:
    day = date(2026, 3, 28)
    asks = [
        Ask("区住建局", "任务台账", "云水大桥", "percent", day),
        Ask("区住建局", "重点项目台账", "云水大桥", "percent", day),
        Ask("区住建局", "民生实事台账", "云水大桥", "percent", date(2026, 3, 5)),
        Ask("区住建局", "任务台账", "云水大桥", "progress", day),
        Ask("区住建局", "任务台账", "云水大桥", "percent", date(2026, 4, 28)),
        Ask("区财政局", "任务台账", "云水大桥", "percent", day),
    ]
    loads = burden(asks)
    assert [(load.unit, load.month.month, load.fields, load.repeated) for load in loads] == [
        ("区住建局", 3, 4, 2), ("区住建局", 4, 1, 0), ("区财政局", 3, 1, 0),
    ]  # fmt: skip
    assert loads[0].repeats == (("云水大桥", "percent", ("任务台账", "重点项目台账", "民生实事台账")),)


ASKS = st.lists(
    st.builds(
        Ask,
        st.sampled_from(["甲", "乙"]),
        st.sampled_from(["台账一", "台账二"]),
        st.sampled_from(["桥", "路"]),
        st.sampled_from(["percent", "progress"]),
        st.dates(date(2026, 1, 1), date(2026, 3, 31)),
    ),
    max_size=30,
)


@given(asks=ASKS)
def test_the_meter_counts_every_ask_once(asks: list[Ask]) -> None:
    loads = burden(asks)
    assert sum(load.fields for load in loads) == len(asks)
    once = {(ask.unit, ask.day.replace(day=1), ask.subject, ask.field) for ask in asks}
    assert sum(load.fields - load.repeated for load in loads) == len(once), "one report reused everywhere would do"
    assert all(load.repeated == sum(len(where) - 1 for _, _, where in load.repeats) for load in loads)


# ── carrying over ────────────────────────────────────────────────────────────────────────────────────────────────────


def failed() -> Matter:
    one = step(at("running"), "confirm_node").matter
    return step(one, "fail", date(2026, 12, 1)).matter


def test_what_is_carried_over_does_not_forget() -> None:
    new, problems = carry_over(failed(), new_id="n1", due=date(2027, 6, 30), today=date(2026, 12, 31), reason="未完成")
    assert problems == ()
    assert new is not None
    assert (new.id, new.carried_from, new.state, new.revision) == ("n1", "i1", "approved", 0)
    assert (new.first_due, new.due) == (date(2026, 11, 30), date(2027, 6, 30))
    assert (new.drift[-1].before, new.drift[-1].after) == ("2026-11-30", "2027-06-30")
    assert (new.lead, new.leader, new.slips, new.lights, new.nodes) == ("区住建局", "副区长（城建）", (), (), ())
    assert step(new, "assign", date(2026, 12, 31)).matter.state == "assigned"


def test_open_nodes_ahead_go_along() -> None:
    one = failed().model_copy(
        update={
            "nodes": (*failed().nodes, failed().nodes[-1].model_copy(update={"name": "验收", "day": date(2027, 1, 31)}))
        }
    )
    new, _ = carry_over(one, new_id="n1", due=date(2027, 6, 30), today=date(2026, 12, 31), reason="未完成")
    assert new is not None
    assert [node.name for node in new.nodes] == ["验收"]


@pytest.mark.parametrize(("one", "due"), [(at("running"), date(2027, 6, 30)), (failed(), date(2026, 12, 31))])
def test_what_did_not_fail_or_goes_nowhere_is_not_carried_over(one: Matter, due: date) -> None:
    new, problems = carry_over(one, new_id="n1", due=due, today=date(2026, 12, 31), reason="x")
    assert (new, codes(problems)) == (None, ["D038"])
