"""Both passes: dates that obey every rule, the latest ones too, slack, circles named, the fast pass equal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from networks import CALENDARS, TODAY, days_after, networks, spans

from luoshi.schedule.axis import Window
from luoshi.schedule.checker import Span, faults
from luoshi.schedule.network import Keep, Network, Task, Wait, compiled
from luoshi.schedule.passes import circle, forward, two_way
from luoshi.schedule.solve import solve


def chain_of(*tasks: Task, keeps: tuple[Keep, ...] = (), lag: int = 0) -> Network:
    waits = tuple(Wait(a.key, b.key, lag) for a, b in pairwise(tasks))
    return Network(tasks, waits, keeps, CALENDARS)


@given(networks())
def test_earliest_dates_obey_every_rule(network: Network) -> None:
    solved = solve(network, TODAY)
    assume(solved.possible)
    assert faults(network, TODAY, spans(solved)) == []


@given(networks())
def test_no_step_starts_before_what_it_waits_for_ends(network: Network) -> None:
    solved = solve(network, TODAY)
    assume(solved.possible)
    dates = spans(solved)
    for wait in network.waits:
        assert dates[wait.after].start >= dates[wait.before].end + timedelta(wait.lag)


@given(networks(keeps=False))
def test_earliest_dates_cannot_be_earlier(network: Network) -> None:
    """One day earlier, any step that takes time breaks a rule."""
    solved = solve(network, TODAY)
    assume(solved.possible)
    for j, task in enumerate(network.tasks):
        first = solved.axis.day(solved.passes.start[j]) - timedelta(1)
        moved = {**spans(solved), task.key: Span(first, _end(network, task, first))}
        assert faults(network, TODAY, moved), task


def _end(network: Network, task: Task, start: date) -> date:
    if not task.days:
        return start
    return network.calendars[task.calendar].add(start - timedelta(1), task.days) + timedelta(1)


@given(networks(keeps=False))
def test_latest_dates_meet_every_deadline(network: Network) -> None:
    """Dates at the latest obey the waits and windows, and no goal ends after its deadline."""
    solved = solve(network, TODAY)
    assume(solved.possible)
    late = solved.passes
    assume(min(late.late_start) >= 0)
    dates = {
        task.key: Span(solved.axis.day(late.late_start[j]), solved.axis.day(late.late_end[j]))
        for j, task in enumerate(network.tasks)
    }
    free = replace(network, tasks=tuple(replace(task, release=solved.axis.origin) for task in network.tasks))
    assert faults(free, TODAY, dates) == []
    for task in network.tasks:
        assert task.due is None or dates[task.key].end <= task.due + timedelta(1)


@given(networks(keeps=False), st.integers(1, 400))
def test_a_later_deadline_never_makes_an_earlier_start(network: Network, days: int) -> None:
    later = replace(
        network, tasks=tuple(replace(t, due=t.due + timedelta(days) if t.due else None) for t in network.tasks)
    )
    one, two = solve(network, TODAY), solve(later, TODAY)
    assume(one.possible)
    assert spans(one) == spans(two)
    for j in range(len(network.tasks)):
        a, b = one.passes.late_start[j], two.passes.late_start[j]
        assert a < 0 or one.axis.day(a) <= two.axis.day(b) or not _bounded(network, j)


def _bounded(network: Network, j: int) -> bool:
    """Whether a deadline stands at or after step ``j``; without one its latest date is only the end of the axis."""
    after = {network.tasks[j].key}
    for _ in network.tasks:
        after |= {wait.after for wait in network.waits if wait.before in after}
    return any(task.due for task in network.tasks if task.key in after)


@given(networks(keeps=False), st.integers(1, 90))
def test_a_later_today_never_makes_an_earlier_finish(network: Network, days: int) -> None:
    one, two = solve(network, TODAY), solve(network, TODAY + timedelta(days))
    assume(one.possible and two.possible)
    before, after = spans(one), spans(two)
    assert all(before[key].end <= after[key].end for key in before)


@given(networks(keeps=False))
def test_the_pass_by_levels_is_equal_in_every_number(network: Network) -> None:
    pytest.importorskip("numpy", reason="the extra `fast` is not installed")
    from luoshi.schedule.levels import two_way_by_levels

    _, work = compiled(network, TODAY)
    plain, fast = two_way(work), two_way_by_levels(work)
    for name in ("ready", "start", "end", "late_start", "late_end", "slack", "driver"):
        assert list(getattr(plain, name)) == [int(one) for one in getattr(fast, name)], name


def test_slack_is_counted_in_the_steps_own_days() -> None:
    """From Monday 2 March, five working days; the deadline is a Friday four weeks on."""
    network = chain_of(Task("a", days=5, due=date(2026, 4, 3)))
    solved = solve(network, TODAY)
    assert spans(solved)["a"] == Span(date(2026, 3, 2), date(2026, 3, 7))
    assert solved.axis.day(solved.passes.late_start[0]) == date(2026, 3, 30)
    assert solved.passes.slack == [20]


def test_a_missed_deadline_gives_negative_slack() -> None:
    network = chain_of(Task("a", days=10), Task("b", days=5, due=date(2026, 3, 6)))
    assert solve(network, TODAY).passes.slack == [-10, -10]


def test_three_kinds_of_day_in_one_chain() -> None:
    """Ten natural days from 25 September, one working day over the National Day, one Tuesday of a committee."""
    tasks = (Task("n", days=10, calendar=0), Task("w", days=1), Task("t", days=1, calendar=2))
    dates = spans(solve(chain_of(*tasks), date(2026, 9, 25)))
    assert dates["n"] == Span(date(2026, 9, 25), date(2026, 10, 5))
    assert dates["w"].start == date(2026, 10, 8)
    assert dates["t"].start == date(2026, 10, 13)


def test_a_milestone_takes_no_time_and_waits_for_no_office_hours() -> None:
    dates = spans(solve(chain_of(Task("a", days=5), Task("m", days=0)), TODAY))
    assert dates["m"] == Span(date(2026, 3, 7), date(2026, 3, 7))


@pytest.mark.parametrize(
    ("today", "start"),
    [
        ("2026-03-02", "2026-03-02"),
        ("2026-04-30", "2026-04-30"),
        ("2026-05-06", "2027-03-01"),
        ("2026-02-01", "2026-03-02"),
    ],
)
def test_a_step_waits_for_its_yearly_window(today: str, start: str) -> None:
    """From March to April; 1 March 2026 is a Sunday."""
    task = Task("apply", days=3, window=Window((3, 1), (4, 30)))
    assert spans(solve(chain_of(task), date.fromisoformat(today)))["apply"].start == date.fromisoformat(start)


def test_a_window_may_run_over_the_new_year() -> None:
    window = Window((12, 20), (1, 10), (2026,))
    open_days = [day for n in range(500) if window.is_open(day := date(2026, 9, 1) + timedelta(n))]
    assert (open_days[0], open_days[-1], len(open_days)) == (date(2026, 12, 20), date(2027, 1, 10), 22)


def test_a_window_that_never_opens_is_named() -> None:
    past = Task("apply", days=1, window=Window((3, 1), (4, 30), (2020,)))
    holiday = Task("rest", days=1, window=Window((10, 1), (10, 7), (2026,)))
    assert solve(chain_of(past), TODAY).shut == ("apply",)
    assert solve(chain_of(holiday), TODAY).shut == ("rest",)


@pytest.mark.parametrize("length", [1, 2, 5])
def test_circles_are_named_and_not_looped_on(length: int) -> None:
    keys = [f"c{n}" for n in range(length)]
    ring = [Wait(a, b) for a, b in zip(keys, keys[1:] + keys[:1], strict=True)]
    tasks = tuple(Task(key) for key in ("before", *keys, "behind"))
    network = Network(tasks, (Wait("before", "c0"), Wait("c0", "behind"), *ring), (), CALENDARS)
    found = solve(network, TODAY).circle
    assert set(found) == set(keys)
    turned = [(found[n - 1], found[n]) for n in range(length)]
    assert set(turned) == {(wait.before, wait.after) for wait in ring}


@given(networks(keeps=False), st.data())
def test_any_circle_is_found(network: Network, data: st.DataObject) -> None:
    assume(network.waits)
    wait = data.draw(st.sampled_from(network.waits))
    turned = replace(network, waits=(*network.waits, Wait(wait.after, wait.before)))
    _, work = compiled(turned, TODAY)
    order = forward(work)[0]
    found = circle(work, order)
    arcs = {(one.before, one.after) for one in turned.waits}
    keys = [turned.tasks[j].key for j in found]
    assert found
    assert all((a, b) in arcs for a, b in zip(keys, keys[1:] + keys[:1], strict=True))


def test_a_paper_that_would_expire_is_obtained_later() -> None:
    """The permit is good for ten days, the other branch takes three weeks: the permit waits."""
    tasks = (Task("permit", days=2), Task("build", days=15), Task("begin", days=1))
    waits = (Wait("permit", "begin"), Wait("build", "begin"))
    network = Network(tasks, waits, (Keep("permit", "begin", 10),), CALENDARS)
    solved = solve(network, TODAY)
    dates = spans(solved)
    assert faults(network, TODAY, dates) == []
    assert dates["begin"].start == date(2026, 3, 23)
    assert dates["permit"] == Span(date(2026, 3, 11), date(2026, 3, 13))


def test_a_paper_that_must_expire_is_said_to() -> None:
    tasks = (Task("permit", days=2), Task("between", days=30), Task("begin", days=1))
    network = chain_of(*tasks, keeps=(Keep("permit", "begin", 10),))
    assert solve(network, TODAY).expired == (("permit", "begin"),)


def test_the_latest_dates_keep_papers_valid_too() -> None:
    tasks = (Task("permit", days=2, due=date(2026, 3, 10)), Task("begin", days=1, due=date(2026, 12, 31)))
    solved = solve(chain_of(*tasks, keeps=(Keep("permit", "begin", 10),)), TODAY)
    assert solved.axis.day(solved.passes.late_start[1]) == date(2026, 3, 20)


def test_a_key_that_stands_twice_or_an_arc_to_nowhere_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="twice"):
        solve(Network((Task("a"), Task("a"))), TODAY)
    with pytest.raises(ValueError, match="nowhere"):
        solve(Network((Task("a"),), (Wait("a", "b"),)), TODAY)


def test_nothing_to_do_is_no_fault() -> None:
    assert solve(Network(()), TODAY).possible


def test_overlap_starts_a_step_before_the_other_ends() -> None:
    dates = spans(solve(chain_of(Task("a", days=10), Task("b", days=5), lag=-4), TODAY))
    assert dates["b"].start == date(2026, 3, 10)
    assert dates["a"].end == date(2026, 3, 14)
    assert days_after(0) == TODAY
