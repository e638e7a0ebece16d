"""The site's settings: used where they say, kept where nobody changed them meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luoshi.store.choosing import setting
from luoshi.store.describing import site
from luoshi.store.models import LedgerEntry
from luoshi.web.public.forms import names_in

if TYPE_CHECKING:
    from django.test import Client

HERE = "/administration/settings/"


def given(client: Client, **more: Any) -> dict[str, Any]:
    """The form as the page shows it, with what is typed otherwise."""
    form = client.get(HERE).context["form"]
    return {one.name: one.value() or "" for one in form} | more


def test_the_place_and_the_names_are_kept_and_used(admin: Client) -> None:
    sent = given(admin, place_name="松岗区", government="松岗区人民政府", open_reading="public")
    assert admin.post(HERE, sent).status_code == 302
    assert "松岗区" in admin.get("/administration/").content.decode()
    assert names_in(setting("office"))["government"] == "松岗区人民政府"
    assert site().named().openness.reading == "public"
    assert site().named().openness.evidence == "internal"
    entries = LedgerEntry.objects.filter(action="setting.choose").values_list("subject", flat=True)
    assert set(entries) == {"setting:place", "setting:office"}


def test_nothing_changed_is_nothing_recorded(admin: Client) -> None:
    admin.post(HERE, given(admin, place_name="松岗区"))
    before = LedgerEntry.objects.count()
    assert admin.post(HERE, given(admin)).status_code == 302
    assert LedgerEntry.objects.count() == before


def test_of_two_the_second_looks_again_and_keeps_what_was_typed(admin: Client) -> None:
    old = given(admin, place_name="甲区")
    admin.post(HERE, {**old, "place_name": "乙区"})
    late = admin.post(HERE, old)
    assert late.status_code == 409
    assert "甲区" in late.content.decode()
    assert setting("place") == "乙区"
    again = {**old, "seen": late.context["now"].seen}
    assert admin.post(HERE, again).status_code == 302
    assert setting("place") == "甲区"


def test_what_is_no_address_or_no_label_is_refused(admin: Client) -> None:
    page = admin.post(HERE, given(admin, site="不是网址", open_matter="everybody"))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"site", "open_matter"}


def test_every_choice_says_what_it_is_for_and_when_it_was_made(admin: Client) -> None:
    admin.post(HERE, given(admin, place_name="松岗区"))
    known = admin.get(HERE).context["known"]
    assert len(known) == 5
    assert known[0]["at"] is not None
    assert all(one["use"] and admin.get(one["address"]).status_code == 200 for one in known)
