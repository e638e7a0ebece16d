"""Taking corrections back: what stands, what does not, and changing one's mind without contradicting oneself."""

from __future__ import annotations

from typing import Any

import pytest

from luoshi.plan import Correction, Plan, appended, correct
from luoshi.plan.correcting.standing import standing
from luoshi.read import read
from luoshi.source import Document

TEXT = "甲区人民政府工作报告\n\n一、2024年重点工作\n\n年内建成云水大桥，新增公办幼儿园学位1500个。改造老旧小区30个。\n"
PLAN = read(Document.from_text(TEXT))


def one(
    do: str, what: str = "item", quote: str = "云水大桥", to: dict[str, Any] | None = None, **rest: Any
) -> Correction:
    return Correction.model_validate({"do": do, "what": what, "quote": quote, "to": to or {}, **rest})


def undo(nth: int) -> Correction:
    return one("undo", nth=nth)


def corrected(*corrections: Correction) -> Plan:
    plan, problems = correct(PLAN, corrections, TEXT)
    assert problems == ()
    return plan


def bridge(plan: Plan) -> Any:
    return next(item for item in plan.items if "大桥" in item.title)


CHANGE = one("change", to={"title": "云水大桥通车"})
NUMBER = one("change", "figure", "1500个", {"value": "1600"})


def test_what_is_taken_back_was_never_done() -> None:
    assert corrected(CHANGE, undo(1)) == PLAN
    assert corrected(CHANGE, NUMBER, undo(1)) == corrected(NUMBER)


def test_an_undo_that_is_taken_back_takes_nothing_back() -> None:
    assert corrected(CHANGE, undo(1), undo(2)) == corrected(CHANGE)
    assert corrected(CHANGE, undo(1), undo(2), undo(3)) == PLAN


def test_what_was_dropped_comes_back() -> None:
    drop = one("drop", "item", "改造老旧小区")
    assert len(corrected(drop).items) == len(PLAN.items) - 1
    assert corrected(drop, undo(1)) == PLAN


@pytest.mark.parametrize("nth", [0, -1, 2, 3, None])
def test_an_undo_of_nothing_earlier_is_a_problem_and_nothing_is_done(nth: int | None) -> None:
    plan, problems = correct(PLAN, [CHANGE, one("undo", nth=nth)], TEXT)
    assert [found.code for found in problems] == ["C002"]
    assert plan == PLAN


def test_what_stands_keeps_its_number() -> None:
    assert [nth for nth, _ in standing([CHANGE, NUMBER, undo(1)])] == [2]
    assert [nth for nth, _ in standing([CHANGE, undo(1), undo(2)])] == [1]
    assert list(standing([])) == []


def test_whoever_changes_their_mind_does_not_contradict_themselves() -> None:
    again = one("change", to={"title": "建成云水大桥"})
    assert [found.code for found in correct(PLAN, [CHANGE, again], TEXT)[1]] == ["C007"]
    file = appended((CHANGE,), again)
    assert [row.do for row in file] == ["change", "undo", "change"]
    assert bridge(corrected(*file)).title == "建成云水大桥"


def test_what_was_said_of_other_members_stays_said() -> None:
    file = appended((CHANGE,), one("change", to={"kind": "action"}))
    found = bridge(corrected(*file))
    assert (found.title, found.kind) == ("云水大桥通车", "action")


def test_a_third_change_follows_the_second() -> None:
    file: tuple[Correction, ...] = ()
    for title in ("大桥一", "大桥二", "大桥三"):
        file = appended(file, one("change", to={"title": title}))
    assert bridge(corrected(*file)).title == "大桥三"


def test_other_words_and_other_acts_are_only_added() -> None:
    confirm = one("confirm", to={"lead": "区交通局", "help": []})
    assert appended((CHANGE, NUMBER), confirm) == (CHANGE, NUMBER, confirm)
    drop = one("drop", "item", "改造老旧小区")
    assert appended((drop,), drop) == (drop, drop)


def test_an_item_may_be_given_a_procedure_and_what_was_read_is_kept() -> None:
    found = bridge(corrected(one("change", to={"procedure": "works"})))
    assert found.model_extra["procedure"] == "works"
    assert found.model_extra["read_as"] == {"procedure": None}
