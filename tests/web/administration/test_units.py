"""Units: a tree found by every name; renamed, moved, merged, and what went before stays findable."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from luoshi.store.models import Finding, LedgerEntry, Matter, MatterUnit, Post, Unit, Visit
from luoshi.store.people import add_post
from luoshi.store.restructuring import describe, goes, names_of
from luoshi.store.units import add_unit, units_by_name
from luoshi.store.verifying import verify
from luoshi.web.access import access_of

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

HERE = "/administration/units/"
LEAD, HELP, OTHER = "区交通运输局", "区发展和改革局", "区文化旅游广电体育局"
DAY = date(2023, 3, 1)


def said(unit: Unit, client: Client, **more: Any) -> dict[str, Any]:
    """The form as the page shows it, with what is typed otherwise."""
    page = client.get(f"{HERE}{unit.pk}/")
    now = describe(unit, names_of(unit))
    parent = now.parent.pk if now.parent else ""
    given = {"name": now.name, "short_name": now.short_name, "kind": now.kind, "parent": parent, "rank": now.rank}
    return {**given, "names": "、".join(now.names), "seen": page.context["mark"], **more}


def listed(page: Any) -> list[str]:
    return [row["name"]["text"] for row in page.context["table"].rows]


def test_a_unit_is_added_below_another_and_found_by_any_name(cast: Cast, admin: Client) -> None:
    lead = cast.units[LEAD]
    given = {
        "name": "区公路事务中心",
        "short_name": "公路中心",
        "kind": "body",
        "parent": lead.pk,
        "names": "区公路局，公路段",
    }
    assert admin.post(f"{HERE}new/", given).status_code == 302
    unit = Unit.objects.get(name="区公路事务中心")
    assert set(names_of(unit)) == {"区公路事务中心", "公路中心", "区公路局", "公路段"}
    assert listed(admin.get(HERE, {"words": "公路局"})) == ["区公路事务中心"]
    tree = listed(admin.get(HERE))
    assert tree[tree.index(LEAD) + 1] == "　区公路事务中心"
    assert "区公路局" in admin.get(HERE, {"as": "csv"}).content.decode("utf-8-sig")


def test_a_unit_that_was_renamed_answers_to_its_old_name(cast: Cast, admin: Client) -> None:
    cast.assigned()
    unit = cast.units[LEAD]
    assert admin.post(f"{HERE}{unit.pk}/", said(unit, admin, name="区交通局", short_name="交通局")).status_code == 302
    known = units_by_name()
    assert known["区交通局"] == known[LEAD] == unit
    cast.move("liaison", "sign")
    assert Matter.objects.get(pk=cast.matter).lead == unit, "what a report calls it still finds it"
    assert LEAD in LedgerEntry.objects.get(action="unit.change").body


def test_a_name_that_means_another_unit_is_refused(cast: Cast, admin: Client) -> None:
    unit = cast.units[LEAD]
    page = admin.post(f"{HERE}{unit.pk}/", said(unit, admin, names=HELP))
    assert (page.status_code, [one.code for one in page.context["problems"]]) == (422, ["T124"])
    new = admin.post(f"{HERE}new/", {"name": HELP, "kind": "bureau"})
    assert [one.code for one in new.context["problems"]] == ["T124"]
    assert units_by_name()[HELP] == cast.units[HELP]


def test_a_unit_is_moved_but_not_below_itself(cast: Cast, admin: Client) -> None:
    lead, help_ = cast.units[LEAD], cast.units[HELP]
    assert admin.post(f"{HERE}{lead.pk}/", said(lead, admin, parent=help_.pk)).status_code == 302
    lead.refresh_from_db()
    assert lead.parent == help_
    page = admin.post(f"{HERE}{help_.pk}/", said(help_, admin, parent=lead.pk))
    assert [one.code for one in page.context["problems"]] == ["T125"]


def test_who_saw_it_otherwise_looks_again_and_keeps_what_was_typed(cast: Cast, admin: Client) -> None:
    unit = cast.units[LEAD]
    old = said(unit, admin, names="交通委")
    admin.post(f"{HERE}{unit.pk}/", {**old, "names": "区交通委"})
    late = admin.post(f"{HERE}{unit.pk}/", old)
    assert late.status_code == 409
    assert "交通委" in late.content.decode()
    assert set(names_of(unit)) == {LEAD, "交通运输局", "区交通委"}
    again = {**old, "seen": late.context["mark"]}
    assert admin.post(f"{HERE}{unit.pk}/", again).status_code == 302


def test_a_unit_is_merged_and_its_successor_acts_in_its_place(cast: Cast, admin: Client) -> None:
    cast.assigned()
    old, new = cast.units[LEAD], cast.units[OTHER]
    post = add_post(cast.by("system_admin"), "liaison-1", old, "联络员", "liaison")
    found = Finding.objects.create(unit=old, text="台账不全", due=DAY)
    over = Finding.objects.create(unit=old, text="已改", closed=DAY, state="closed")
    visit = Visit.objects.create(unit=old, title="检查", day=DAY)
    page = admin.get(f"{HERE}{old.pk}/")
    assert (page.context["goes"].led, page.context["goes"].posts) == (1, ("联络员",))
    assert set(page.context["goes"].roles) == {"交通局小路", "交通局局长"}
    done = admin.post(f"{HERE}{old.pk}/close/", {"successor": new.pk, "reason": "机构改革"})
    assert done.status_code == 302
    old.refresh_from_db()
    assert (old.closed, old.closed_on, old.successor) == (True, DAY, new)
    row = Matter.objects.get(pk=cast.matter)
    assert row.lead == new
    assert units_by_name()[LEAD] == new
    by = access_of(cast.people["outsider"]).acting(Matter.objects.select_related("body").get(pk=row.pk))
    assert (by.role, by.unit) == ("lead", LEAD), "acts by the name that the matter uses"
    signed = cast.move("outsider", "sign")
    assert signed.problems != (), "the cast acts for its old unit by itself"
    assert {Post.objects.get(pk=post.pk).unit, Finding.objects.get(pk=found.pk).unit} == {new}
    assert Visit.objects.get(pk=visit.pk).unit == new
    assert Finding.objects.get(pk=over.pk).unit == old, "what is over stays as it was"
    assert not MatterUnit.objects.filter(unit=old).exists()
    assert verify().problems == ()
    assert "机构改革" in LedgerEntry.objects.get(action="unit.close").body
    assert f"并入{OTHER}" in admin.get(HERE).content.decode()
    assert LEAD in admin.get(f"{HERE}{new.pk}/").content.decode()


def test_where_the_helper_takes_over_it_leads_and_helps_no_more(cast: Cast, admin: Client) -> None:
    cast.assigned()
    old, new = cast.units[LEAD], cast.units[HELP]
    admin.post(f"{HERE}{old.pk}/close/", {"successor": new.pk, "reason": "合并"})
    parts = MatterUnit.objects.filter(matter_id=cast.matter).values_list("unit__name", "part")
    assert (HELP, "lead") in parts
    assert [part for name, part in parts if name == HELP] == ["lead"]


def test_a_unit_with_others_below_it_is_not_closed(cast: Cast, admin: Client) -> None:
    old, new = cast.units[LEAD], cast.units[OTHER]
    add_unit(cast.by("system_admin"), "区公路事务中心", parent=old)
    assert goes(old).below == ("区公路事务中心",)
    page = admin.post(f"{HERE}{old.pk}/close/", {"successor": new.pk, "reason": "合并"})
    assert [one.code for one in page.context["problems"]] == ["T126"]
    assert not Unit.objects.get(pk=old.pk).closed


def test_a_closed_unit_takes_nothing_over(cast: Cast, admin: Client) -> None:
    old, new = cast.units[LEAD], cast.units[OTHER]
    Unit.objects.filter(pk=new.pk).update(closed=True)
    page = admin.post(f"{HERE}{old.pk}/close/", {"successor": new.pk, "reason": "合并"})
    assert page.status_code == 422
    assert not Unit.objects.get(pk=old.pk).closed


def test_posts_say_who_holds_them_since_when(cast: Cast, admin: Client) -> None:
    add_post(cast.by("system_admin"), "liaison-1", cast.units[LEAD], "联络员", "liaison")
    rows = {row["title"]: row for row in admin.get("/administration/posts/").context["table"].rows}
    assert rows["分管副区长"]["holder"]["text"] == "副区长孟"
    assert rows["分管副区长"]["since"] == date(2023, 1, 1)
    vacant = admin.get("/administration/posts/", {"vacant": "1"}).context["table"].rows
    assert [row["title"] for row in vacant] == ["联络员"]
    assert "副区长孟" in admin.get("/administration/posts/", {"as": "csv"}).content.decode("utf-8-sig")


@pytest.mark.parametrize("where", [HERE, "/administration/posts/"])
def test_two_hundred_units_are_a_page_of_few_queries(
    cast: Cast, admin: Client, django_assert_max_num_queries: Any, where: str
) -> None:
    for n in range(200):
        unit = add_unit(cast.by("system_admin"), f"单位{n}", short_name=f"单{n}")
        add_post(cast.by("system_admin"), f"post-{n}", unit, "联络员", "liaison")
    with django_assert_max_num_queries(30):
        assert admin.get(where).status_code == 200
