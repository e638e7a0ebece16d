"""The schedule of an item starts from how far it is, stands beside the first plan, and says what decides it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from casting import sample_plan
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.plan import Item, Plan
from luoshi.plan.model import Deadline
from luoshi.schedule import Dates, PlannedStep
from luoshi.store.models import Matter as Row
from luoshi.supervise import Matter
from luoshi.supervise.model import Milestone
from luoshi.web.matter import pace, timing

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
TODAY, DUE, BEGUN = date(2023, 6, 1), date(2023, 12, 29), date(2023, 3, 1)
MOST = 30


def item(title: str = "推进基层治理", kind: str = "action") -> Item:
    deadline = Deadline(date=DUE, basis="stated")
    return Item.model_validate({"id": "i1", "title": title, "kind": kind, "deadline": deadline.model_dump()})


def matter(**given: Any) -> Matter:
    usual = {"id": "i1", "title": "推进基层治理", "since": BEGUN, "due": DUE, "first_due": DUE, "begin": BEGUN}
    return Matter(**{**usual, "state": "running", "started": BEGUN, **given})


def plan_with(one: Item) -> Plan:
    return sample_plan()[0].model_copy(update={"items": (one,)})


def states(one: Item, of: Matter) -> dict[str, str]:
    return {step.id: step.state for step in timing.timed(plan_with(one), {"i1": of}, TODAY).now.steps}


def late(of: Matter, one: Item | None = None) -> int:
    return timing.timed(plan_with(one or item()), {"i1": of}, TODAY).now.items[0].late


def test_an_item_nobody_reported_on_begins_with_its_first_step() -> None:
    assert states(item(), matter(started=None, begin=None)) == {"plan": "todo", "do": "todo", "review": "todo"}


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(0, ["running", "todo", "todo"]), (50, ["done", "running", "todo"]), (95, ["done", "done", "running"])],
)
def test_the_per_cent_says_which_step_it_stands_at(percent: int, expected: list[str]) -> None:
    of = matter(verified=Decimal(percent), verified_on=date(2023, 5, 25))
    assert list(states(item(), of).values()) == expected


def test_what_was_verified_counts_before_what_the_unit_says() -> None:
    said = matter(reported=Decimal(90), reported_on=date(2023, 5, 30))
    assert pace.known(said).percent == 90
    assert "尚未核实" in pace.known(said).words
    checked = said.model_copy(update={"verified": Decimal(40), "verified_on": date(2023, 5, 20)})
    assert (pace.known(checked).percent, pace.known(checked).verified) == (40, True)
    assert "没有开始" in pace.known(matter()).words


def test_progress_brings_the_end_forward() -> None:
    behind = matter(due=date(2023, 6, 30))
    half = behind.model_copy(update={"verified": Decimal(90), "verified_on": date(2023, 5, 25)})
    assert late(behind) > 0
    assert late(half) < late(behind)


def test_a_node_that_was_met_settles_the_step_of_its_name() -> None:
    met = Milestone(name="制定方案", day=date(2023, 4, 1), percent=Decimal(20), met=date(2023, 4, 3))
    assert states(item(), matter(started=None, begin=None, nodes=(met,)))["plan"] == "done"


def test_what_is_suspended_goes_on_at_its_restart() -> None:
    rests = matter(state="suspended", restart=date(2023, 9, 1), verified=Decimal(50), verified_on=date(2023, 5, 2))
    found = timing.timed(plan_with(item()), {"i1": rests}, TODAY).now.steps
    assert [step.state for step in found] == ["done", "todo", "todo"]
    assert all(step.earliest.start >= date(2023, 9, 1) for step in found[1:])


def test_what_is_closed_is_done_when_it_was_closed() -> None:
    closed = matter(state="closed", done_on=date(2023, 5, 10), closed_on=date(2023, 5, 20))
    made = timing.timed(plan_with(item()), {"i1": closed}, TODAY).now
    assert {step.state for step in made.steps} == {"done"}
    assert made.items[0].finish <= TODAY
    assert timing.decides(made.items[0], {step.key: step for step in made.steps}) == "各步都已办结"


def test_the_procedure_that_somebody_chose_is_taken() -> None:
    assert set(states(item(), matter(procedure="investment"))) == {"talks", "framework", "contract"}
    assert set(states(item(), matter(procedure="no-such"))) == {"plan", "do", "review"}


def test_the_first_plan_is_that_of_the_first_deadline() -> None:
    moved = matter(first_due=date(2023, 8, 31))
    made = timing.timed(plan_with(item()), {"i1": moved}, TODAY)
    assert made.items["i1"].finish <= date(2023, 8, 31)
    assert made.items["i1"].start >= BEGUN
    assert made.now.items[0].deadline == DUE


def test_a_title_with_monthly_quotas_has_no_step_that_decides() -> None:
    one = item("改造老旧小区30个", "target")
    found = timing.timed(plan_with(one), {"i1": matter()}, TODAY).now
    assert found.items[0].regular
    assert "没有哪一步卡住" in timing.decides(found.items[0], {step.key: step for step in found.steps})


def test_words_of_slack_and_of_what_moved() -> None:
    made = timing.timed(plan_with(item()), {"i1": matter()}, TODAY).now
    step: PlannedStep = made.steps[1]
    assert timing.step_slack(step).startswith("可以晚 ")
    one = Dates(DUE, DUE)
    assert timing.moved(one, Dates(DUE, DUE - timedelta(3))) == "比原计划晚 3 天"
    assert timing.moved(one, Dates(DUE, DUE + timedelta(2))) == "比原计划早 2 天"
    assert (timing.moved(one, one), timing.moved(one, None)) == ("和原计划一样", "—")


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def page_of(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert (answer.status_code, len(asked) <= MOST) == (200, True)
    return answer.content.decode()


def test_the_page_of_a_schedule_says_what_is_short_and_what_changes_it(played: Cast, enter: Enter) -> None:
    page = page_of(enter(played.people["supervisor"]), f"/items/{played.matter}/schedule/")
    for said in ("预计完成", "卡在", "原计划", "按核实进度 30%", "set_procedure", "set_nodes", "初步设计批复"):
        assert said in page, said
    unit = page_of(enter(played.people["liaison"]), f"/items/{played.matter}/schedule/")
    assert "set_nodes" not in unit
    assert "set_procedure" in unit
    assert enter(played.people["outsider"]).get(f"/items/{played.matter}/schedule/").status_code == 404


def test_the_picture_and_the_file_hold_every_step(played: Cast, enter: Enter) -> None:
    client = enter(played.people["liaison"])
    drawn = client.get(f"/items/{played.matter}/schedule/picture.svg").content.decode()
    rows = list(
        csv.reader(StringIO(client.get(f"/items/{played.matter}/schedule/steps.csv").content.decode("utf-8-sig")))
    )
    assert len(rows) > 1
    assert all(row[0] in drawn for row in rows[1:])
    assert "原计划" in drawn


def test_choosing_a_procedure_and_laying_nodes_anew(played: Cast, enter: Enter) -> None:
    office = enter(played.people["supervisor"])
    revision = played.body().revision
    answer = office.post(f"/items/{played.matter}/moves/set_procedure/",
                         {"expected": revision, "key": "p1", "procedure": "action"})  # fmt: skip
    assert answer.status_code == 302
    page = page_of(office, f"/items/{played.matter}/schedule/")
    assert "有人选定" in page
    assert "组织实施" in page
    rows = [("初步设计批复", "2023-04-10", "30"), ("道面完工", "2023-07-10", "80")]
    nodes = {f"nodes-{at}-{name}": value for at, row in enumerate(rows)
             for name, value in zip(("name", "day", "percent"), row, strict=True)}  # fmt: skip
    given = {"nodes-TOTAL_FORMS": "2", "nodes-INITIAL_FORMS": "2", "reason": "雨季顺延", "key": "n1", **nodes}
    second = office.post(f"/items/{played.matter}/moves/set_nodes/", {"expected": revision, **given})
    assert second.status_code == 422
    assert "办理程序" in second.content.decode()
    laid = office.post(f"/items/{played.matter}/moves/set_nodes/", {"expected": revision + 1, **given, "key": "n2"})
    assert laid.status_code == 302
    body = played.body()
    assert [(node.name, str(node.day), node.met is not None) for node in body.nodes] == [
        ("初步设计批复", "2023-04-10", True),
        ("道面完工", "2023-07-10", False),
    ]
    assert body.drift[-1].field == "nodes"


def test_help_is_asked_for_outside_a_report_and_settled(played: Cast, enter: Enter) -> None:
    unit, office = enter(played.people["liaison"]), enter(played.people["supervisor"])
    assert "settle_ask" in office.get(f"/items/{played.matter}/").content.decode()
    sent = unit.post(f"/items/{played.matter}/moves/ask/",
                     {"expected": played.body().revision, "key": "a1", "ask": "请区水务局移改管线"})  # fmt: skip
    assert sent.status_code == 302
    assert played.body().ask == "请区水务局移改管线"
    assert Row.objects.get(pk=played.matter).state == played.body().state == "reminded"
    done = office.post(f"/items/{played.matter}/moves/settle_ask/",
                       {"expected": played.body().revision, "key": "a2", "reason": "管线已移改"})  # fmt: skip
    assert done.status_code == 302
    assert played.body().ask == ""
    assert "settle_ask" not in office.get(f"/items/{played.matter}/").content.decode()


def test_an_item_that_ended_says_why_it_is_not_scheduled(cast: Cast, enter: Enter) -> None:
    cast.move("supervisor", "drop", reason="口号")
    page = page_of(enter(cast.people["supervisor"]), f"/items/{cast.matter}/schedule/")
    assert "已经了结的事项不再排期" in page
