"""The door: a plan and a day in; dates, reasons, assumptions and problems out."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import BRIDGE, DISTRICT, HOMES, RULES, TITLE, item, plan

from luoshi.days import Workdays
from luoshi.door import open_report
from luoshi.examples import sample
from luoshi.schedule import Effort, Progress, Setting, Trying, moves, quarters, schedule

TODAY = date(2026, 3, 2)
CHINA = Workdays.china()


def test_every_item_is_scheduled_or_left_out_with_the_reason() -> None:
    found = schedule(DISTRICT, TODAY)
    assert [one.id for one in found.items] == ["i1", "i2", "i3", "i6"]
    assert {one.id: one.why[:4] for one in found.left_out} == {"i4": "是按指标", "i5": "是口号，", "i7": "没有期限"}


def test_late_is_the_working_days_between_the_deadline_and_the_earliest_finish() -> None:
    for one in schedule(DISTRICT, TODAY).items:
        assert one.late == CHINA.between(one.deadline, one.finish)


def test_a_late_item_says_how_late_since_when_and_for_which_steps() -> None:
    (bridge,) = schedule(plan(BRIDGE), TODAY).items
    assert bridge.late > 0
    assert f"已经晚了{bridge.late}个工作日" in bridge.words
    assert f"最早要到{bridge.finish}" in bridge.words
    assert bridge.must_start is not None
    assert bridge.must_start < TODAY
    assert "施工许可证→开工" in bridge.words
    assert "如经同意交叉办理" in bridge.words


def test_an_item_in_time_says_how_much_is_in_hand() -> None:
    (rules,) = schedule(plan(RULES), TODAY).items
    assert rules.late < 0
    assert f"早{-rules.late}个工作日" in rules.words
    assert rules.overlaps == ()


def test_the_chain_of_an_item_adds_up_to_its_finish() -> None:
    for one in schedule(DISTRICT, TODAY).items:
        assert sum(link.days for link in one.chain) == (one.chain[-1].end - one.chain[0].begin).days
        assert one.chain[-1].end == one.finish + timedelta(1)
        assert all(a.end == b.begin for a, b in zip(one.chain, one.chain[1:], strict=False))


def test_a_saving_greater_than_the_overlap_is_explained_by_the_time_that_was_missed() -> None:
    plan = open_report(sample("songgang-2023")).plan
    told = [one for one in schedule(plan, date(2023, 3, 1)).items if one.overlaps]
    jumps = [one for one in told if max(each.saves for each in one.overlaps) > 100]
    assert jumps
    for one in told:
        waited = any(link.cause == "window" and link.days > 30 for link in one.chain)
        assert ("赶上前一个办理时间" in one.words) == (one in jumps and waited), one.words


def test_each_overlap_saves_what_it_says() -> None:
    """Agreed to, by way of the steps' dates: the finish with all of them is the one in the sentence."""
    (bridge,) = schedule(plan(BRIDGE), TODAY).items
    assert bridge.overlaps
    assert all(one.saves > 0 for one in bridge.overlaps)
    assert max(one.saves for one in bridge.overlaps) <= bridge.late * 2


def test_a_missed_window_is_a_problem_of_its_own() -> None:
    found = schedule(plan(TITLE), TODAY)
    assert "S006" in {one.code for one in found.problems}
    assert any(link.cause == "window" for link in found.items[0].chain)


def test_a_year_that_is_not_announced_is_said_to_be_provisional() -> None:
    found = schedule(plan(TITLE), TODAY)
    assert found.provisional == (2027,)
    assert "S005" in {one.code for one in found.problems}
    assert schedule(plan(HOMES), TODAY).provisional == ()


def test_a_quota_has_a_step_for_each_month_left_each_due_at_its_end() -> None:
    found = schedule(plan(HOMES), TODAY)
    steps = list(found.of("i2"))
    assert [step.name[-4:-1] for step in steps][-3:] == ["10月", "11月", "12月"] or len(steps) == 10
    assert all(step.latest and step.latest.finish <= date(2026, 12, 31) for step in steps)
    assert found.items[0].regular
    assert "10期" in found.items[0].words


def test_a_quota_whose_deadline_is_past_is_left_out_as_overdue() -> None:
    found = schedule(plan(HOMES), date(2027, 1, 10))
    assert found.items == ()
    assert "逾期 10 天" in found.left_out[0].why


def test_what_was_assumed_is_said() -> None:
    found = schedule(plan(HOMES, TITLE), TODAY)
    assert any("所在章节" in words for words in found.items[0].assumptions)
    assert any("牵头单位未定" in words for words in found.items[1].assumptions)


def test_a_step_belongs_to_the_bureau_of_the_places_level() -> None:
    units = {step.id: step.unit for step in schedule(plan(BRIDGE), TODAY).steps}
    assert units["proposal"] == "区发展和改革局"
    assert units["tender"] == "区交通运输局"


def test_finished_steps_shorten_the_way_and_settle_what_comes_before() -> None:
    progress = {"i1/permit": Progress(finished=date(2026, 2, 20))}
    found = schedule(plan(BRIDGE), TODAY, Setting(progress=progress))
    states = {step.id: step.state for step in found.steps}
    assert (states["proposal"], states["permit"], states["begin"]) == ("done", "done", "todo")
    assert found.items[0].late < 0
    assert any("视为已办结" in words for words in found.items[0].assumptions)


