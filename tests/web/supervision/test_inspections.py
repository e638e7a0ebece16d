"""Inspections: a plan under its cap, a visit, what it found, the unit's answer, and the closing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.test import Client

from luoshi.store.models import Finding, LedgerEntry, Message, Visit

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person

Enter = Callable[["Person"], Client]
LEAD = "区交通运输局"


def planned(client: Client) -> Visit:
    client.post("/supervision/inspections/accept/", {"unit": [LEAD], "cap": "3", "gap": "90"})
    return Visit.objects.get()


def held(client: Client) -> Visit:
    visit = planned(client)
    client.post(f"/supervision/inspections/{visit.pk}/steps/held/", {"expected": "0", "words": "现场进度慢"})
    return Visit.objects.get()


def found(cast: Cast, client: Client) -> Finding:
    visit = held(client)
    client.post(
        f"/supervision/inspections/{visit.pk}/findings/",
        {"text": "台账与现场不符", "demand": "十日内补齐", "due": "2023-05-30", "matter": str(cast.matter)},
    )
    return Finding.objects.get()


def test_a_proposed_visit_that_is_chosen_is_planned_with_its_items(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    assert LEAD in client.get("/supervision/inspections/").content.decode()
    visit = planned(client)
    assert (visit.unit.name, visit.state) == (LEAD, "planned")
    assert "松岗通用机场" in visit.topic
    assert LedgerEntry.objects.filter(action="visit.plan", subject=f"visit:{visit.pk}").exists()


def test_no_more_visits_than_the_cap_and_none_again_within_the_gap(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    client.post("/supervision/inspections/accept/", {"unit": [LEAD], "cap": "0", "gap": "90"})
    assert not Visit.objects.exists()
    assert "超出上限" in client.get("/supervision/inspections/?cap=0").content.decode()
    planned(client)
    client.post("/supervision/inspections/accept/", {"unit": [LEAD], "cap": "3", "gap": "90"})
    assert Visit.objects.count() == 1
    assert "近期查过" in client.get("/supervision/inspections/").content.decode()


def test_a_finding_is_told_answered_returned_answered_again_and_closed(running: Cast, enter: Enter) -> None:
    office, unit = enter(running.people["inspector"]), enter(running.people["liaison"])
    one = found(running, enter(running.people["supervisor"]))
    assert Message.objects.filter(document="finding", unit__name=LEAD).count() == 1
    assert "台账与现场不符" in unit.get("/supervision/findings/").content.decode()
    turns = [(unit, "answered", "已补 3 份"), (office, "returned", "少一份")]
    turns += [(unit, "answered", "补齐"), (office, "closed", "")]
    for at, (client, step, words) in enumerate(turns):
        client.post(f"/supervision/findings/{one.pk}/steps/{step}/", {"expected": str(at), "words": words})
        one.refresh_from_db()
        assert one.state == step
    assert one.answer == "补齐"
    assert str(one.closed) == "2023-05-20"


def test_a_unit_cannot_close_its_own_finding_nor_see_that_of_another(running: Cast, enter: Enter) -> None:
    one = found(running, enter(running.people["supervisor"]))
    closing = enter(running.people["liaison"]).post(f"/supervision/findings/{one.pk}/steps/closed/", {"expected": "0"})
    assert closing.status_code == 403
    other = enter(running.people["outsider"])
    assert other.post(f"/supervision/findings/{one.pk}/steps/answered/", {"expected": "0"}).status_code == 404
    assert "台账与现场不符" not in other.get("/supervision/findings/").content.decode()


def test_whoever_comes_second_is_told_and_changes_nothing(running: Cast, enter: Enter) -> None:
    one = found(running, enter(running.people["supervisor"]))
    unit = enter(running.people["liaison"])
    unit.post(f"/supervision/findings/{one.pk}/steps/answered/", {"expected": "0", "words": "第一次"})
    unit.post(f"/supervision/findings/{one.pk}/steps/answered/", {"expected": "0", "words": "第二次"})
    one.refresh_from_db()
    assert one.answer == "第一次"


def test_a_visit_with_open_findings_cannot_end(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    one = found(running, client)
    ending = f"/supervision/inspections/{one.visit_id}/steps/closed/"
    page = client.post(ending, {"expected": "1"}, follow=True).content.decode()
    assert "还有没有销号的问题" in page
    Finding.objects.update(state="closed")
    client.post(ending, {"expected": "1"})
    assert Visit.objects.get().state == "closed"


def test_a_finding_without_demand_or_day_comes_back_with_what_was_typed(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    visit = held(client)
    answer = client.post(f"/supervision/inspections/{visit.pk}/findings/", {"text": "围挡缺失"})
    assert answer.status_code == 422
    assert "围挡缺失" in answer.content.decode()
    assert not Finding.objects.exists()


def test_visits_and_findings_come_as_files(running: Cast, enter: Enter) -> None:
    client = enter(running.people["supervisor"])
    found(running, client)
    assert "已检查" in client.get("/supervision/inspections/export.csv").content.decode("utf-8-sig")
    assert "十日内补齐" in client.get("/supervision/findings/export.csv").content.decode("utf-8-sig")
