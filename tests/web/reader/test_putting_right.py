"""Corrections through the pages: what each form does, what it refuses, and what happens when two people are at it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from luoshi.plan import Plan
from luoshi.store.models import LedgerEntry, Matter, Report, UnitName
from luoshi.store.reports import corrections_of, plan_of

if TYPE_CHECKING:
    from casting import Cast

BRIDGE = "完成松岗通用机场跑道延长工程"


def report(cast: Cast) -> Report:
    assert cast.report is not None
    return Report.objects.select_related("body").get(pk=cast.report.pk)


def plan(cast: Cast) -> Plan:
    return plan_of(report(cast))


def item_of(cast: Cast, title: str = BRIDGE) -> Any:
    return next(one for one in plan(cast).items if one.title == title)


def row(cast: Cast) -> Matter:
    return Matter.objects.get(pk=cast.matter)


@pytest.fixture
def page(cast: Cast, there: str) -> str:
    """The address of the page of the item."""
    return f"{there}items/{item_of(cast).id}/"


def sent(client: Client, address: str, cast: Cast, **given: Any) -> Any:
    return client.post(address, {"expected": report(cast).revision, **given})


CHANGE = {
    "act": "change",
    "title": "跑道延长",
    "kind": "project",
    "due": "2023-09-30",
    "procedure": "works",
    "why": "领导定",
}


def test_an_item_is_changed_and_its_matter_follows(office: Client, cast: Cast, page: str) -> None:
    assert sent(office, page, cast, **CHANGE)["Location"] == page
    found = item_of(cast, "跑道延长")
    assert (found.deadline.date, found.deadline.basis) == (date(2023, 9, 30), "stated")
    assert (row(cast).title, row(cast).due) == ("跑道延长", date(2023, 9, 30))
    shown = office.get(page)
    assert "原来读的" in shown.content.decode()
    assert BRIDGE in shown.content.decode(), "what was read stays visible"
    assert shown.context["nodes"].item.basis == "confirmed"
    assert shown.context["nodes"].item.deadline == date(2023, 9, 30)


def test_once_it_is_under_way_procedure_and_nodes_are_set_on_the_matter(office: Client, cast: Cast, page: str) -> None:
    fresh = office.get(page).content.decode()
    assert "/moves/set_nodes/" not in fresh
    assert '<select name="procedure"' in fresh
    cast.assigned()
    assert cast.move("liaison", "sign", date(2023, 3, 2)).problems == ()
    shown = office.get(page).content.decode()
    assert '<select name="procedure"' not in shown
    for move in ("set_nodes", "set_procedure"):
        there = f"/items/{cast.matter}/moves/{move}/?next={page}"
        assert there in shown
        assert office.get(there).status_code == 200
    node = [{"name": "初步设计批复", "day": "2023-04-10", "percent": "60"}]
    assert cast.move("supervisor", "set_nodes", date(2023, 3, 2), nodes=node, reason="倒排").problems == ()
    assert "初步设计批复" in office.get(page).content.decode()


def test_nothing_different_is_no_correction(office: Client, cast: Cast, page: str) -> None:
    one = item_of(cast)
    same = {"title": one.title, "kind": one.kind, "due": one.deadline.date.isoformat(), "procedure": ""}
    sent(office, page, cast, act="change", **same)
    assert corrections_of(report(cast)).corrections == ()
    assert report(cast).revision == 0


def test_a_deadline_can_be_taken_away(office: Client, cast: Cast, page: str) -> None:
    sent(office, page, cast, act="change", title=BRIDGE, kind="project", due="", procedure="")
    assert item_of(cast).deadline.date is None
    assert row(cast).due is None
    assert office.get(page).context["nodes"] is None


def test_units_are_confirmed_with_who(office: Client, cast: Cast, page: str) -> None:
    sent(office, page, cast, act="units", lead="区交通运输局", help="区发展和改革局、区工业和信息化局")
    found = item_of(cast)
    assert found.lead.basis == "confirmed"
    assert [(one.unit, one.basis) for one in found.help] == [
        ("区发展和改革局", "confirmed"),
        ("区工业和信息化局", "confirmed"),
    ]
    assert found.model_extra["corrected"][0]["who"] == "督查室小督（supervisor）"
    assert row(cast).parts.filter(part="help").count() == 2


@pytest.mark.parametrize(("lead", "help_"), [("没有的局", ""), ("", ""), ("区交通运输局", "没有的局")])
def test_only_units_of_the_site_are_confirmed(office: Client, cast: Cast, page: str, lead: str, help_: str) -> None:
    answer = sent(office, page, cast, act="units", lead=lead, help=help_)
    assert answer.status_code == 422
    assert "summary-title" in answer.content.decode()
    assert item_of(cast).lead.basis == "proposed"


def test_an_item_that_is_none_leaves_and_comes_back(office: Client, cast: Cast, page: str, there: str) -> None:
    answer = sent(office, page, cast, act="drop", why="是口号")
    assert answer["Location"] == f"{there}#text"
    assert row(cast).state == "dropped"
    assert office.get(page).status_code == 404
    listed = office.get(f"{there}corrections/")
    assert [line.stands for line in listed.context["rows"]] == [True]
    sent(office, f"{there}corrections/1/undo/", cast)
    assert row(cast).state == "extracted"
    assert office.get(page).status_code == 200
    rows = office.get(f"{there}corrections/").context["rows"]
    assert [(line.nth, line.stands) for line in rows] == [(2, True), (1, False)]


def test_items_are_put_together_and_split_again(office: Client, cast: Cast, page: str) -> None:
    other = item_of(cast, "建成航空动力产业园二期")
    sent(office, page, cast, act="merge", chosen=[other.id])
    found = item_of(cast)
    assert set(other.commitments) <= set(found.commitments)
    assert Matter.objects.get(item=other.id).state == "dropped"
    shown = office.get(page).content.decode()
    assert "拆成两个" in shown
    sent(office, page, cast, act="split", chosen=list(other.commitments))
    apart = [one for one in plan(cast).items if set(one.commitments) == set(other.commitments)]
    assert len(apart) == 1
    assert Matter.objects.filter(report=report(cast), state="extracted", item=apart[0].id).count() == 1


@pytest.mark.parametrize("act", ["split", "merge"])
def test_choosing_nothing_does_nothing(office: Client, cast: Cast, page: str, act: str) -> None:
    assert sent(office, page, cast, act=act).status_code == 302
    assert report(cast).revision == 0


def test_an_act_that_is_none_is_not_there(office: Client, cast: Cast, page: str) -> None:
    assert sent(office, page, cast, act="delete").status_code == 404


def test_a_figure_is_put_right(office: Client, cast: Cast, there: str) -> None:
    one = plan(cast).figures[0]
    address = f"{there}figures/{one.id}/"
    assert office.get(address).context["sentence"][1] == one.text
    sent(office, address, cast, act="change", value="999", unit=one.unit, comparator="ge", why="原件如此")
    found = next(figure for figure in plan(cast).figures if figure.id == one.id)
    assert (found.value, found.comparator) == ("999", "ge")
    assert found.model_extra is not None
    assert found.model_extra["read_as"]["value"] == one.value
    assert one.value in office.get(address).content.decode()


@pytest.mark.parametrize("value", ["多", "", "1,5x", "--"])
def test_a_figure_is_a_number(office: Client, cast: Cast, there: str, value: str) -> None:
    one = plan(cast).figures[0]
    answer = sent(office, f"{there}figures/{one.id}/", cast, act="change", value=value, unit="", comparator="eq")
    assert answer.status_code == 422
    assert report(cast).revision == 0


def test_a_figure_that_is_none_leaves(office: Client, cast: Cast, there: str) -> None:
    one = plan(cast).figures[0]
    sent(office, f"{there}figures/{one.id}/", cast, act="drop")
    assert one.id not in {figure.id for figure in plan(cast).figures}
    assert office.get(f"{there}figures/{one.id}/").status_code == 404


def test_words_of_the_report_become_an_item(office: Client, cast: Cast, there: str) -> None:
    form = office.get(f"{there}add/?quote=各位代表&before=x&after=y").context["form"]
    assert form.initial["quote"] == "各位代表"
    text = report(cast).body.text
    start = text.index("现在，我代表")
    words = text[start : text.index("。", start)]
    given = {"quote": words, "before": "", "after": "", "title": "作报告", "kind": "action", "due": "2023-12-31"}
    answer = sent(office, f"{there}add/", cast, **given)
    assert answer["Location"].startswith(f"{there}#c-")
    assert Matter.objects.get(title="作报告").due == date(2023, 12, 31)


@pytest.mark.parametrize(("quote", "code"), [("火星上的话", "C004"), ("工作", "C005")])
def test_words_that_are_not_there_are_refused_and_stay_typed(
    office: Client, cast: Cast, there: str, quote: str, code: str
) -> None:
    answer = sent(office, f"{there}add/", cast, quote=quote, title="某事", kind="action")
    assert answer.status_code == 422
    words = answer.content.decode()
    assert code in words
    assert "某事" in words


# ── confirming many ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_all_of_a_unit_are_confirmed_at_once(office: Client, cast: Cast, there: str) -> None:
    page = office.get(f"{there}units/")
    count = page.context["count"]
    (own,) = [rows for name, rows, known in page.context["groups"] if name == "区交通运输局" and known]
    sent(office, f"{there}units/", cast, unit="区交通运输局")
    assert office.get(f"{there}units/").context["count"] == count - len(own)
    assert all(
        one.lead.basis == "confirmed" for one in plan(cast).items if one.lead and one.lead.unit == "区交通运输局"
    )
    assert LedgerEntry.objects.filter(action="report.correct").count() == len(own)


def test_only_those_chosen_are_confirmed(office: Client, cast: Cast, there: str) -> None:
    sent(office, f"{there}units/", cast, chosen=[item_of(cast).id])
    assert [one.title for one in plan(cast).items if one.lead and one.lead.basis == "confirmed"] == [BRIDGE]


def test_a_unit_that_the_site_does_not_have_cannot_be_confirmed(office: Client, cast: Cast, there: str) -> None:
    UnitName.objects.filter(unit__name="区交通运输局").delete()
    answer = office.post(
        f"{there}units/", {"expected": 0, "chosen": [item_of(cast).id], "unit": "区交通运输局"}, follow=True
    )
    assert "没有选中能确认的事项" in answer.content.decode()
    assert report(cast).revision == 0


def test_units_are_looked_at_one_by_one(office: Client, there: str) -> None:
    page = office.get(f"{there}units/?unit=区交通运输局")
    assert [name for name, _, _ in page.context["groups"]] == ["区交通运输局"]


# ── two people ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_comes_second_sees_what_was_changed_and_keeps_what_was_typed(office: Client, cast: Cast, page: str) -> None:
    other = Client()
    other.force_login(cast.people["director"])
    sent(other, page, cast, **{**CHANGE, "title": "主任改的"})
    answer = office.post(page, {"expected": 0, **CHANGE})
    words = answer.content.decode()
    assert answer.status_code == 409
    assert "主任老程" in words
    assert 'value="跑道延长"' in words
    assert item_of(cast, "主任改的")
    again = answer.context["change"]
    assert str(again["expected"].value()) == "1", "sent again, it goes by what is new"
    assert sent(office, page, cast, **CHANGE).status_code == 302
    assert item_of(cast, "跑道延长")


@pytest.mark.parametrize("place", ["corrections/1/undo/", "units/"])
def test_a_stale_page_changes_nothing(office: Client, cast: Cast, there: str, page: str, place: str) -> None:
    sent(office, page, cast, **CHANGE)
    answer = office.post(there + place, {"expected": 0, "unit": "区交通运输局"})
    assert answer.status_code == 409
    assert report(cast).revision == 1


def test_an_undo_without_a_revision_is_none(office: Client, cast: Cast, there: str, page: str) -> None:
    sent(office, page, cast, **CHANGE)
    assert office.post(f"{there}corrections/1/undo/").status_code == 404


@pytest.mark.parametrize("part", ["liaison", "leader", "inspector"])
def test_only_who_may_correct_does(cast: Cast, page: str, part: str) -> None:
    client = Client()
    client.force_login(cast.people[part])
    assert client.post(page, {"expected": 0, **CHANGE}).status_code == 403
    assert report(cast).revision == 0
