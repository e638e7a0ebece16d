"""Agenda, roll-up, coverage: many matters seen at once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from district import RULES, TODAY, at, codes, matter, walk
from hypothesis import given
from hypothesis import strategies as st

from luoshi.days import Workdays
from luoshi.plan import Commitment, Deadline, Duty, Facts, Item, Plan, Section, Unread
from luoshi.supervise import (
    Docket,
    Matter,
    agenda,
    coverage,
    light,
    matters,
    progress_class,
    rollup,
    rules,
    units,
)
from luoshi.supervise.agenda import BUCKETS

FRIDAY = date(2026, 4, 3)
QINGMING = rules(calendar=Workdays(off=frozenset({date(2026, 4, 6)})))


def node(day: date, name: str = "开工") -> Matter:
    """A running matter with one node, due far away."""
    one = at("running").model_copy(update={"rhythm": "quarterly", "due": date(2030, 1, 1), "started": FRIDAY})
    return Matter.model_validate({**one.model_dump(), "nodes": [{"name": name, "day": day, "percent": 10}]})


@pytest.mark.parametrize(
    ("day", "bucket"),
    [
        (date(2026, 4, 2), "late"),
        (date(2026, 4, 3), "today"),
        (date(2026, 4, 4), "today"),
        (date(2026, 4, 6), "today"),
        (date(2026, 4, 7), "tomorrow"),
        (date(2026, 4, 8), "ahead"),
        (date(2026, 5, 3), "ahead"),
        (date(2026, 5, 4), None),
    ],
)
def test_where_a_day_falls_before_a_long_weekend(day: date, bucket: str | None) -> None:
    """Friday, 3 April 2026; Monday the 6th is a day off: the next working day is Tuesday the 7th."""
    made = agenda([node(day)], FRIDAY, QINGMING)
    assert [row.bucket for row in made.rows if row.owed.what == "node"] == ([bucket] if bucket else [])
    assert made.tomorrow == date(2026, 4, 7)


def test_a_units_agenda_has_what_it_leads_and_what_it_helps_with() -> None:
    many = [at("running", id="own"), at("signed", id="signed"), at("change_requested", id="asked")]
    lead = agenda(many, TODAY, RULES, unit="区住建局", horizon=300)
    assert {(row.owed.matter, row.owed.what) for row in lead.rows} == {
        *[("own", what) for what in ("report", "node", "deadline")],
        *[("signed", what) for what in ("limit", "deadline")],
        *[("asked", what) for what in ("node", "deadline")],
    }
    helping = agenda(many, TODAY, RULES, unit="区财政局", horizon=300)
    assert {row.owed.what for row in helping.rows} == {"node", "deadline"}
    assert {row.part for row in helping.rows} == {"help"}
    assert agenda(many, TODAY, RULES, unit="区水利局", horizon=300).rows == ()
    everyone = agenda(many, TODAY, RULES, horizon=300)
    assert ("asked", "limit") in {(row.owed.matter, row.owed.what) for row in everyone.rows}


def test_an_agenda_says_what_to_prepare_and_of_which_rank() -> None:
    made = agenda([at("running", kind="project")], date(2026, 11, 27), RULES)
    ready = {row.owed.what: row.prepare for row in made.rows}
    assert ready["report"] == ("自报进度%", "进展情况", "存在问题", "下一步措施")
    assert ready["deadline"] == ("完成日期", "办结情况", "佐证（E4以上）")
    assert [row.bucket for row in made.of("late")] == ["late"] * len(made.of("late"))


@given(offset=st.integers(0, 400), horizon=st.integers(1, 400))
def test_every_row_is_in_one_part_and_in_order(offset: int, horizon: int) -> None:
    day = TODAY + timedelta(days=offset)
    many = [at(route, id=route) for route in ("running", "assigned", "escalated", "closed", "suspended", "verifying")]
    made = agenda(many, day, RULES, horizon=horizon)
    assert sum(len(made.of(bucket)) for bucket in BUCKETS) == len(made.rows)
    assert [row.days for row in made.of("late")] == sorted(row.days for row in made.of("late"))
    assert all(row.days < 0 for row in made.of("late"))
    assert all(row.days <= horizon for row in made.rows)


def test_the_units_of_a_plan() -> None:
    assert units([at("running"), matter(lead="区水利局")]) == ("区住建局", "区水利局", "区财政局")


# ── roll-up ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_unit_in_one_line() -> None:
    half = walk(at("running", id="half", weight="3"), [{"move": "report", "give": {"percent": 50}}])
    done = at("closed", id="done")
    other = at("running", id="other").model_copy(update={"lead": "区水利局", "cause": "land"})
    by_unit = {roll.key: roll for roll in rollup([half, done, other], TODAY, RULES, "unit")}
    ours = by_unit["区住建局"]
    assert (ours.matters, ours.weight) == (("half", "done"), Decimal(4))
    assert (ours.reported, ours.verified) == (Fraction(250, 4), Fraction(100, 4))
    assert ours.classes == {"ahead": 1, "done_early": 1}
    assert (ours.green, ours.hollow, ours.hollow_share) == (2, 1, Fraction(1, 2))
    assert by_unit["区水利局"].causes == {"land": 1}
    assert by_unit["区水利局"].hollow_share == 1


def test_a_group_without_weight_and_without_green_has_no_mean_and_no_share() -> None:
    (roll,) = rollup([at("suspended", weight="0", theme="交通")], TODAY, RULES, "theme")
    assert (roll.key, roll.reported, roll.verified, roll.hollow_share) == ("交通", None, None, None)


@given(
    weights=st.lists(st.decimals(0, 50, places=2), min_size=1, max_size=6),
    by=st.sampled_from(["unit", "theme", "leader"]),
)
def test_nothing_is_lost_and_nothing_counted_twice(weights: list[Decimal], by) -> None:  # type: ignore[no-untyped-def]
    routes = ["running", "closed", "suspended", "reported"]
    many = [at(routes[n % 4], id=f"i{n}", weight=weight, theme=f"{n % 2}") for n, weight in enumerate(weights)]
    rolls = rollup(many, TODAY, RULES, by)
    assert sorted(name for roll in rolls for name in roll.matters) == sorted(one.id for one in many)
    assert sum(roll.weight for roll in rolls) == sum(weights), "exactly, in decimals"
    lights = sum((Counter(roll.lights) for roll in rolls), Counter())
    assert lights == Counter(light(one, TODAY, RULES.profile).colour for one in many)
    classes = sum((Counter(roll.classes) for roll in rolls), Counter())
    assert classes == Counter(progress_class(one, TODAY) for one in many)
    for roll in rolls:
        assert roll.verified is None or 0 <= roll.verified <= 100


# ── a plan: its matters and its coverage ─────────────────────────────────────────────────────────────────────────────

CLAUSES = ["建成云水大桥。", "改造老旧小区30个。", "办好人民满意的教育。", "建设云水图书馆。", "新建公园2个。"]


def plan() -> Plan:
    """Five commitments in two sections: four with items, of which one has no lead, and a slogan without."""
    starts = [sum(map(len, CLAUSES[:n])) for n in range(len(CLAUSES))]
    kinds = ["project", "action", "slogan", "project", "action"]
    commitments = [
        Commitment(
            id=f"c{n}", start=start, end=start + len(text), text=text, kind=kind, rule="t",
            section="s1" if n < 3 else "s2", strength="seek" if n == 1 else "own",
        )
        for n, (start, text, kind) in enumerate(zip(starts, CLAUSES, kinds, strict=True))
    ]  # fmt: skip
    leads = {0: "区住建局", 1: "区城管局", 3: None, 4: "区园林局"}
    items = [
        Item(
            id=f"i{n}",
            title=CLAUSES[n],
            kind=kinds[n],
            commitments=(f"c{n}",),
            section="s1" if n < 3 else "s2",
            deadline=Deadline(date=date(2026, 12, 31), basis="term"),
            lead=Duty(unit=lead, basis="proposed") if lead else None,
            help=(Duty(unit="区财政局", basis="stated"),),
        )
        for n, lead in leads.items()
    ]
    sections = [
        Section(id=name, title=title, role="plan", start=0, end=9) for name, title in (("s1", "建设"), ("s2", "民生"))
    ]
    unread = [Unread(start=50, end=57, why="greeting"), Unread(start=60, end=63, why="greeting")]
    return Plan(
        document=Facts(year=2026, term=(date(2026, 1, 1), date(2026, 12, 31))),
        sections=tuple(sections),
        commitments=tuple(commitments),
        items=tuple(items),
        unread=tuple(unread),
    )


def test_the_matters_of_a_plan_confirm_nothing() -> None:
    found, problems = matters(plan(), TODAY)
    assert problems == ()
    first, second, *_ = found
    assert (first.id, first.state, first.theme, first.kind, first.lead) == (
        "i0",
        "extracted",
        "建设",
        "project",
        "区住建局",
    )
    assert (first.begin, first.due, first.due_basis, first.help) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
        "term",
        ("区财政局",),
    )
    assert second.strength == "seek"
    assert light(first, date(2027, 5, 1), RULES.profile).colour == "grey", "nothing is known, so nothing is red"


def test_an_item_without_a_clause_is_the_governments_own() -> None:
    bare = plan().model_copy(update={"items": (Item(id="i9", title="x", kind="target"),), "document": Facts()})
    ((one,), _) = matters(bare, TODAY)
    assert (one.strength, one.begin, one.due, one.lead) == ("own", None, None, "")


def test_a_docket_goes_before_the_plan_and_what_the_plan_lacks_is_said() -> None:
    docket = Docket(
        items=(
            at("running", id="i1", title=CLAUSES[1]),
            at("running", id="i77"),
            at("running", id="i78", carried_from="i3"),
        )
    )
    found, problems = matters(plan(), TODAY, docket)
    assert [(one.id, one.state) for one in found] == [
        ("i0", "extracted"), ("i1", "running"), ("i3", "extracted"), ("i4", "extracted"),
        ("i77", "running"), ("i78", "running"),
    ]  # fmt: skip
    assert codes(problems) == ["D036"]
    assert "i77" in problems[0].message


def test_a_docket_whose_item_is_called_otherwise_in_the_plan_is_remarked() -> None:
    """Ids are counted when a report is read; a newer reading may count otherwise."""
    found, problems = matters(plan(), TODAY, Docket(items=(at("running", id="i1"),)))
    assert codes(problems) == ["D042"]
    assert CLAUSES[1] in problems[0].message
    assert found[1].title == "建成云水大桥"


def test_the_coverage_map_leads_from_any_promise_to_what_became_of_it() -> None:
    docket = Docket(items=(at("running", id="i0"), at("closed", id="i1")))
    found, _ = matters(plan(), TODAY, docket)
    made = coverage(plan(), found, RULES)
    assert [(one.commitment, one.fate, one.matters) for one in made.fates] == [
        ("c0", "tracked", ("i0",)),
        ("c1", "ended", ("i1",)),
        ("c2", "slogan", ()),
        ("c3", "unowned", ("i3",)),
        ("c4", "untracked", ("i4",)),
    ]
    assert made.counts == {"tracked": 1, "ended": 1, "slogan": 1, "unowned": 1, "untracked": 1}
    assert made.sections == {"s1": {"tracked": 1, "ended": 1, "slogan": 1}, "s2": {"unowned": 1, "untracked": 1}}
    assert made.unread == {"greeting": 10}
    assert [CLAUSES[n] for n in range(5)] == [one.text for one in made.fates]


def test_a_promise_whose_item_is_not_followed_is_not_followed() -> None:
    made = coverage(plan(), [], RULES)
    assert made.counts == {"untracked": 4, "slogan": 1}
