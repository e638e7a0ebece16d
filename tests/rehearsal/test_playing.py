"""The sample district's year: every move is one that the rules allow, and every kind of thing that happens is there."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from luoshi.days import Workdays
from luoshi.door import open_report
from luoshi.examples import sample
from luoshi.measure import measure_plan, readings
from luoshi.plan import Plan
from luoshi.rehearsal import TODAY, Unplayable, cast, docket, readings_table, steps
from luoshi.supervise import Docket, light, rules

PLAN = open_report(sample("songgang-2023")).plan
YEAR = docket(PLAN)


def test_the_states_can_be_written_and_read_again() -> None:
    assert Docket.from_json(YEAR.to_json()) == YEAR


def test_every_move_has_its_line_and_every_matter_its_revision() -> None:
    lines = Counter(entry.matter for entry in YEAR.entries)
    assert {one.id: one.revision for one in YEAR.items} == {one.id: lines[one.id] for one in YEAR.items}
    assert len(YEAR.entries) == len(steps(PLAN))


@pytest.mark.parametrize(
    "state",
    ["proposed", "assigned", "signed", "disputed", "planned", "running", "reported", "suspended", "verifying", "closed",
     "failed", "superseded"],
)  # fmt: skip
def test_the_district_has_a_matter_in_every_usual_state(state: str) -> None:
    assert [one for one in YEAR.items if one.state == state] != []


def test_there_is_something_late_something_false_an_extension_a_slip_and_a_broken_floor() -> None:
    lights = {light(one, TODAY, rules().profile).rule for one in YEAR.items}
    assert lights >= {"overdue", "false-evidence", "floor-broken", "done-early", "yellow-twice"}
    assert any(request.granted for one in YEAR.items for request in one.requests)
    assert any(slip.answered for one in YEAR.items for slip in one.slips)


def test_whatever_is_behind_after_a_report_names_its_cause() -> None:
    moves = [entry for entry in YEAR.entries if entry.move in ("report", "answer_slip")]
    assert {entry.given["cause"] for entry in moves if "cause" in entry.given} >= {"money", "land", "weather", "across"}


def test_an_earlier_day_shows_less() -> None:
    june = docket(PLAN, date(2023, 6, 30))
    assert len(june.entries) < len(YEAR.entries)
    assert max(entry.day for entry in june.entries) <= date(2023, 6, 30)


def test_people_work_on_working_days() -> None:
    calendar = Workdays.china()
    resting = [step for step in steps(PLAN) if step.event.by.role != "system" and not calendar.is_workday(step.day)]
    assert [(step.day, step.event.move) for step in resting] == []


def test_the_cast_is_the_district() -> None:
    assert len(cast().units) == 25
    people = [one.liaison for one in cast().units] + [one.head for one in cast().units]
    people += [one.person for one in cast().leaders] + [name for name, _, _ in cast().office]
    assert len(people) == len(set(people))
    names = {one.name for one in cast().units}
    assert {one.lead for one in YEAR.items if one.state == "running"} <= names


def test_the_readings_measure_the_targets() -> None:
    found = readings(readings_table(), TODAY)
    report = measure_plan(PLAN, found, TODAY)
    assert found.problems == ()
    assert [one.code for one in report.problems] == []
    assert len({one.light.colour for one in report.measured if one.points}) >= 4


def test_a_plan_of_another_report_cannot_be_played() -> None:
    other = Plan(document=PLAN.document)
    with pytest.raises(Unplayable):
        docket(other)
