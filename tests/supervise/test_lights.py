"""Lights: the thresholds of every profile as a table of cases, and what holds of every input there is."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from district import RULES, TODAY, at, cases, step
from hypothesis import given
from hypothesis import strategies as st

from luoshi.supervise import Facts, facts, judge, light, profiles
from luoshi.supervise.lights import profile_of
from luoshi.supervise.rules import conditions
from luoshi.supervise.words import data, values

CASES: list[dict[str, Any]] = cases("lights.toml")["case"]
DEFAULT = profiles()["luoshi-2026"]
GOOD_TO_BAD = ("blue", "green", "yellow", "red")
# What a fact may be: the whole range, and the edges where thresholds lie.
SHARE = st.decimals(0, 100, places=1) | st.sampled_from([Decimal(n) for n in (0, 10, 30, 50, 70, 80, 90, 100)])
COUNT = st.integers(0, 12)
ANY: dict[str, st.SearchStrategy[Any]] = {
    "state": st.just("推进"),
    "scheduled": SHARE,
    "calendar": SHARE,
    "counted": SHARE,
    "due_in": st.none() | st.integers(-400, 2000) | st.sampled_from([-1, 0, 30, 31]),
    "nodes_missed": COUNT,
    "node_late": st.integers(0, 900) | st.sampled_from([30, 31, 90, 91]),
    "reports_missed": COUNT,
    "months_not_started": COUNT,
    "months_unlisted": COUNT,
    "rank": st.none() | st.integers(1, 40),
    "rank_of": st.integers(0, 40),
    "rank_before": st.none() | st.integers(1, 40),
}
FACTS = st.builds(Facts, **{one.name: ANY.get(one.name, st.booleans()) for one in fields(Facts)})
PROFILES = st.sampled_from(list(profiles().values()))


def facts_of(row: dict[str, Any]) -> Facts:
    exact = {name: Decimal(str(value)) if isinstance(value, float) else value for name, value in row.items()}
    for name in ("scheduled", "counted", "calendar"):
        exact[name] = Decimal(exact.get(name, 0))
    return Facts(**{"solid": True, **exact})


@pytest.mark.parametrize("case", CASES, ids=[f"{case['profile']} {case['facts']}" for case in CASES])
def test_a_threshold(case: dict[str, Any]) -> None:
    lit = judge(facts_of(case["facts"]), profiles()[case["profile"]], TODAY, before=case.get("before", 0))
    assert (lit.colour, lit.rule, lit.hollow) == (case["light"], case["rule"], case.get("hollow", False))


def test_every_rule_of_every_profile_has_a_case() -> None:
    told = {(case["profile"], case["rule"]) for case in CASES}
    rules = {(name, rule.id) for name, profile in profiles().items() for rule in profile.rules}
    rules |= {(name, profile.repeat.id) for name, profile in profiles().items() if profile.repeat}
    assert rules - told == set()


@given(found=FACTS, profile=PROFILES, before=COUNT)
def test_every_case_gets_a_light_that_says_why(found: Facts, profile, before: int) -> None:  # type: ignore[no-untyped-def]
    lit = judge(found, profile, TODAY, before=before)
    assert lit.colour in values("light")
    assert lit.why
    assert "{" not in lit.why
    assert dict(lit.inputs)["counted"] == found.shown("counted")
    assert (lit.profile, lit.day) == (profile.name, TODAY)


@given(found=FACTS, before=COUNT)
def test_the_default_is_what_its_page_says(found: Facts, before: int) -> None:
    """The rules of the page written once more, as one reads them there."""
    lit = judge(found, DEFAULT, TODAY, before=before)
    early_enough = found.scheduled >= 10
    share = found.counted / found.scheduled if found.scheduled else Decimal(1)
    red = (
        found.false_evidence
        or found.floor_broken
        or (found.due_in is not None and found.due_in < 0 and not found.verified_done)
        or found.node_late > 90
    )
    grey = found.not_due and found.counted == 0
    red_by_number = found.scheduled - found.counted > 30 or (early_enough and share < Decimal("0.5"))
    silent = found.stale and not found.verified_done
    yellow = (
        found.nodes_missed > 0
        or found.scheduled - found.counted >= 10
        or (early_enough and share < Decimal("0.8"))
        or (found.reports_missed > 0 and not found.verified_done)
        or (found.due_in is not None and found.due_in <= 30 and found.counted < 90)
    )
    blue = found.solid and (found.finished_early or found.counted - found.scheduled >= 10)
    ladder = [(found.other, "grey"), (red, "red"), (grey, "grey"), (red_by_number, "red"), (silent, "stale")]
    ladder += [(yellow, "red" if before else "yellow"), (blue, "blue"), (True, "green")]
    assert lit.colour == next(colour for holds, colour in ladder if holds)


@given(found=FACTS, profile=PROFILES, before=COUNT, more=st.decimals(0, 100, places=1))
def test_better_numbers_never_give_a_worse_light(found: Facts, profile, before: int, more: Decimal) -> None:  # type: ignore[no-untyped-def]
    better = replace(found, counted=min(found.counted + more, Decimal(100)))
    first, second = (judge(one, profile, TODAY, before=before).colour for one in (found, better))
    if first in GOOD_TO_BAD:
        assert second in GOOD_TO_BAD
        assert GOOD_TO_BAD.index(second) <= GOOD_TO_BAD.index(first)


@given(found=FACTS, profile=PROFILES, sooner=st.integers(0, 500))
def test_a_nearer_deadline_never_gives_a_better_light(found: Facts, profile, sooner: int) -> None:  # type: ignore[no-untyped-def]
    if found.due_in is None:
        return
    first = judge(found, profile, TODAY).colour
    second = judge(replace(found, due_in=found.due_in - sooner), profile, TODAY).colour
    if first in GOOD_TO_BAD and second in GOOD_TO_BAD:
        assert GOOD_TO_BAD.index(second) >= GOOD_TO_BAD.index(first)


@given(found=FACTS, profile=PROFILES)
def test_the_units_word_alone_earns_at_most_a_hollow_green(found: Facts, profile) -> None:  # type: ignore[no-untyped-def]
    lit = judge(replace(found, solid=False), profile, TODAY)
    assert lit.colour != "blue"
    assert lit.hollow is (lit.colour == "green")
    assert (lit.shape == "○") is lit.hollow


@given(found=FACTS)
def test_silence_is_never_green(found: Facts) -> None:
    lit = judge(replace(found, stale=True, verified_done=False), DEFAULT, TODAY)
    assert lit.colour in ("stale", "red", "grey")


@pytest.mark.parametrize("profile", profiles().values(), ids=profiles())
def test_a_profile_says_whose_it_is(profile) -> None:  # type: ignore[no-untyped-def]
    assert profile.issuer
    assert str(profile.year) in profile.name
    assert profile.source
    assert profile.scope in ("item", "unit")
    assert len({rule.id for rule in profile.rules}) == len(profile.rules)
    assert set(profile.names) <= set(values("light"))


def test_the_lights_are_told_by_shape_and_word_too() -> None:
    for what in ("shape", "word", "zh"):
        said = [row[what] for row in data("words.toml")["light"].values()]
        assert len(set(said)) == len(said)


def test_a_profile_that_leaves_a_case_dark_is_refused() -> None:
    raw = {**data("profiles/yichang-2015.toml")}
    raw["rules"] = raw["rules"][:-1]
    with pytest.raises(ValueError, match="the last rule must hold always"):
        profile_of(raw)


def test_a_comparison_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="gap ~ 3"):
        conditions([["gap", "~", 3]])


def test_a_light_says_its_rule_inputs_and_day() -> None:
    one = at("running")
    lit = light(one, date(2026, 6, 30), DEFAULT)
    assert (lit.colour, lit.rule, lit.day) == ("red", "gap-30", date(2026, 6, 30))
    assert lit.why == "低于序时44.8个百分点，超过30"
    assert lit.inputs == (("scheduled", "44.8"), ("counted", "0"), ("gap", "44.8"))
    assert (lit.shape, lit.name) == ("■", "红")


def test_a_light_by_hand_stands_until_its_day_with_the_computed_one_beside() -> None:
    given_light = {"move": "override_light", "give": {"until": "2026-06-30"}}
    one = step(at("running"), given_light).matter
    during, after = (light(one, day, DEFAULT) for day in (date(2026, 6, 30), date(2026, 7, 1)))
    assert (during.colour, during.rule, during.computed) == ("yellow", "by-hand", "red")
    assert "资金已落实" in during.why
    assert "红" in during.why
    assert (after.colour, after.computed) == ("red", None)


@pytest.mark.parametrize(
    ("past", "colour", "rule"),
    [
        ([], "yellow", "report-missed"),
        (["yellow"], "red", "yellow-twice"),
        (["yellow", "green"], "yellow", "report-missed"),
        (["green", "yellow", "yellow"], "red", "yellow-twice"),
        (["red"], "yellow", "report-missed"),
    ],
)
def test_two_yellow_periods_running_are_red_and_another_between_starts_anew(
    past: list[str], colour: str, rule: str
) -> None:
    rows = [{"day": TODAY, "colour": "red" if plain == "yellow" else plain, "plain": plain} for plain in past]
    one = at("running", lights=rows)
    lit = light(one, date(2026, 3, 30), DEFAULT)
    assert (lit.colour, lit.rule, lit.plain) == (colour, rule, "yellow")
    assert ("连续" in lit.why) is (colour == "red")


def test_the_facts_of_a_matter_that_must_be_listed_and_paid() -> None:
    update = {"must_list": True, "funds_required": Decimal(100), "funds_paid": Decimal(40)}
    one = at("running").model_copy(update=update)
    found = facts(one, date(2026, 5, 2))
    assert (found.months_unlisted, found.months_not_started, found.funds_short) == (2, 2, True)
    assert facts(one, date(2026, 5, 1)).months_unlisted == 1
    listed = one.model_copy(update={"listed": TODAY, "funds_required": None})
    assert (facts(listed, date(2026, 5, 2)).months_unlisted, facts(listed, date(2026, 5, 2)).funds_short) == (0, False)


def test_a_report_of_a_month_ago_and_three_days_is_the_last_that_counts() -> None:
    one = step(at("running"), {"move": "report", "give": {"percent": 12}}).matter
    assert not facts(one, date(2026, 4, 5)).stale
    assert facts(one, date(2026, 4, 6)).stale
    assert light(one, TODAY + timedelta(days=40), RULES.profile).colour == "stale"
