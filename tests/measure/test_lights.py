"""Lights: every case gets one, better readings never score lower, every profile says what its text says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_indicators import TODAY

from luoshi.measure import Override, State, judge, profile, profile_of, profiles
from luoshi.measure.light import COLOURS
from luoshi.problems import Unreadable

shares = st.none() | st.decimals("-200", "300", places=1)
flags = st.booleans()
days = st.integers(-400, 400)
some_days = st.none() | st.integers(0, 400)


@st.composite
def states(draw: st.DrawFn) -> State:
    """Any state at all: members need not even agree with each other."""
    return State(
        scheduled=draw(shares), done=draw(shares), gap=draw(shares),
        ratio=draw(st.none() | st.decimals("-3", "3", places=2)),
        shortfall=draw(shares), elapsed=draw(shares), behind=draw(shares), due_in=draw(st.none() | days),
        verified=draw(flags), met=draw(flags), excluded=draw(flags), reported=draw(flags), report_late=draw(some_days),
        node_late=draw(some_days), nodes_missed=draw(st.integers(0, 5)), behind_before=draw(st.integers(0, 5)),
        false_evidence=draw(flags), broken=draw(flags), growth=draw(flags), idle=draw(some_days),
        unrecorded=draw(some_days), underpaid=draw(st.none() | flags), rank=draw(st.none() | st.integers(1, 120)),
        rank_change=draw(st.none() | st.integers(-20, 20)), able=draw(st.none() | flags),
    )  # fmt: skip


@pytest.mark.parametrize("name", profiles())
@given(state=states())
def test_every_state_gets_a_light_with_its_rule_and_reason(name: str, state: State) -> None:
    light = judge(profile(name), state, TODAY)
    assert light.colour in COLOURS
    assert light.rule in {rule.id for rule in profile(name).rules}
    assert light.why
    assert "{" not in light.why + light.english
    assert all(getattr(state, member) == value for member, value in light.inputs.items())
    assert light.hollow == (light.colour == "green" and not state.verified)


SCORE = {"red": 0, "yellow": 1, "green": 2, "blue": 3}


@st.composite
def two_states(draw: st.DrawFn) -> tuple[State, State]:
    """The same case with a worse and a better value: what follows from the value follows in both."""
    scheduled = draw(st.decimals("0", "100", places=1))
    low, high = sorted((draw(st.decimals("0", "150", places=1)), draw(st.decimals("0", "150", places=1))))
    both = State(
        scheduled=scheduled, due_in=draw(days), reported=True, verified=draw(flags), growth=draw(flags),
        report_late=draw(some_days), elapsed=draw(st.decimals("0", "100", places=1)),
        behind_before=draw(st.integers(0, 3)),
        false_evidence=draw(flags), able=draw(st.none() | flags), idle=draw(some_days), excluded=draw(flags),
    )  # fmt: skip
    return _with(both, low), _with(both, high)


def _with(state: State, done: Decimal) -> State:
    scheduled, elapsed = state.scheduled, state.elapsed
    assert scheduled is not None
    assert elapsed is not None
    return replace(
        state, done=done, gap=scheduled - done, ratio=done / scheduled if scheduled else None,
        shortfall=(scheduled - done) / scheduled * 100 if scheduled else None, behind=elapsed - done, met=done >= 100,
    )  # fmt: skip


@pytest.mark.parametrize("name", profiles())
@given(pair=two_states())
def test_a_better_value_never_scores_lower(name: str, pair: tuple[State, State]) -> None:
    worse, better = (judge(profile(name), state, TODAY).colour for state in pair)
    if {worse, better} <= set(SCORE):
        assert SCORE[better] >= SCORE[worse]


def state(scheduled: float, done: float, **more: object) -> State:
    known = State(
        scheduled=Decimal(str(scheduled)), elapsed=Decimal(str(scheduled)), due_in=100, reported=True, verified=True
    )
    return replace(_with(known, Decimal(str(done))), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "case", "colour", "rule"),
    [
        ("luoshi-2026", state(75, 75), "green", "G2"),
        ("luoshi-2026", state(75, 66), "green", "G3"),
        ("luoshi-2026", state(75, 65), "yellow", "Y2"),
        ("luoshi-2026", state(75, 45), "yellow", "Y2"),
        ("luoshi-2026", state(75, 44.9), "red", "R6"),
        ("luoshi-2026", state(20, 5), "red", "R7"),
        ("luoshi-2026", state(9, 1), "green", "G3"),
        ("luoshi-2026", state(20, 15.9), "yellow", "Y3"),
        ("luoshi-2026", state(75, 86), "blue", "B2"),
        ("luoshi-2026", state(75, 86, verified=False), "green", "G2"),
        ("luoshi-2026", state(75, 100), "blue", "B1"),
        ("luoshi-2026", state(75, 64, behind_before=1), "red", "R8"),
        ("luoshi-2026", state(20, 15, behind_before=1), "red", "R9"),
        ("luoshi-2026", state(75, 75, node_late=31), "yellow", "Y1"),
        ("luoshi-2026", state(75, 75, node_late=90), "yellow", "Y1"),
        ("luoshi-2026", state(75, 75, node_late=91), "red", "R5"),
        ("luoshi-2026", state(75, 75, report_late=3), "yellow", "Y4"),
        ("luoshi-2026", state(75, 75, report_late=4), "stale", "S1"),
        ("luoshi-2026", state(75, 40, report_late=4), "red", "R6"),
        ("luoshi-2026", state(95, 89, due_in=20), "yellow", "Y5"),
        ("luoshi-2026", state(100, 99, due_in=-1), "red", "R3"),
        ("luoshi-2026", state(100, 100, due_in=-1), "green", "G1"),
        ("luoshi-2026", state(100, 100, due_in=-1, verified=False), "red", "R4"),
        ("luoshi-2026", state(75, 75, broken=True), "red", "R2"),
        ("luoshi-2026", state(75, 75, false_evidence=True), "red", "R1"),
        ("luoshi-2026", state(75, 10, excluded=True), "grey", "N1"),
        ("luoshi-2026", State(due_in=100), "grey", "N2"),
        ("luoshi-2026", State(due_in=100, reported=True, done=Decimal(0)), "grey", "N3"),
        ("luoshi-2026", state(100, 95, growth=True), "yellow", "Y6"),
        ("xuancheng-strict", state(91.7, 91.6), "red", "X5"),
        ("xuancheng-strict", state(91.7, 91.7), "green", "X6"),
        ("xuancheng-strict", state(100, 99, growth=True), "red", "X1"),
        ("yinchuan", state(75, 45), "yellow", "K4"),
        ("yinchuan", state(75, 44.9), "red", "K1"),
        ("yinchuan", state(75, 70), "green", "K6"),
        ("yinchuan", state(75, 75, idle=3), "red", "N1"),
        ("yinchuan", state(75, 75, unrecorded=1), "yellow", "K3"),
        ("yinchuan", state(75, 75, underpaid=True), "red", "N3"),
        ("sanya", state(20, 5), "red", "A1"),
        ("sanya", state(90, 58), "yellow", "A2"),
        ("sanya", state(90, 45), "yellow", "A2"),
        ("sanya-district", state(90, 89), "yellow", "D3"),
        ("sanya-district", state(90, 89, behind_before=1), "red", "D2"),
        ("zaozhuang", state(90, 89, rank=5, rank_change=-2), "blue", "Z3"),
        ("zaozhuang", state(90, 89, rank=5, rank_change=1), "yellow", "Z2"),
        ("zaozhuang", state(90, 89), "grey", "Z9"),
        ("guangyuan", state(90, 89, able=True), "yellow", "U3"),
        ("guangyuan", state(90, 89, able=False), "red", "U2"),
        ("guangyuan", state(90, 89), "yellow", "U4"),
        ("yichang", state(90, 89), "red", "C3"),
        ("yichang", state(90, 90, due_in=30), "yellow", "C4"),
    ],
)
def test_a_profile_says_what_its_text_says(name: str, case: State, colour: str, rule: str) -> None:
    light = judge(profile(name), case, TODAY)
    assert (light.colour, light.rule) == (colour, rule)


def test_the_reason_says_the_numbers() -> None:
    light = judge(profile(), state(75, 40), TODAY)
    assert light.why == "应达到 75%，实际 40%，落后 35 个百分点，超过 30 个"
    assert light.inputs == {"gap": Decimal(35), "scheduled": Decimal(75), "done": Decimal(40)}


def test_what_the_official_text_leaves_open_is_marked() -> None:
    assert judge(profile("yinchuan"), state(75, 70), TODAY).undefined
    assert not judge(profile("yinchuan"), state(75, 60), TODAY).undefined


def test_a_person_may_set_a_light_with_name_reason_and_expiry() -> None:
    by_hand = Override("yellow", "洪水停工", "王某", date(2023, 11, 1))
    light = judge(profile(), state(75, 40), TODAY, by_hand)
    assert (light.colour, light.rule) == ("yellow", "manual")
    assert all(word in light.why for word in ("王某", "洪水停工", "2023-11-01", "R6"))
    assert judge(profile(), state(75, 40), date(2023, 11, 2), by_hand).colour == "red"


GOOD = (
    'title = "甲"\nsource = "乙"\n'
    '[[rule]]\nid = "A"\ncolour = "red"\nwhen = ["gap > 20"]\nwhy = "落后 {gap}"\nen = "x"\n'
)
LAST = '[[rule]]\nid = "Z"\ncolour = "green"\nwhy = "其余"\nen = "rest"\n'


def test_people_write_their_own_profile() -> None:
    own = profile_of(GOOD + LAST, "我区")
    assert (own.name, own.report_days) == ("我区", 20)
    assert judge(own, state(75, 50), TODAY).colour == "red"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GOOD, "最后一条"),
        (GOOD + LAST.replace('"Z"', '"A"'), "同号"),
        (GOOD.replace("red", "pink") + LAST, "pink"),
        (GOOD.replace("gap >", "gape >") + LAST, "gape"),
        (GOOD.replace("gap > 20", "gap is 20") + LAST, "gap is 20"),
        (GOOD.replace("gap > 20", "gap 20") + LAST, "gap 20"),
        (GOOD.replace("{gap}", "{gape}") + LAST, "gape"),
        (GOOD.replace("title", "tittle") + LAST, "title"),
        ("title = ", "TOML"),
        ('title = "甲"\nsource = "乙"\nrule = []\n', "最后一条"),
    ],
)
def test_a_profile_that_is_wrong_is_refused_whole(text: str, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        profile_of(text, "我区")
    (found,) = refused.value.problems
    assert found.code == "M022"
    assert why in found.message
