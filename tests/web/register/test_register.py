"""The register as each role sees it: filters, sorting, files, moves on many items, kept views."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from casting import LEAD
from django.test import Client

from luoshi.store.columns import body_of
from luoshi.store.models import LedgerEntry, Matter, MatterBody, SavedView

if TYPE_CHECKING:
    from casting import Cast

Enter = Callable[[Any], Client]


def titles(client: Client, query: str = "") -> set[str]:
    """The items on the page."""
    table = client.get(f"/register/?{query}").context["table"]
    return {row["name"] for row in table.rows}


def chosen(*rows: Matter) -> list[str]:
    return [f"{row.pk}-{row.revision}" for row in rows]


def test_the_office_sees_every_item_and_a_unit_its_own(cast: Cast, enter: Enter) -> None:
    cast.assigned()
    assert len(titles(enter(cast.people["supervisor"]))) == Matter.objects.count() == 6
    mine = titles(enter(cast.people["liaison"]))
    assert any(title.startswith("完成松岗通用机场") for title in mine)
    assert not any(title.startswith("云锦") for title in mine)
    assert titles(enter(cast.people["outsider"])) == set()
    assert titles(enter(cast.people["deputy"])) == set()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=通用机场", True),
        ("words=没有这样的话", False),
        ("state=assigned", True),
        ("state=running", False),
        ("phase=setup", True),
        ("phase=closed", False),
        ("leader=leader-1", True),
        ("due_until=2023-06-30&due_from=2023-06-30", True),
        ("due_until=2023-06-29", False),
        ("label=internal", True),
        ("label=public", False),
        ("light=purple", True),
        ("due_until=31-31-31", True),
    ],
)
def test_the_address_narrows_the_list_and_what_is_wrong_in_it_narrows_nothing(
    cast: Cast, enter: Enter, query: str, found: bool
) -> None:
    cast.assigned()
    seen = titles(enter(cast.people["supervisor"]), query)
    assert any(title.startswith("完成松岗通用机场") for title in seen) is found


def test_the_list_is_sorted_both_ways_and_what_has_no_day_comes_last(cast: Cast, enter: Enter) -> None:
    Matter.objects.filter(pk=cast.elsewhere).update(due=None)
    client = enter(cast.people["supervisor"])
    for sort, backwards in (("due", False), ("-due", True)):
        days = [row["due"] for row in client.get(f"/register/?sort={sort}").context["table"].rows]
        assert days[-1] is None
        assert days[:-1] == sorted(days[:-1], reverse=backwards)


def test_the_worst_light_comes_first(cast: Cast, enter: Enter) -> None:
    Matter.objects.filter(pk=cast.elsewhere).update(light="red")
    Matter.objects.filter(pk=cast.matter).update(light="green")
    rows = enter(cast.people["supervisor"]).get("/register/?sort=light").context["table"].rows
    assert [row["light"]["colour"] for row in rows] == ["red", "green", *["grey"] * 4]


def test_lights_are_counted_under_the_other_filters_and_lead_to_their_items(cast: Cast, enter: Enter) -> None:
    Matter.objects.filter(pk=cast.elsewhere).update(light="red")
    client = enter(cast.people["supervisor"])
    tallies = {one["colour"]: one for one in client.get("/register/?light=grey").context["lights"]}
    assert (tallies["red"]["count"], tallies["grey"]["count"]) == (1, 5)
    assert len(titles(client, tallies["red"]["address"].removeprefix("?"))) == 1


def test_the_file_has_the_rows_and_columns_of_the_page_and_no_formula(cast: Cast, enter: Enter) -> None:
    Matter.objects.filter(pk=cast.elsewhere).update(title="=1+1", light="red")
    answer = enter(cast.people["supervisor"]).get("/register/items.csv?light=red&columns=title&columns=lead")
    lines = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == ["任务", "牵头单位", "配合单位"]
    assert len(lines) == 2
    assert lines[1][0] == "'=1+1"


def test_columns_are_chosen_in_the_address_and_stay_when_filtering(cast: Cast, enter: Enter) -> None:
    page = enter(cast.people["supervisor"]).get("/register/?columns=title&columns=theme&columns=nonsense")
    assert [column.key for column in page.context["table"].columns] == ["title", "theme"]
    assert 'type="hidden" name="columns" value="theme"' in page.content.decode()


@pytest.mark.parametrize("part", ["supervisor", "liaison", "deputy"])
def test_the_page_asks_the_database_no_more_than_thirty_times(
    cast: Cast, enter: Enter, part: str, django_assert_max_num_queries: Any
) -> None:
    client = enter(cast.people[part])
    with django_assert_max_num_queries(30):
        client.get("/register/?columns=title&columns=lead&columns=leader")


def test_a_move_on_many_is_decided_one_by_one_and_refusals_hide_nothing(cast: Cast, enter: Enter) -> None:
    cast.move("supervisor", "propose")
    first, other = Matter.objects.get(pk=cast.matter), Matter.objects.get(pk=cast.elsewhere)
    client = enter(cast.people["supervisor"])
    asked = client.get("/register/together/", {"act": "propose", "chosen": chosen(first, other)})
    form = {"act": "propose", "chosen": chosen(first, other), "key": asked.context["form"]["key"].value()}
    outcomes = {one.row.pk: one for one in client.post("/register/together/", form).context["outcomes"]}
    assert outcomes[other.pk].done
    assert not outcomes[first.pk].done
    assert outcomes[first.pk].told
    other.refresh_from_db()
    assert other.state == "proposed"
    client.post("/register/together/", form)
    assert Matter.objects.get(pk=other.pk).revision == other.revision, "sent twice, done once"


def test_approving_many_gives_all_what_was_filled_in_and_each_its_own_else(cast: Cast, enter: Enter) -> None:
    for row in (cast.matter, cast.elsewhere):
        cast.matter, kept = row, cast.matter
        cast.move("supervisor", "propose")
        cast.matter = kept
    rows = list(Matter.objects.filter(state="proposed"))
    assert len(rows) == 2
    before = {row.pk: row.due for row in rows}
    form = {"act": "approve", "chosen": chosen(*rows), "key": "k", "lead": LEAD, "leader": "leader-1"}
    outcomes = enter(cast.people["director"]).post("/register/together/", form).context["outcomes"]
    assert [one.told for one in outcomes] == [(), ()]
    for row in Matter.objects.filter(pk__in=before):
        assert (row.state, row.lead_name, row.leader, row.due) == ("approved", LEAD, "leader-1", before[row.pk])


def test_a_row_that_somebody_changed_meanwhile_is_refused(cast: Cast, enter: Enter) -> None:
    row = Matter.objects.get(pk=cast.matter)
    cast.move("supervisor", "note", remark="已与单位沟通")
    form = {"act": "note", "chosen": chosen(row), "key": "k", "leader": "leader-1"}
    (outcome,) = enter(cast.people["supervisor"]).post("/register/together/", form).context["outcomes"]
    assert not outcome.done
    assert "督查室小督" in "".join(outcome.told)
    assert cast.body().remark == "已与单位沟通"


def test_setting_the_leader_leaves_everything_else(cast: Cast, enter: Enter) -> None:
    cast.move("supervisor", "note", remark="已与单位沟通")
    row = Matter.objects.get(pk=cast.matter)
    form = {"act": "note", "chosen": chosen(row), "key": "k", "leader": "leader-1"}
    enter(cast.people["supervisor"]).post("/register/together/", form)
    assert (cast.body().leader, cast.body().remark) == ("leader-1", "已与单位沟通")


def test_only_who_labels_is_offered_labelling(cast: Cast, enter: Enter) -> None:
    row = Matter.objects.get(pk=cast.matter)
    form = {"act": "label", "chosen": chosen(row), "key": "k", "openness": "public", "reason": "已公布"}
    assert enter(cast.people["supervisor"]).post("/register/together/", form).status_code == 302
    enter(cast.people["director"]).post("/register/together/", form)
    assert Matter.objects.get(pk=cast.matter).label == "public"


def test_a_reason_that_is_missing_is_asked_for(cast: Cast, enter: Enter) -> None:
    row = Matter.objects.get(pk=cast.matter)
    answer = enter(cast.people["director"]).post("/register/together/", {"act": "label", "chosen": chosen(row)})
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors


def test_a_view_is_ones_own_unless_the_office_shares_it(cast: Cast, enter: Enter) -> None:
    mine = enter(cast.people["liaison"])
    mine.post("/register/views/", {"name": "红灯", "query": "light=red"})
    mine.post("/register/views/", {"name": "红灯", "query": "light=red&sort=due"})
    assert SavedView.objects.get().query == "light=red&sort=due"
    assert mine.post("/register/views/", {"name": "都看", "query": "", "shared": "on"}).status_code == 403
    office = enter(cast.people["supervisor"])
    assert list(office.get("/register/").context["views"]) == []
    office.post("/register/views/", {"name": "本周到期", "query": "sort=due", "shared": "on"})
    assert LedgerEntry.objects.filter(action="view.share").count() == 1
    assert [one.name for one in mine.get("/register/").context["views"]] == ["本周到期", "红灯"]
    office.post("/register/views/", {"name": "本周到期", "query": "sort=lead", "shared": "on"})
    assert SavedView.objects.get(name="本周到期").query == "sort=due", "a shared view is not replaced in passing"


def test_whoever_kept_a_view_forgets_it_and_a_shared_one_is_the_offices(cast: Cast, enter: Enter) -> None:
    office, unit, other = (enter(cast.people[part]) for part in ("supervisor", "liaison", "outsider"))
    office.post("/register/views/", {"name": "共用", "shared": "on"})
    unit.post("/register/views/", {"name": "自用"})
    shared, own = SavedView.objects.get(name="共用"), SavedView.objects.get(name="自用")
    assert other.post(f"/register/views/{own.pk}/forget/").status_code == 404
    assert unit.post(f"/register/views/{shared.pk}/forget/").status_code == 403
    unit.post(f"/register/views/{own.pk}/forget/")
    office.post(f"/register/views/{shared.pk}/forget/")
    assert not SavedView.objects.exists()


def test_everything_that_was_found_is_moved_in_one_go_with_an_outcome_for_each(
    cast: Cast, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    many(494)
    assert Matter.objects.count() == 500
    client = enter(cast.people["supervisor"])
    Matter.objects.filter(pk=cast.elsewhere).update(revision=7)
    page = client.get("/register/together/?act=propose&every=1&words=")
    values = [value for _, value in page.context["chosen"]]
    assert (len(values), page.context["left"]) == (500, 0)
    data = {"act": "propose", "chosen": values, "key": page.context["form"]["key"].value()}
    before = LedgerEntry.objects.filter(action="matter.move").count()
    with django_assert_max_num_queries(130):  # some for every fifty rows that are written, none for each
        done = client.post("/register/together/", data)
    refused = [one.row.pk for one in done.context["outcomes"] if not one.done]
    assert (done.context["done"], refused) == (499, [cast.elsewhere])
    assert LedgerEntry.objects.filter(action="matter.move").count() == before + 499
    assert Matter.objects.filter(state="proposed").count() == 499
    again = client.post("/register/together/", data)
    assert again.context["done"] == 499, "the same act once more does nothing"
    assert LedgerEntry.objects.filter(action="matter.move").count() == before + 499


def test_what_is_more_than_goes_at_once_is_told(cast: Cast, enter: Enter) -> None:
    many(500)
    page = enter(cast.people["supervisor"]).get("/register/together/?act=propose&every=1")
    assert (len(page.context["chosen"]), page.context["left"]) == (500, 6)
    assert "一次最多办这么多" in page.content.decode()


def test_all_that_was_found_is_what_the_filters_find(cast: Cast, enter: Enter) -> None:
    page = enter(cast.people["supervisor"]).get("/register/together/?act=propose&every=1&words=通用机场")
    assert [one.pk for one, _ in page.context["chosen"]] == [cast.matter]


def test_a_view_is_renamed_shared_and_given_the_filters_at_hand(cast: Cast, enter: Enter) -> None:
    client = enter(cast.people["supervisor"])
    client.post("/register/views/", {"name": "红灯", "query": "light=red"})
    view = SavedView.objects.get()
    answer = client.post(f"/register/views/{view.pk}/", {"name": "要紧的", "query": "light=yellow"})
    assert answer["Location"] == "/register/?light=red", "the filters stay unless they are to be renewed"
    client.post(
        f"/register/views/{view.pk}/", {"name": "要紧的", "query": "light=yellow", "renew": "on", "shared": "on"}
    )
    view = SavedView.objects.get()
    assert (view.name, view.query, view.person) == ("要紧的", "light=yellow", None)
    assert LedgerEntry.objects.filter(action="view.share").exists()
    assert "要紧的" in enter(cast.people["liaison"]).get("/register/").content.decode()


@pytest.mark.parametrize("part", ["liaison", "leader"])
def test_a_shared_view_is_for_the_office_to_change_and_a_private_one_for_its_owner(
    cast: Cast, enter: Enter, part: str
) -> None:
    office, other = enter(cast.people["supervisor"]), enter(cast.people[part])
    office.post("/register/views/", {"name": "大家的", "query": "light=red", "shared": "on"})
    office.post("/register/views/", {"name": "自己的", "query": "light=red"})
    shared, own = SavedView.objects.get(name="大家的"), SavedView.objects.get(name="自己的")
    assert other.post(f"/register/views/{shared.pk}/", {"name": "改了", "query": ""}).status_code == 403
    assert other.post(f"/register/views/{own.pk}/", {"name": "改了", "query": ""}).status_code == 404
    assert set(SavedView.objects.values_list("name", flat=True)) == {"大家的", "自己的"}


def test_a_view_does_not_take_the_name_of_another(cast: Cast, enter: Enter) -> None:
    client = enter(cast.people["supervisor"])
    for name in ("甲", "乙"):
        client.post("/register/views/", {"name": name, "query": "light=red"})
    view = SavedView.objects.get(name="乙")
    page = client.post(f"/register/views/{view.pk}/", {"name": "甲", "query": ""}, follow=True)
    assert "甲" in page.content.decode()
    assert SavedView.objects.filter(name="乙").exists()


def many(count: int) -> None:
    """So many items more, each like the others that nobody has taken up."""
    row = Matter.objects.select_related("body").get(title__startswith="云锦")
    body = body_of(row)
    members = {name: value for name, value in Matter.objects.filter(pk=row.pk).values()[0].items() if name != "id"}
    made = [Matter(**{**members, "item": f"m{nth}", "place": 100 + nth}) for nth in range(count)]
    Matter.objects.bulk_create(made)
    MatterBody.objects.bulk_create(
        MatterBody(matter_id=one.pk, text=body.model_copy(update={"id": one.item}).model_dump_json()) for one in made
    )
