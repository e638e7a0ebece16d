"""Posts and handovers, what is owed, and the digests that remind of it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from district import RULES, TODAY, at, codes, matter, step, walk
from hypothesis import given
from hypothesis import strategies as st

from luoshi.days import Workdays
from luoshi.supervise import Holder, Post, handover, holder, obligations, reminders, rules, succeed
from luoshi.supervise.obligations import all_obligations

OPEN = [name for name, state in RULES.workflow.states.items() if state.open]
LIAISON = Post(
    id="p1",
    unit="区住建局",
    title="住建局联络员",
    duty="liaison",
    holders=(
        Holder(person="王华", since=date(2025, 1, 1), until=date(2026, 4, 30)),
        Holder(person="孙丽", since=date(2026, 5, 6)),
    ),
)
HEAD = Post(id="p2", unit="区住建局", title="住建局局长", duty="head", holders=(Holder(person="何伟", since=TODAY),))
LEADER = Post(
    id="副区长（城建）", unit="区政府", title="副区长", duty="leader", holders=(Holder(person="郑强", since=TODAY),)
)
OFFICE = Post(
    id="p3", unit="区政府督查室", title="督查室", duty="office", holders=(Holder(person="周明", since=TODAY),)
)
POSTS = (LIAISON, HEAD, LEADER, OFFICE)


@pytest.mark.parametrize(
    ("day", "person"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), "王华"),
        (date(2026, 4, 30), "王华"),
        (date(2026, 5, 3), None),
        (date(2026, 5, 6), "孙丽"),
    ],
)
def test_who_holds_a_post(day: date, person: str | None) -> None:
    assert holder(LIAISON, day) == person


def test_a_successor_takes_over_and_the_duty_stays_with_the_post() -> None:
    post, problems = succeed(HEAD, "高山", date(2026, 6, 1))
    assert problems == ()
    assert [holder(post, day) for day in (date(2026, 5, 31), date(2026, 6, 1))] == ["何伟", "高山"]
    assert HEAD.holders[0].until is None, "frozen: the post before is as it was"


def test_a_successor_cuts_a_term_that_was_to_last_longer_and_leaves_older_ones() -> None:
    long = LIAISON.model_copy(
        update={"holders": (LIAISON.holders[0].model_copy(update={"until": date(2026, 12, 31)}),)}
    )
    post, _ = succeed(long, "高山", date(2026, 6, 1))
    assert post.holders[0].until == date(2026, 5, 31)
    again, _ = succeed(post, "林海", date(2026, 9, 1))
    assert [one.until for one in again.holders] == [date(2026, 5, 31), date(2026, 8, 31), None]


def test_the_first_holder_of_a_new_post() -> None:
    post, problems = succeed(HEAD.model_copy(update={"holders": ()}), "高山", TODAY)
    assert (holder(post, TODAY), problems) == ("高山", ())


def test_a_successor_cannot_come_before_the_holder() -> None:
    post, problems = succeed(HEAD, "高山", TODAY)
    assert (post, codes(problems)) == (HEAD, ["D041"])


def test_the_sheet_of_a_handover() -> None:
    late = at("running", id="late").model_copy(update={"due": date(2026, 5, 5)})
    asked, slipped = at("change_requested", id="asked"), at("escalated", id="slipped")
    others = [at("closed", id="closed"), at("running", id="other").model_copy(update={"lead": "区水利局"})]
    sheet = handover(LIAISON, [late, asked, slipped, *others], date(2026, 5, 6), OPEN)
    assert (sheet.old, sheet.new) == ("", "孙丽")
    assert sheet.matters == ("late", "asked", "slipped")
    assert (sheet.overdue, sheet.slips, sheet.requests) == (("late",), ("slipped",), ("asked",))
    assert handover(LEADER, [*others, late], date(2026, 5, 6), OPEN).matters == ("other", "late")


@pytest.mark.parametrize(
    ("route", "owed"),
    [
        ("extracted", []),
        ("approved", [("limit", "office", "2026-03-02"), ("deadline", "lead", "2026-11-30")]),
        ("assigned", [("limit", "lead", "2026-03-03"), ("deadline", "lead", "2026-11-30")]),
        ("signed", [("limit", "lead", "2026-03-11"), ("deadline", "lead", "2026-11-30")]),
        (
            "reported",
            [("limit", "office", "2026-03-05"), *[("node", "lead", day) for day in ("2026-04-30", "2026-08-31")]],
        ),
        ("running", [("report", "lead", "2026-03-28"), ("node", "lead", "2026-04-30"), ("node", "lead", "2026-08-31")]),
        (
            "escalated",
            [("slip", "lead", "2026-03-06"), ("report", "lead", "2026-03-28"), ("node", "lead", "2026-04-30")],
        ),
        ("change_requested", [("limit", "office", "2026-03-05"), ("node", "lead", "2026-04-30")]),
        ("change_checked", [("limit", "leader", "2026-03-05"), ("node", "lead", "2026-04-30")]),
        ("checked", [("limit", "leader", "2026-03-16")]),
        ("lookback", [("limit", "inspector", "2026-03-16")]),
        ("suspended", [("restart", "office", "2026-05-06")]),
        ("verifying", [("limit", "inspector", "2026-03-16")]),
        ("closed", [("lookback", "office", "2027-03-02")]),
        ("archived", []),
    ],
)
def test_what_is_owed_in_a_state(route: str, owed: list[tuple[str, str, str]]) -> None:
    found = [(one.what, one.role, one.due.isoformat()) for one in obligations(at(route), TODAY, RULES)]
    assert found[: len(owed)] == owed
    assert bool(found) is bool(owed)


def test_what_is_owed_names_what_to_prepare() -> None:
    (report, *_) = obligations(at("running"), TODAY, RULES)
    assert report.needs == RULES.workflow.moves["report"].needs
    assert (report.who, report.detail) == ("区住建局", "monthly")


def test_a_node_that_is_met_and_a_suspension_without_a_day_owe_nothing() -> None:
    met = walk(at("running"), ["confirm_node"])
    assert "开工" not in [one.detail for one in obligations(met, TODAY, RULES)]
    assert obligations(at("suspended").model_copy(update={"restart": None}), TODAY, RULES) == ()
    assert obligations(at("closed").model_copy(update={"closed_on": None}), TODAY, RULES) == ()


def test_a_slip_of_another_scheme_keeps_its_own_name() -> None:
    (slip, *_) = obligations(at("escalated"), TODAY, rules(slips="suqian-2025"))
    assert slip.detail == "蓝色督办单"
    other = at("escalated").model_copy(
        update={"slips": (at("escalated").slips[0].model_copy(update={"colour": "violet"}),)}
    )
    assert obligations(other, TODAY, RULES)[0].detail == "violet"


def test_all_obligations_are_in_order_of_their_days() -> None:
    found = all_obligations([at("running", id="b"), at("assigned", id="a")], TODAY, RULES)
    assert [one.due for one in found] == sorted(one.due for one in found)
    assert found[0].matter == "a"


def told(one: Any, day: date) -> dict[str, list[tuple[str, str]]]:
    digests, _ = reminders([one], POSTS, day, RULES)
    return {digest.person: [(line.obligation.what, line.step) for line in digest.lines] for digest in digests}


# The node 开工 is due on Thursday, 30 April 2026; the report on Saturday, 28 March.
@pytest.mark.parametrize(
    ("day", "persons"),
    [
        (date(2026, 4, 22), {}),
        (date(2026, 4, 23), {"王华": [("node", "quiet")]}),
        (date(2026, 4, 27), {"王华": [("node", "warning")], "何伟": [("node", "warning")]}),
        (date(2026, 4, 30), {"王华": [("node", "due")]}),
        (date(2026, 5, 1), {"周明": [("node", "chaser")], "何伟": [("node", "chaser")], "郑强": [("node", "chaser")]}),
        (date(2026, 5, 2), {}),
        (date(2026, 5, 8), {person: [("node", "criticism")] for person in ("何伟", "郑强", "周明")}),
    ],
)
def test_the_ladder_of_a_node(day: date, persons: dict[str, list[tuple[str, str]]]) -> None:
    one = at("running").model_copy(update={"rhythm": "quarterly", "started": date(2026, 4, 1)})
    assert told(one, day) == persons


def test_what_falls_on_a_day_off_is_told_before_or_after() -> None:
    one = at("running").model_copy(update={"nodes": ()})
    assert told(one, date(2026, 3, 27)) == {"王华": [("report", "due")]}, "28 March is a Saturday"
    assert set(told(one, date(2026, 3, 30))) == {"王华", "何伟", "郑强"}, "the chaser of the 29th, a Sunday"


def test_whoever_reported_after_the_deadline_is_not_named() -> None:
    one = at("running").model_copy(
        update={"rhythm": "quarterly", "reported_on": date(2026, 5, 4), "started": date(2026, 4, 1)}
    )
    assert told(one, date(2026, 5, 8)) == {}


def test_what_the_office_owes_the_office_is_told() -> None:
    assert told(at("reported"), date(2026, 3, 5))["周明"] == [("limit", "due")]


def test_what_the_leader_owes_the_leader_is_told() -> None:
    assert told(at("change_checked"), date(2026, 3, 5))["郑强"] == [("limit", "due")]


def test_a_vacant_post_is_said_once_and_the_office_is_told() -> None:
    both = [at("running", id=name).model_copy(update={"nodes": (), "rhythm": "quarterly"}) for name in "ab"]
    digests, problems = reminders(both, [OFFICE, LIAISON], date(2026, 3, 30), RULES)
    assert [digest.person for digest in digests] == ["周明", "王华"]
    assert codes(problems) == ["D037", "D037"]
    assert "区住建局·主要负责人" in problems[0].message
    gone = LIAISON.model_copy(update={"holders": ()})
    digests, problems = reminders(both, [gone], date(2026, 3, 27), RULES)
    assert [digest.person for digest in digests] == ["督查室"]
    assert "住建局联络员" in problems[0].message


@given(day=st.dates(date(2026, 3, 2), date(2027, 3, 1)), count=st.integers(1, 4))
def test_one_digest_a_person_a_day_and_none_on_days_off(day: date, count: int) -> None:
    many = [
        at(route, id=f"{route}{n}") for n in range(count) for route in ("running", "assigned", "escalated", "reported")
    ]
    digests, _ = reminders(many, POSTS, day, RULES)
    assert max(Counter(digest.person for digest in digests).values(), default=1) == 1
    assert Workdays().is_workday(day) or digests == ()
    assert all(len(set(digest.lines)) == len(digest.lines) > 0 for digest in digests)


@given(offset=st.integers(0, 250))
def test_every_step_is_told_on_exactly_one_day(offset: int) -> None:
    due = TODAY + timedelta(days=30 + offset)
    one = at("running", rhythm="quarterly").model_copy(
        update={"nodes": (), "due": due, "reported_on": None, "started": due - timedelta(days=1)}
    )
    seen: Counter[str] = Counter()
    for n in range(-12, 20):
        seen += Counter(
            step_
            for lines in told(one, due + timedelta(days=n)).values()
            for what, step_ in set(lines)
            if what == "deadline"
        )
    assert seen == {"quiet": 1, "warning": 2, "due": 1, "chaser": 3, "criticism": 3}


def test_a_matter_without_posts_and_unit_still_reminds_the_office() -> None:
    one = matter(state="running", due="2026-03-02", since="2026-03-02")
    digests, problems = reminders([one], [], TODAY, RULES)
    assert [digest.person for digest in digests] == ["督查室"]
    assert "单位未定" in problems[0].message
    assert step(one, "report").problems
