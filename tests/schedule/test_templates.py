"""Procedures: the files are whole, every number has a source, items get the procedure a supervisor would give them."""

from __future__ import annotations

from typing import Any

import pytest
from networks import TODAY

from luoshi.plan import Item
from luoshi.schedule.fitting import fitting
from luoshi.schedule.network import NATURAL, WORKING, Network, Task, Wait
from luoshi.schedule.procedures import Step, Template, template, templates
from luoshi.schedule.solve import solve

STEPS = [(made, step) for made in templates() for step in made.steps]
ROW: dict[str, Any] = {
    "id": "t", "name": "甲", "en": "a", "goal": "b", "buffer": 0, "source": "经验值",
    "steps": [
        {"id": "a", "name": "一", "en": "one", "unit": "@lead", "days": 1, "count": "working", "source": "经验值"},
        {"id": "b", "name": "二", "en": "two", "unit": "@lead", "days": 1, "count": "working", "source": "x",
         "after": ["a"]},
    ],
}  # fmt: skip


def test_every_procedure_of_the_district_is_there() -> None:
    assert {made.id for made in templates()} == {"document", "investment", "title", "hold", "quota", "works", "action"}


@pytest.mark.parametrize(("made", "step"), STEPS, ids=[f"{made.id}.{step.id}" for made, step in STEPS])
def test_a_step_says_where_its_numbers_come_from(made: Template, step: Step) -> None:
    assert step.source
    assert step.name
    assert step.en
    assert step.unit
    assert not step.paused or step.paused_why
    if step.limit:
        assert "《" in step.limit.source or "国办发" in step.limit.source
        if step.limit.count == step.count:
            assert (step.days >= step.limit.days) if step.limit.least else (step.days <= step.limit.days)
    assert made.source


@pytest.mark.parametrize("made", templates(), ids=lambda made: made.id)
def test_a_procedure_has_no_circle_and_its_goal_comes_last(made: Template) -> None:
    tasks = tuple(Task(s.id, days=s.length, calendar=NATURAL if s.count == "natural" else WORKING) for s in made.steps)
    waits = tuple(Wait(after.step, step.id, after.lag) for step in made.steps for after in step.after)
    solved = solve(Network(tasks, waits), TODAY)
    assert solved.possible
    assert set(made.before(made.goal)) == {step.id for step in made.steps}
    assert max(solved.passes.end) == solved.passes.end[solved.numbers[made.goal]]


def test_parallel_branches_of_a_project_run_side_by_side() -> None:
    works = next(made for made in templates() if made.id == "works")
    assert {after.step for name in ("eia", "land", "design") for after in works.step(name).after} == {"feasibility"}


@pytest.mark.parametrize(
    ("kind", "title", "procedure", "goal", "first"),
    [
        ("project", "云水大桥6月底前开工", "works", "begin", "proposal"),
        ("project", "建成云水大桥", "works", "accept", "build"),
        ("project", "城北水厂二期年底前投入使用", "works", "use", "build"),
        ("project", "实验学校新校区建设", "works", "use", "proposal"),
        ("project", "完成城北水厂二期前期工作", "works", "feasibility", "proposal"),
        ("target", "改造老旧小区30个", "quota", "month", "month"),
        ("target", "新增公办幼儿园学位1500个", "quota", "month", "month"),
        ("project", "新建公共充电桩600个", "quota", "month", "month"),
        ("target", "引进亿元以上项目12个", "investment", "contract", "talks"),
        ("target", "外出招商对接不少于30次", "investment", "talks", "talks"),
        ("action", "出台优化营商环境办法", "document", "issue", "draft"),
        ("action", "编制国土空间规划", "document", "issue", "draft"),
        ("recognition", "创建国家卫生城市", "title", "notice", "self"),
        ("recognition", "力争创建省级卫生城区", "title", "province", "self"),
        ("hold", "参保率稳定在95%以上", "hold", "check", "check"),
        ("action", "加强食品安全监管", "action", "review", "plan"),
    ],
)
def test_an_item_gets_the_procedure_a_supervisor_would_give_it(
    kind: str, title: str, procedure: str, goal: str, first: str
) -> None:
    fit = fitting(Item.model_validate({"id": "i1", "title": title, "kind": kind}))
    assert fit is not None
    assert (fit.template.id, fit.goal, fit.steps[0].id) == (procedure, goal, first)
    assert fit.basis == "proposed"
    assert fit.why


@pytest.mark.parametrize("title", ["地区生产总值增长7%左右", "规上工业增加值增长8%", "空气优良率达到88%以上"])
def test_an_indicator_follows_a_path_and_no_procedure(title: str) -> None:
    assert fitting(Item.model_validate({"id": "i1", "title": title, "kind": "target"})) is None


def test_what_is_taken_for_granted_is_said() -> None:
    fit = fitting(Item.model_validate({"id": "i1", "title": "城北水厂年底前竣工", "kind": "project"}))
    assert fit is not None
    assert "假定" in fit.assumed[0]


def test_a_person_confirms_another_procedure() -> None:
    item = Item.model_validate({"id": "i1", "title": "城北水厂", "kind": "project"})
    fit = fitting(item, {"i1": "action", "i2": "works"})
    assert fit is not None
    assert (fit.template.id, fit.basis) == ("action", "confirmed")
    with pytest.raises(KeyError):
        fitting(item, {"i1": "nothing"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"goal": "c"}, "no step c"),
        ({"steps": [ROW["steps"][0], {**ROW["steps"][1], "id": "a"}]}, "twice"),
        ({"steps": [ROW["steps"][0], {**ROW["steps"][1], "days": -1}]}, "negative"),
        ({"steps": [ROW["steps"][0], {**ROW["steps"][1], "count": "weeks"}]}, "weeks"),
        ({"steps": [ROW["steps"][0], {**ROW["steps"][1], "source": ""}]}, "no source"),
        ({"steps": [ROW["steps"][0], {**ROW["steps"][1], "after": ["z"]}]}, "no step z"),
        ({"begins": [{"match": "x", "step": "q"}]}, "no step q"),
    ],
)
def test_a_file_with_a_fault_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        template({**ROW, **change})


def test_a_whole_file_is_taken_and_its_window_too() -> None:
    steps = [{**ROW["steps"][0], "window": {"begin": "03-01", "until": "04-30"}}, ROW["steps"][1]]
    made = template({**ROW, "steps": steps})
    window = made.step("a").window
    assert window is not None
    assert window.words() == "每年3月1日—4月30日"
    with pytest.raises(KeyError):
        made.step("z")
