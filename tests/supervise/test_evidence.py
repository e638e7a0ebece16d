"""The evidence ladder, and the axes 进度类 and 核实等级."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from district import TODAY, at, cases, matter, step, walk
from hypothesis import given
from hypothesis import strategies as st

from luoshi.supervise import Evidence, Matter, completion_proved, counted, facts, grade, progress_class, verified_cap
from luoshi.supervise.evidence import claim_cap, kinds, needed, rank

CASES: list[dict[str, Any]] = cases("evidence.toml")["case"]
KINDS = st.lists(st.sampled_from(sorted(kinds())), max_size=4)


def having(names: list[str], **update: Any) -> Matter:
    """A matter with pieces of evidence of these kinds; ``!`` marks a false one."""
    pieces = [
        {"id": f"e{at}", "kind": name.lstrip("!"), "day": TODAY, "false": name.startswith("!")}
        for at, name in enumerate(names)
    ]
    return matter(evidence=pieces, **update)


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_what_evidence_allows(case: dict[str, Any]) -> None:
    one = having(case["have"], kind=case.get("kind", "action"), money=case.get("money", False))
    assert (claim_cap(one), verified_cap(one)) == (case["claim"], case["verified"])
    assert grade(one) == case["grade"]
    assert completion_proved(one) is case.get("done", False)


def test_every_kind_of_evidence_has_a_case() -> None:
    assert {name.lstrip("!") for case in CASES for name in case["have"]} >= set(kinds()) - {"recognition"}


@given(first=KINDS, more=KINDS, kind=st.sampled_from(["action", "project", "recognition", "target", "hold"]))
def test_more_evidence_never_allows_less(first: list[str], more: list[str], kind: str) -> None:
    less, full = having(first, kind=kind), having(first + more, kind=kind)
    assert verified_cap(less) <= verified_cap(full)
    assert claim_cap(less) <= claim_cap(full)
    assert completion_proved(full) or not completion_proved(less)


@given(names=KINDS, kind=st.sampled_from(["action", "project", "recognition"]))
def test_done_needs_the_rank_of_its_kind(names: list[str], kind: str) -> None:
    one = having(names, kind=kind)
    least = {"action": 3, "project": 4, "recognition": 5}[kind]
    assert needed(one) == least
    assert completion_proved(one) is any(rank(name) >= least and kinds()[name]["completes"] for name in names)


def test_the_offices_check_lifts_papers_one_grade() -> None:
    checked = having(["papers"], verified=30, verified_on=TODAY)
    assert grade(checked) == "office"
    assert grade(having(["papers"], verified=0, verified_on=TODAY)) == "backed"


@pytest.mark.parametrize(
    ("update", "value"),
    [
        ({}, (0, False)),
        ({"reported": 40, "reported_on": TODAY}, (40, False)),
        ({"verified": 30, "verified_on": TODAY, "reported": 40, "reported_on": TODAY}, (30, True)),
        ({"verified": 30, "verified_on": TODAY}, (30, True)),
        (
            {"verified": 30, "verified_on": TODAY, "reported": 40, "reported_on": TODAY + timedelta(days=1)},
            (40, False),
        ),
        ({"reported": 100, "reported_on": TODAY}, (99, False)),
        ({"verified": 100, "verified_on": TODAY}, (90, True)),
    ],
)
def test_the_newer_number_counts_as_far_as_the_evidence_goes(update: dict[str, Any], value: tuple[int, bool]) -> None:
    assert counted(having(["papers"], **update)) == value


def test_meetings_count_for_nothing_even_in_a_file_typed_by_hand() -> None:
    one = having(["meeting"], reported=80, reported_on=TODAY, verified=80, verified_on=TODAY)
    assert counted(one) == (Decimal(0), True)
    assert progress_class(one.model_copy(update={"state": "running"}), TODAY) == "not_started"


@pytest.mark.parametrize(
    ("percent", "day", "name"),
    [
        (0, date(2026, 3, 2), "not_started"),
        (30, date(2026, 4, 30), "ahead"),
        (29, date(2026, 4, 30), "on_track"),
        (11, date(2026, 4, 30), "on_track"),
        (10, date(2026, 4, 30), "behind"),
        (99, date(2026, 12, 1), "behind"),
    ],
)
def test_the_class_of_progress(percent: int, day: date, name: str) -> None:
    one = at("running").model_copy(update={"reported": Decimal(percent), "reported_on": day})
    pieces = (Evidence(id="s", kind="statement", day=day),) if percent else ()
    assert progress_class(one.model_copy(update={"evidence": pieces}), day) == name


def test_done_done_early_and_other() -> None:
    early = at("closed")
    late = early.model_copy(update={"done_on": early.due})
    undated = early.model_copy(update={"done_on": None})
    names = [progress_class(one, TODAY) for one in (early, late, undated, at("suspended"), at("extracted"))]
    assert names == ["done_early", "done", "done", "other", "other"]


def test_the_four_axes_are_independent() -> None:
    """The same state of the process goes with any light, class and grade; the same class with either grade."""
    word_only = walk(at("running"), ["report"])
    on_site = walk(
        at("running"),
        [
            "report",
            {"move": "accept", "give": {"verified": 10, "evidence": [{"id": "s", "kind": "site_check", "day": TODAY}]}},
        ],
    )
    day = date(2026, 3, 20)
    assert progress_class(word_only, day) == progress_class(on_site, day) == "on_track"
    assert (grade(word_only), grade(on_site)) == ("self", "onsite")
    late = walk(on_site, [{"move": "report", "give": {"percent": 12, "cause": "weather"}}])
    assert late.state == word_only.state
    assert progress_class(late, date(2026, 8, 31)) == "behind"


def test_built_but_empty_is_done_and_without_effect_at_once() -> None:
    one = step(at("lookback"), {"move": "hold_good", "give": {"effect": "unseen"}}).matter
    assert (progress_class(one, TODAY), one.effect) == ("done_early", "unseen")


def test_a_matter_done_after_its_deadline_was_not_early() -> None:
    assert not facts(at("closed").model_copy(update={"due": None}), TODAY).finished_early
