"""Corrections: found again by their words, applied whole or not at all, twice the same as once, nothing overwritten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from luoshi.plan import Correction, Corrections, Duty, Item, Plan, correct, schema
from luoshi.problems import Problem, Unreadable
from luoshi.read import read
from luoshi.source import Document

TEXT = """甲区人民政府工作报告

一、2023年工作回顾

全区地区生产总值达到312.6亿元，增长6.8%。新建农村公路46公里，全区新增学位1500个。

二、2024年重点工作

年内建成云水大桥，6月底前开工城北水厂二期，新增公办幼儿园学位1500个。力争创建省级卫生城区。

全面提升城市品质。我们要让老百姓的日子越过越红火。近三成的老旧小区得到改造。
"""
PLAN = read(Document.from_text(TEXT, "甲区-2024.txt"))
WHO = {"who": "督查室 王敏", "when": "2024-01-08", "why": "原件如此"}


def one(do: str, what: str, quote: str, to: dict[str, Any] | None = None, **rest: Any) -> Correction:
    return Correction.model_validate({"do": do, "what": what, "quote": quote, "to": to or {}, **rest})


def corrected(*corrections: Correction, plan: Plan = PLAN, text: str = TEXT) -> Plan:
    """The corrected plan; every promise that corrections make is checked on the way."""
    new, problems = correct(plan, corrections, text)
    assert problems == ()
    holds_together(new, text)
    again, problems = correct(new, corrections, text)
    assert again == new
    assert [found.severity for found in problems if found.severity == "error"] == []
    assert Plan.from_json(new.to_json()) == new
    Draft202012Validator(schema()).validate(json.loads(new.to_json()))
    return new


def holds_together(plan: Plan, text: str) -> None:
    """Words stand where they say, ids lead somewhere, no character is both read and unread."""
    quoted = [*plan.figures, *plan.commitments, *(one.indicator for one in plan.figures if one.indicator)]
    assert [row.text for row in quoted] == [text[row.start : row.end] for row in quoted]
    figures, promises = {row.id for row in plan.figures}, {row.id for row in plan.commitments}
    assert len(figures) == len(plan.figures)
    assert len(promises) == len(plan.commitments)
    assert len({row.id for row in plan.items}) == len(plan.items)
    assert {name for row in (*plan.items, *plan.commitments) for name in row.figures} <= figures
    assert {name for row in plan.items for name in row.commitments} <= promises
    assert list(plan.figures) == sorted(plan.figures, key=lambda row: row.start)
    left = [at for row in plan.unread for at in range(row.start, row.end)]
    kept = {at for row in plan.figures for at in range(row.start, row.end)}
    kept |= {at for row in plan.commitments if row.kind != "slogan" for at in range(row.start, row.end)}
    assert len(left) == len(set(left))
    assert kept.isdisjoint(left)
    before = {at for row in PLAN.unread for at in range(row.start, row.end)}
    if text == TEXT:
        assert set(range(len(text))) - kept - set(left) <= set(range(len(text))) - before, "nothing is forgotten"


def refused(*corrections: Correction, plan: Plan = PLAN, text: str = TEXT) -> list[Problem]:
    new, problems = correct(plan, corrections, text)
    assert new == plan, "whole or nothing"
    return list(problems)


def figure(plan: Plan, text: str, nth: int = 0) -> Any:
    return [row for row in plan.figures if row.text == text][nth]


def promise(plan: Plan, words: str) -> Any:
    (found,) = (row for row in plan.commitments if words in row.text)
    return found


def item(plan: Plan, words: str) -> Item:
    ids = {row.id for row in plan.commitments if words in row.text}
    (found,) = (row for row in plan.items if ids & set(row.commitments))
    return found


# ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_changed_figure_keeps_what_was_read_and_who_changed_it() -> None:
    new = corrected(one("change", "figure", "312.6亿元", {"comparator": "approx", "value": "312.60"}, **WHO))
    changed = json.loads(new.to_json())["figures"][0]
    assert (changed["comparator"], changed["value"]) == ("approx", "312.60")
    assert changed["read_as"]["comparator"] == "eq"
    assert changed["read_as"]["value"] == "312.6"
    assert changed["corrected"] == [{"do": "change", **WHO}]
    assert changed["base_value"] == "31260000000"


def test_a_second_change_keeps_the_first_reading() -> None:
    once = corrected(one("change", "figure", "6.8%", {"comparator": "approx"}))
    twice = corrected(one("change", "figure", "6.8%", {"comparator": "ge"}, who="李"), plan=once)
    changed = json.loads(twice.to_json())["figures"][1]
    assert changed["read_as"] == {"comparator": "eq"}
    assert [entry.get("who") for entry in changed["corrected"]] == [None, "李"]


def test_the_words_of_an_indicator_get_their_place_near_the_figure() -> None:
    new = corrected(one("change", "figure", "46公里", {"indicator": {"text": "农村公路", "name": "农村公路里程"}}))
    found = figure(new, "46公里").indicator
    assert TEXT[found.start : found.end] == "农村公路"
    assert found.name == "农村公路里程"


def test_a_dropped_figure_is_shown_as_dropped_and_leaves_its_commitment() -> None:
    new = corrected(one("drop", "figure", "1500个", before="公办幼儿园学位", **WHO))
    assert len(new.figures) == len(PLAN.figures) - 1
    (gone,) = json.loads(new.to_json())["dropped"]
    assert gone["what"] == "figure"
    assert gone["read"]["text"] == "1500个"
    assert gone["who"] == WHO["who"]
    assert promise(new, "学位").figures == ()


def test_a_missed_figure_is_added_with_its_section_and_base() -> None:
    quote = one("add", "figure", "近三成", {"value": "30", "unit": "%", "comparator": "approx"}, after="的老旧小区")
    plan = corrected(one("drop", "figure", "三成")) if any(row.text == "三成" for row in PLAN.figures) else PLAN
    new = corrected(quote, plan=plan)
    added = figure(new, "近三成")
    assert (added.value, added.unit, added.rule) == ("30", "%", "person")
    assert added.model_extra["read_as"] is None
    assert added.section == figure(new, "1500个", 1).section


# ── commitments and items ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_deadline_reaches_the_item_too() -> None:
    plan = corrected(one("change", "commitment", "建成云水大桥", {"deadline": {"date": "2024-10-01", "text": "年内"}}))
    changed = promise(plan, "云水大桥")
    assert (changed.deadline.date, changed.deadline.basis) == (date(2024, 10, 1), "stated")
    if item(PLAN, "云水大桥").deadline == promise(PLAN, "云水大桥").deadline:
        assert item(plan, "云水大桥").deadline == changed.deadline


def test_a_slogan_made_a_promise_becomes_an_item_and_is_read() -> None:
    wish = next(row for row in PLAN.commitments if row.kind == "slogan")
    new = corrected(one("change", "commitment", wish.text, {"kind": "action"}))
    assert item(new, wish.text).kind == "action"
    assert not any(row.start < wish.end and wish.start < row.end for row in new.unread)


def test_a_promise_made_a_slogan_leaves_the_register_but_stays_visible() -> None:
    new = corrected(one("change", "commitment", "力争创建省级卫生城区", {"kind": "slogan"}))
    assert not any(promise(new, "卫生城区").id in row.commitments for row in new.items)
    assert any(row.why == "slogan" and "卫生城区" in TEXT[row.start : row.end] for row in new.unread)


def test_a_dropped_commitment_is_unread_because_it_was_dropped() -> None:
    new = corrected(one("drop", "commitment", "力争创建省级卫生城区"))
    assert any(row.why == "dropped" and "卫生城区" in TEXT[row.start : row.end] for row in new.unread)
    assert {gone["what"] for gone in json.loads(new.to_json())["dropped"]} == {"commitment", "item"}


def test_an_added_commitment_makes_an_item_with_its_figures() -> None:
    quote = "近三成的老旧小区得到改造"
    plan = PLAN
    for row in PLAN.commitments:
        if row.start < TEXT.index(quote) + len(quote) and row.end > TEXT.index(quote):
            plan = corrected(one("drop", "commitment", row.text), plan=plan)
    to = {"kind": "target", "title": "改造老旧小区", "deadline": {"date": "2024-12-31", "basis": "term"}}
    new = corrected(one("add", "commitment", quote, to, who="李"), plan=plan)
    made = item(new, quote)
    assert (made.title, made.kind, made.deadline.date) == ("改造老旧小区", "target", date(2024, 12, 31))


def test_units_are_confirmed_by_name_or_as_proposed() -> None:
    new = corrected(one("confirm", "item", "云水大桥", {"lead": "区交通局", "help": ["区财政局"]}, **WHO))
    found = item(new, "云水大桥")
    assert found.lead == Duty(unit="区交通局", basis="confirmed")
    assert [(duty.unit, duty.basis) for duty in found.help] == [("区财政局", "confirmed")]
    proposed = Duty(unit="区水利局", basis="proposed", why="职责：供水")
    items = tuple(row.model_copy(update={"lead": proposed}) for row in PLAN.items)
    new = corrected(one("confirm", "item", "云水大桥"), plan=PLAN.model_copy(update={"items": items}))
    assert item(new, "云水大桥").lead == Duty(unit="区水利局", basis="confirmed", why="职责：供水")


def joined() -> Plan:
    """The plan with the bridge and the waterworks in one item, as one sentence would have them."""
    names = tuple(promise(PLAN, words).id for words in ("云水大桥", "城北水厂"))
    first = item(PLAN, "云水大桥").model_copy(update={"commitments": names, "figures": ()})
    gone = {item(PLAN, words).id for words in ("云水大桥", "城北水厂")}
    return PLAN.model_copy(update={"items": (first, *(row for row in PLAN.items if row.id not in gone))})


def test_an_item_is_split_and_says_what_it_was() -> None:
    new = corrected(one("split", "item", "城北水厂二期", {"title": "开工城北水厂"}), plan=joined())
    apart = item(new, "城北水厂")
    assert apart.title == "开工城北水厂"
    rest = json.loads(item(new, "云水大桥").model_dump_json())
    assert len(rest["read_as"]["commitments"]) == 2
    assert apart.model_extra is not None
    assert apart.model_extra["split_from"] == rest["id"]


def test_items_are_merged_and_stay_visible() -> None:
    plan = corrected(one("split", "item", "城北水厂二期"), plan=joined())
    new = corrected(one("merge", "item", "云水大桥", also=[{"quote": "卫生城区"}]), plan=plan)
    merged = json.loads(item(new, "卫生城区").model_dump_json())
    assert item(new, "云水大桥").id == merged["id"]
    assert merged["merged"][0]["title"] == item(PLAN, "卫生城区").title


def test_an_item_is_renamed_or_dropped() -> None:
    new = corrected(one("change", "item", "卫生城区", {"title": "创建省级卫生城区"}))
    assert item(new, "卫生城区").title == "创建省级卫生城区"
    new = corrected(one("drop", "item", "卫生城区"))
    assert len(new.items) == len(PLAN.items) - 1
    assert promise(new, "卫生城区")


# ── finding the place again ──────────────────────────────────────────────────────────────────────────────────────────


def test_words_that_stand_twice_are_told_apart_by_what_is_around_them() -> None:
    new = corrected(one("change", "figure", "1500个", {"comparator": "ge"}, before="公办幼儿园学位"))
    assert [row.comparator for row in new.figures if row.text == "1500个"] == ["eq", "ge"]


def test_words_that_stand_twice_without_more_are_ambiguous() -> None:
    (found,) = refused(one("change", "figure", "1500个", {"comparator": "ge"}))
    assert found.code == "C005"
    assert "2 处" in found.message


def test_a_correction_survives_a_new_version_of_the_text() -> None:
    moved = "（征求意见稿）\n" + TEXT.replace("312.6亿元", "３１２.６亿元").replace("新增公办", "\n新增公办")
    plan = read(Document.from_text(moved, "甲区-2024.txt"))
    first = one("change", "figure", "312.6亿元", {"comparator": "approx"})
    second = one("change", "figure", "1500个", {"comparator": "ge"}, before="新增公办幼儿园学位", after="。力争")
    new = corrected(first, second, plan=plan, text=moved)
    assert [row.comparator for row in new.figures if row.text in ("３１２.６亿元", "1500个")] == ["approx", "eq", "ge"]


@given(st.integers(0, 60), st.text("甲乙，。 \n", max_size=20))
def test_whatever_stands_in_front_the_same_figure_is_corrected(cut: int, front: str) -> None:
    text = front + TEXT[: TEXT.index("一、")][:cut] + TEXT[TEXT.index("一、") :]
    plan = read(Document.from_text(text, "甲区-2024.txt"))
    new, problems = correct(plan, [one("change", "figure", "46公里", {"tense": "other"}, before="农村公路")], text)
    assert problems == ()
    assert [row.text for row in new.figures if row.tense == "other"] == ["46公里"]


# ── what cannot be applied ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("corrections", "codes"),
    [
        ([one("change", "figure", "999亿元", {"comparator": "ge"})], ["C004"]),
        ([one("change", "figure", "46公里", {"comparator": "ge"}, before="铁路", after="以上")], ["C004"]),
        ([one("change", "figure", "工作回顾", {"comparator": "ge"})], ["C006"]),
        ([one("change", "figure", "46公里", {"comparator": "more"})], ["C003"]),
        ([one("change", "figure", "46公里", {"value": "许多"})], ["C003"]),
        ([one("change", "figure", "46公里", {"colour": "red", "start": 3})], ["C003", "C003"]),
        ([one("change", "figure", "46公里", {"indicator": {"text": "没有这个词"}})], ["C004"]),
        ([one("change", "commitment", "云水大桥", {"deadline": {"text": "明年底", "date": "2025-12-31"}})], ["C004"]),
        ([one("change", "commitment", "云水大桥", {"deadline": "2025-12-31"})], ["C003"]),
        ([one("add", "figure", "红火", {"unit": "%"})], ["C003"]),
        ([one("add", "figure", "农村公路46公里", {"value": "46"})], ["C009"]),
        ([one("confirm", "item", "卫生城区", {"lead": ""})], ["C003"]),
        ([one("confirm", "figure", "46公里")], ["C002"]),
        ([one("change", "figure", "46公里", {"comparator": c}) for c in ("ge", "le")], ["C007"]),
        (
            [one("change", "figure", "46公里", {"comparator": "ge"}), one("drop", "figure", "46公里")],
            ["C007"],
        ),
        ([one("merge", "item", "云水大桥", also=[{"quote": "工作回顾"}])], ["C006"]),
    ],
)
def test_what_cannot_be_applied_is_said_and_nothing_is_changed(
    corrections: Sequence[Correction], codes: list[str]
) -> None:
    fine = one("change", "figure", "6.8%", {"comparator": "approx"})
    assert [found.code for found in refused(fine, *corrections)] == codes


def test_what_is_no_longer_read_needs_no_dropping() -> None:
    new, problems = correct(PLAN, [one("drop", "figure", "红火")], TEXT)
    assert [(found.code, found.severity) for found in problems] == [("C008", "note")]
    assert new == PLAN


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "C001"),
        ("[]", "C001"),
        ('{"format": "luoshi.corrections/2"}', "C001"),
        ('{"format": "luoshi.corrections/1", "corrections": [{"do": "change"}]}', "C002"),
        ('{"format": "luoshi.corrections/1", "corrections": [], "more": 1}', "C002"),
        ('{"format": "luoshi.corrections/1", "corrections": [{"do": "x", "what": "item", "quote": ""}]}', "C002"),
    ],
)
def test_a_file_that_is_no_corrections_is_refused_with_every_fault(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as error:
        Corrections.from_json(text)
    assert {found.code for found in error.value.problems} == {code}


# ── properties ───────────────────────────────────────────────────────────────────────────────────────────────────────

KINDS = ("target", "project", "action", "recognition", "hold", "slogan")
FIGURES = st.sampled_from(PLAN.figures)
PROMISES = st.sampled_from(PLAN.commitments)
ITEMS = st.sampled_from([row for row in PLAN.commitments if row.kind != "slogan"])


def around(found: Any) -> dict[str, str]:
    return {"before": TEXT[max(0, found.start - 12) : found.start], "after": TEXT[found.end : found.end + 12]}


ANY = st.one_of(
    st.builds(
        lambda f, c: one("change", "figure", f.text, {"comparator": c}, **around(f)),
        FIGURES,
        st.sampled_from(("eq", "ge", "approx")),
    ),
    st.builds(lambda f: one("drop", "figure", f.text, **around(f)), FIGURES),
    st.builds(
        lambda p, k: one("change", "commitment", p.text, {"kind": k}, **around(p)), PROMISES, st.sampled_from(KINDS)
    ),
    st.builds(lambda p: one("drop", "commitment", p.text, **around(p)), PROMISES),
    st.builds(lambda p: one("drop", "item", p.text, **around(p)), ITEMS),
    st.builds(lambda p, n: one("confirm", "item", p.text, {"lead": n}, **around(p)), ITEMS, st.sampled_from("甲乙")),
    st.builds(lambda p: one("split", "item", p.text, **around(p)), ITEMS),
    st.builds(
        lambda p, q: one("merge", "item", p.text, **around(p), also=[{"quote": q.text, **around(q)}]), ITEMS, ITEMS
    ),
)  # fmt: skip


@given(ANY)
def test_a_correction_applied_twice_is_the_same_as_once_and_leaves_the_rest_alone(correction: Correction) -> None:
    new, problems = correct(PLAN, [correction], TEXT)
    if any(found.severity == "error" for found in problems):
        assert new == PLAN
        return
    holds_together(new, TEXT)
    again, problems = correct(new, [correction], TEXT)
    assert again == new
    assert [found.code for found in problems if found.severity == "error"] == []
    touched = {row.id for row in new.figures} ^ {row.id for row in PLAN.figures}
    touched |= {row.id for row in new.figures if (row.model_extra or {}).get("corrected")}
    assert len(touched) <= 1
    known = {row.id: row for row in PLAN.figures}
    assert all(known[row.id] == row for row in new.figures if row.id not in touched)
    assert new.sections == PLAN.sections
    assert new.document == PLAN.document


@given(st.lists(ANY, max_size=5))
def test_many_corrections_are_applied_whole_or_not_at_all(corrections: list[Correction]) -> None:
    new, problems = correct(PLAN, corrections, TEXT)
    if any(found.severity == "error" for found in problems):
        assert new == PLAN
    else:
        holds_together(new, TEXT)
        assert Plan.from_json(new.to_json()) == new


@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=10))
def test_any_words_at_all_are_found_or_refused_never_an_exception(quote: str, before: str, after: str) -> None:
    correction = Correction(do="change", what="figure", quote=quote or "x", before=before, after=after)
    new, problems = correct(PLAN, [correction], TEXT)
    assert problems or new != PLAN
