"""Changes of a returned register become moves of the workflow, each with its line in the ledger: all, or none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from county import CAST, TODAY, docket, given_out, type_in, whole

from luoshi.publish.register import Applied, applied, returned
from luoshi.supervise import Docket, Matter

REPORT = {"自报%": "45", "进展情况": "合龙", "存在问题": "暂无", "下一步措施": "铺装"}


def hand_in(who: str, name: str, states: Docket | None = None, **cells: str) -> Applied:
    """What becomes of ``cells`` typed into the row of ``name``."""
    by = CAST[who]
    rows = type_in(given_out(states), name, **cells)
    found = returned(rows, whole(states), "office" if by.role == "office" else "lead")
    assert found.conflicts == ()
    return applied(found.changes, whole(states), by)


def one(made: Applied) -> Matter:
    assert made.problems == ()
    (found,) = made.matters
    return found


def codes(made: Applied) -> list[str]:
    return [found.code for found in made.problems]


def test_a_unit_reports_through_the_move_for_it() -> None:
    made = hand_in("lead", "i4", **REPORT, 佐证="单位材料 2024-05-20 招标公告\n现场核查 2024-06-01 桥面")
    after = one(made)
    assert (after.state, after.reported, after.reported_on) == ("reported", Decimal(45), TODAY)
    assert (after.progress, after.difficulties, after.next_step) == ("合龙", "暂无", "铺装")
    assert [(piece.kind, piece.note) for piece in after.evidence] == [("papers", "招标公告"), ("site_check", "桥面")]
    (entry,) = made.entries
    assert (entry.move, entry.before, entry.after, entry.by) == ("report", "running", "reported", CAST["lead"])
    assert (entry.revision, entry.day, entry.given["percent"]) == (7, TODAY, "45")


def test_a_report_says_the_whole_row_also_what_was_not_changed() -> None:
    after = one(hand_in("lead", "i4", **{"自报%": "45"}))
    assert (after.progress, after.difficulties) == ("桩基完工\n架梁过半", "征拆剩两户")
    assert (after.cause, after.ask, after.forecast) == ("land", "请县自然资源局出面", "hard")
    assert len(after.evidence) == 2, "the report itself is the unit's statement"


def test_a_first_report_needs_its_percentage() -> None:
    made = hand_in("farms", "i6", 进展情况="展位排定", 存在问题="暂无", 下一步措施="招展")
    assert codes(made) == ["D010"]
    assert "第 9 行（i6）" in made.problems[0].message
    assert made.matters == made.entries == ()


def test_a_slip_is_answered_by_the_same_columns() -> None:
    slip = {"colour": "blue", "day": "2024-05-30", "answer_by": "2024-06-10", "demand": "赶工"}
    states = docket(i4={"state": "escalated", "slips": (slip,)})
    made = hand_in("lead", "i4", states, **REPORT)
    assert one(made).slips[-1].answered == TODAY
    assert [entry.move for entry in made.entries] == ["answer_slip"]


def test_persons_funds_and_quarters_are_noted_before_the_report() -> None:
    cells = REPORT | {"责任人": "赵工", "支付资金（万元）": "300", "三季度": "主桥贯通"}
    made = hand_in("lead", "i4", **cells)
    after = one(made)
    assert [entry.move for entry in made.entries] == ["fill_in", "report"]
    assert [entry.revision for entry in made.entries] == [7, 8]
    assert (after.person, after.funds_paid, after.funds_planned) == ("赵工", Decimal(300), Decimal(5000))
    assert after.stages == ("", "合龙（06-28，40%）", "主桥贯通", "通车（12-20，100%）")


def test_the_office_accepts_verifies_concludes_and_remarks() -> None:
    accepted = one(hand_in("office", "i2", **{"核实%": "45", "备注": "数据一致"}))
    assert (accepted.state, accepted.verified, accepted.verified_on) == ("running", Decimal(45), TODAY)
    assert accepted.remark == "数据一致"
    proof = "统计部门数据 2024-05-25 全县 95.8%\n现场核查 2024-06-02 医保大厅"
    checked = one(hand_in("office", "i3", 核查结论="同意销号", 佐证=proof))
    assert (checked.conclusion, len(checked.evidence)) == ("同意销号", 2)
    assert one(hand_in("office", "i4", 责任领导="副县长（交通）")).leader == "副县长（交通）"


@pytest.mark.parametrize(
    ("who", "name", "cells", "code"),
    [
        ("farms", "i4", REPORT, "D004"),
        ("help", "i4", REPORT, "D004"),
        ("outsider", "i4", REPORT, "D004"),
        ("auditor", "i4", {"责任人": "x"}, "D004"),
        ("lead", "i4", {"自报%": "60", "佐证": "会议 2024-06-01 调度会"}, "D018"),
        ("lead", "i4", {"佐证": "单位照片 2024-06-09 桥墩"}, "D016"),
        ("office", "i4", {"核实%": "50"}, "D002"),
        ("office", "i3", {"核查结论": "同意销号"}, "D010"),
        ("office", "i1", {"核实%": "50"}, "D002"),
        ("lead", "old-1", REPORT, "D002"),
    ],
)
def test_what_the_workflow_refuses_is_refused_here(who: str, name: str, cells: dict[str, str], code: str) -> None:
    made = hand_in(who, name, **cells)
    assert code in codes(made)
    assert made.matters == made.entries == ()


def test_one_refusal_stops_every_row() -> None:
    rows = type_in(type_in(given_out(), "i4", **REPORT), "i6", **REPORT)
    made = applied(returned(rows, whole(), "lead").changes, whole(), CAST["lead"])
    assert codes(made) == ["D004"]
    assert made.matters == ()


def test_a_cell_that_no_move_from_here_takes_is_not_lost_in_silence() -> None:
    """In the check a percentage cannot be verified by the office's table: that is told, not dropped."""
    proof = "统计部门数据 2024-05-25 全县 95.8%\n现场核查 2024-06-02 医保大厅"
    cells: dict[str, Any] = {"核查结论": "同意销号", "佐证": proof, "核实%": "95"}
    assert codes(hand_in("office", "i3", **cells)) == ["D002"]


def test_the_docket_keeps_all_else_and_its_order() -> None:
    before = docket()
    made = hand_in("lead", "i4", **REPORT)
    after = made.on(before)
    assert [row.id for row in after.items] == [row.id for row in before.items]
    assert [row for row in after.items if row.id != "i4"] == [row for row in before.items if row.id != "i4"]
    assert after.entries == made.entries
    assert Docket.from_json(after.to_json()) == after


def test_a_matter_without_a_state_yet_is_added_at_the_end() -> None:
    made = hand_in("office", "i5", 备注="等批复")
    assert [row.id for row in made.on(docket()).items][-1] == "i5"
    assert [row.id for row in made.on(None).items] == ["i5"]


def test_what_was_applied_comes_back_as_no_change() -> None:
    rows = type_in(given_out(), "i4", **REPORT)
    after = applied(returned(rows, whole(), "lead").changes, whole(), CAST["lead"]).on(docket())
    again = returned(rows, whole(after), "lead")
    assert (again.changes, again.conflicts, again.problems) == ((), (), ())
