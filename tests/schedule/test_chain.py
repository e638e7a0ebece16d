"""The chain of every goal adds up to its earliest finish, every link tight, as an independent checker finds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from networks import CALENDARS, TODAY, UNITS, generated, reasons, spans

from luoshi.schedule.axis import Window
from luoshi.schedule.chain import adds_up, binding
from luoshi.schedule.checker import Reason, Span, chain_faults, faults
from luoshi.schedule.levelling import Effort
from luoshi.schedule.limits import Limits, Shared, share
from luoshi.schedule.network import Keep, Network, Task, Wait
from luoshi.schedule.solve import solve

BATCHES, BATCH = 20, 50


@pytest.mark.parametrize("batch", range(BATCHES))
def test_of_a_thousand_plans_every_chain_adds_up_and_is_tight(batch: int) -> None:
    wrong = {}
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        network = generated(seed)
        solved = solve(network, TODAY)
        if not solved.possible:
            assert solved.expired or solved.shut
            continue
        dates = spans(solved)
        found = faults(network, TODAY, dates)
        for task in network.tasks:
            if task.weight:
                found += chain_faults(network, TODAY, dates, task.key, reasons(solved, task.key))
        if found:
            wrong[seed] = found
    assert wrong == {}


def test_the_thousand_plans_are_worth_checking() -> None:
    """Most have dates, many are late, and every kind of link occurs in their chains."""
    causes: Counter[str] = Counter()
    possible = late = 0
    for seed in range(300):
        solved = solve(generated(seed), TODAY)
        if not solved.possible:
            continue
        possible += 1
        goals = [j for j, task in enumerate(solved.network.tasks) if task.weight]
        late += any(solved.passes.slack[j] < 0 for j in goals)
        for j in goals:
            causes.update(link.cause for link in binding(solved, j))
    assert possible > 250
    assert late > 100
    assert {"release", "work", "lag", "closed", "window", "valid", "back"} <= set(causes)


@pytest.mark.parametrize("batch", range(10))
def test_with_limited_places_no_unit_is_overloaded_and_every_chain_adds_up(batch: int) -> None:
    wrong, capacity = {}, dict.fromkeys(UNITS, 1)
    for seed in range(batch * 20, (batch + 1) * 20):
        network = generated(seed, most=15)
        found = share(network, TODAY, Limits(capacity))
        if not isinstance(found, Shared):
            continue
        dates = spans(found.solved, found.dates)
        kept = tuple(keep for keep in network.keeps if (keep.before, keep.until) not in found.broken)
        said = faults(replace(network, keeps=kept), TODAY, dates, capacity)
        for task in network.tasks:
            if task.weight:
                chain = reasons(found.solved, task.key, found.dates)
                said += chain_faults(network, TODAY, dates, task.key, chain)
        if said:
            wrong[seed] = said
    assert wrong == {}


def test_a_chain_in_words_and_days() -> None:
    """From Monday 2 March: five days, over the weekend, ten natural days of notice, then the yearly window."""
    tasks = (
        Task("draft", days=5),
        Task("notice", days=10, calendar=0),
        Task("apply", days=2, window=Window((4, 1), (4, 30)), due=date(2026, 3, 31), weight=1),
    )
    waits = (Wait("draft", "notice", 2), Wait("notice", "apply"))
    chain = reasons(solve(Network(tasks, waits), TODAY), "apply")
    assert [(link.cause, (link.end - link.begin).days) for link in chain] == [
        ("release", 0), ("work", 5), ("lag", 2), ("work", 10), ("window", 13), ("work", 2),
    ]  # fmt: skip
    assert (chain[0].begin, chain[-1].end) == (TODAY, date(2026, 4, 3))


def test_a_chain_through_a_validity_goes_back_in_time() -> None:
    """The permit is held back for the branch that takes long, and something after it waits for the permit."""
    tasks = (
        *(Task("permit", days=2), Task("build", days=15), Task("begin", days=1)),
        Task("fence", days=20, due=date(2026, 4, 30), weight=1),
    )
    waits = (Wait("permit", "begin"), Wait("build", "begin"), Wait("permit", "fence"))
    network = Network(tasks, waits, (Keep("permit", "begin", 10),), CALENDARS)
    solved = solve(network, TODAY)
    chain = reasons(solved, "fence")
    assert [link.cause for link in chain][:5] == ["release", "work", "closed", "valid", "back"]
    assert chain_faults(network, TODAY, spans(solved), "fence", chain) == []
    assert adds_up(binding(solved, 3), solved.passes.end[3])


def test_a_chain_through_a_busy_unit_names_who_held_it() -> None:
    one, two = (Task(key, unit="区水利局", days=5, due=date(2026, 3, 6), weight=1) for key in ("one", "two"))
    network = Network((one, two))
    found = share(network, TODAY, Limits({"区水利局": 1}))
    assert isinstance(found, Shared)
    chain = reasons(found.solved, "two", found.dates)
    assert [(link.cause, link.other) for link in chain if link.cause == "places"] == [("places", "one")]
    assert found.levelled.proven is False or found.levelled.cost == 0


# ── the checker itself: a fault that is planted is found ─────────────────────────────────────────────────────────────

TASKS = (Task("a", unit="甲", days=5), Task("b", unit="甲", days=3, window=Window((3, 1), (3, 31))), Task("c", days=0))
NETWORK = Network(TASKS, (Wait("a", "b"),), (Keep("a", "b", 5),), CALENDARS)
GOOD = {
    "a": Span(date(2026, 3, 2), date(2026, 3, 7)),
    "b": Span(date(2026, 3, 9), date(2026, 3, 12)),
    "c": Span(TODAY, TODAY),
}


def test_good_dates_have_no_fault() -> None:
    assert faults(NETWORK, TODAY, GOOD, {"甲": 1}) == []


@pytest.mark.parametrize(
    ("key", "span", "words"),
    [
        ("a", Span(date(2026, 2, 28), date(2026, 3, 6)), "starts before it may"),
        ("a", Span(date(2026, 3, 2), date(2026, 3, 6)), "takes 4 days"),
        ("a", Span(date(2026, 3, 2), date(2026, 3, 8)), "takes 5 days"),
        ("b", Span(date(2026, 3, 8), date(2026, 3, 12)), "on a day off"),
        ("b", Span(date(2026, 3, 5), date(2026, 3, 10)), "before a ends"),
        ("b", Span(date(2026, 3, 16), date(2026, 3, 19)), "expires"),
        ("b", Span(date(2026, 4, 1), date(2026, 4, 4)), "outside its window"),
        ("b", Span(date(2026, 3, 5), date(2026, 3, 10)), "2 at once"),
    ],
)
def test_a_planted_fault_is_found(key: str, span: Span, words: str) -> None:
    found = faults(NETWORK, TODAY, {**GOOD, key: span}, {"甲": 1})
    assert any(words in fault for fault in found), found


CHAIN = [
    Reason("release", "a", TODAY, TODAY),
    Reason("work", "a", date(2026, 3, 2), date(2026, 3, 7)),
    Reason("closed", "b", date(2026, 3, 7), date(2026, 3, 9)),
    Reason("work", "b", date(2026, 3, 9), date(2026, 3, 12)),
]


def test_a_good_chain_has_no_fault() -> None:
    assert chain_faults(NETWORK, TODAY, GOOD, "b", CHAIN) == []


@pytest.mark.parametrize(
    ("nth", "link"),
    [
        (0, Reason("release", "a", TODAY - timedelta(1), TODAY - timedelta(1))),
        (1, Reason("work", "a", date(2026, 3, 2), date(2026, 3, 6))),
        (2, Reason("lag", "b", date(2026, 3, 7), date(2026, 3, 9), "a")),
        (2, Reason("window", "b", date(2026, 3, 7), date(2026, 3, 9))),
        (2, Reason("places", "b", date(2026, 3, 7), date(2026, 3, 9), "a")),
        (2, Reason("valid", "b", date(2026, 3, 7), date(2026, 3, 9), "a")),
        (3, Reason("back", "b", date(2026, 3, 9), date(2026, 3, 12))),
        (3, Reason("because", "b", date(2026, 3, 9), date(2026, 3, 12))),
    ],
)
def test_a_planted_fault_in_a_chain_is_found(nth: int, link: Reason) -> None:
    assert chain_faults(NETWORK, TODAY, GOOD, "b", [*CHAIN[:nth], link, *CHAIN[nth + 1 :]])


def test_a_chain_that_leaves_something_out_is_found() -> None:
    assert chain_faults(NETWORK, TODAY, GOOD, "b", []) == ["no chain"]
    assert chain_faults(NETWORK, TODAY, GOOD, "b", CHAIN[:2])
    assert chain_faults(NETWORK, TODAY, GOOD, "b", [*CHAIN[:2], CHAIN[3]])
    assert Effort().children == 0