def test_a_running_step_ends_no_earlier_than_today() -> None:
    progress = {"i6/draft": Progress(started=date(2025, 6, 2))}
    found = schedule(plan(RULES), TODAY, Setting(progress=progress))
    draft = found.step("i6/draft")
    assert draft.state == "running"
    assert draft.earliest.start == date(2025, 6, 3)  # 2 June 2025 was a holiday
    assert draft.earliest.finish >= TODAY


def test_a_permit_that_expires_before_it_is_used_is_said() -> None:
    progress = {
        "i1/permit": Progress(finished=date(2025, 6, 20)),
        "i1/begin": Progress(earliest=date(2026, 5, 1)),
    }
    found = schedule(plan(BRIDGE), TODAY, Setting(progress=progress))
    assert "S004" in {one.code for one in found.problems}


def test_progress_of_a_step_that_is_not_there_is_said() -> None:
    found = schedule(plan(BRIDGE), TODAY, Setting(progress={"i1/nothing": Progress(finished=TODAY)}))
    assert "S011" in {one.code for one in found.problems}


def test_other_lengths_and_other_procedures_are_taken() -> None:
    longer = schedule(plan(RULES), TODAY, Setting(progress={"i6/draft": Progress(days=90)}))
    assert longer.step("i6/draft").days == 90
    other = schedule(plan(RULES), TODAY, Setting(confirmed={"i6": "action"}))
    assert (other.items[0].procedure, other.items[0].basis) == ("action", "confirmed")


def test_planned_dates_lie_between_the_earliest_and_the_latest() -> None:
    for step in schedule(DISTRICT, TODAY).steps:
        assert step.earliest.start <= step.planned.start
        if step.latest and step.slack >= 0:
            assert step.planned.start <= step.latest.start


@pytest.mark.parametrize("places", [1, 2, 30])
def test_with_capacity_no_unit_does_more_at_once_than_it_can(places: int) -> None:
    items = [item(f"i{n}", f"第{n}大桥开工", "project", "2026-12-31", lead="区交通运输局") for n in range(6)]
    units = ("区发展和改革局", "区自然资源局", "区交通运输局")
    found = schedule(plan(*items), TODAY, Setting(capacity=dict.fromkeys(units, places)))
    for unit in units:
        mine = [step for step in found.steps if step.unit == unit and step.id != "build"]
        days = {day for step in mine for day in (step.planned.start, step.planned.finish)}
        assert max(sum(s.planned.start <= day <= s.planned.finish for s in mine) for day in days) <= places
    assert {one.certainty for one in found.items} <= {"proven", "best found"}
    assert places < 30 or {one.certainty for one in found.items} == {"proven"}


def test_what_takes_no_place_is_not_put_off() -> None:
    items = [
        item(f"i{n}", f"改造老旧小区{n}0个", "target", "2026-12-31", lead="区住房和城乡建设局") for n in range(1, 9)
    ]
    free, limited = (schedule(plan(*items), TODAY, Setting(capacity=c)) for c in ({}, {"区住房和城乡建设局": 1}))
    assert [step.earliest for step in free.steps] == [step.planned for step in limited.steps]
    assert all(one.late <= 0 for one in limited.items)


def test_a_unit_in_the_table_that_has_no_step_is_said() -> None:
    found = schedule(plan(BRIDGE), TODAY, Setting(capacity={"区档案局": 2}), Trying(Effort()))
    assert "S008" in {one.code for one in found.problems}


def test_a_units_own_days_count_for_steps_in_its_days() -> None:
    own = CHINA.own(week=[2])
    setting = Setting(calendars={"区交通运输局": own})
    assert schedule(plan(BRIDGE), TODAY, setting).items == schedule(plan(BRIDGE), TODAY).items


def test_what_moves_when_one_date_changes() -> None:
    before = schedule(DISTRICT, TODAY)
    after = schedule(DISTRICT, TODAY, Setting(progress={"i1/award": Progress(earliest=date(2026, 12, 1))}))
    found = moves(before, after)
    assert {move.key.split("/")[0] for move in found} == {"i1"}
    assert {move.what for move in found} >= {"planned start", "finish"}
    assert all(move.days is None or move.days != 0 for move in found)
    assert moves(before, before) == ()


def test_the_state_of_work_by_quarter() -> None:
    rows = {(row.item, row.nth): row for row in quarters(schedule(DISTRICT, TODAY))}
    assert "立项" in rows["i1", 1].words
    assert rows["i2", 4].share == 100
    shares = [rows["i2", nth].share for nth in (1, 2, 3, 4)]
    assert shares == sorted(shares)


def test_the_same_plan_and_day_give_the_same_json() -> None:
    one, two = (schedule(DISTRICT, TODAY).to_json() for _ in range(2))
    assert one == two
    found = json.loads(one)
    assert found["items"][0]["chain"][0]["cause"] in ("release", "opens")
    assert found["steps"][0]["earliest"]["start"] == "2026-03-02"


def test_an_empty_plan_is_no_fault() -> None:
    found = schedule(plan(), TODAY, Setting(capacity={"区水利局": 1}))
    assert (found.items, found.steps) == ((), ())


@given(st.dates(date(2019, 1, 1), date(2029, 12, 31)), st.integers(0, 500))
@settings(max_examples=40)
def test_a_later_deadline_never_makes_an_item_later_nor_an_earlier_start(today: date, days: int) -> None:
    def bridge(deadline: date) -> tuple[date | None, int]:
        (one,) = schedule(plan(item("i1", "云水大桥开工", "project", deadline.isoformat())), today).items
        return one.must_start, one.late

    (first, late), (second, less) = bridge(today + timedelta(200)), bridge(today + timedelta(200 + days))
    assert less <= late
    assert first is not None
    assert second is not None
    assert first <= second
