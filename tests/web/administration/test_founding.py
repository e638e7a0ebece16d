"""Units as a table: shown first, then all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.store.models import LedgerEntry, Unit
from luoshi.store.units import add_unit, units_by_name

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

HERE = "/administration/units/bring/"
HEADS = "名称,简称,类别,上级单位,次序,其他叫法\n"
TABLE = f"{HEADS}区公路站,,事业单位、企业,区公路局,2,公路段、公路站\n区公路局,公路局,部门,区交通运输局,1,\n"


def upload(client: Client, text: str) -> Any:
    return client.post(HERE, {"file": SimpleUploadedFile("单位.csv", text.encode())})


def confirm(client: Client, seen: Any) -> Any:
    return client.post(HERE, {"table": seen.context["table"], "stood": seen.context["preview"].stood})


def test_units_are_founded_below_each_other_in_any_order_of_rows(cast: Cast, admin: Client) -> None:
    seen = upload(admin, TABLE)
    assert seen.context["preview"].counts == {"new": 2, "changed": 0, "same": 0}
    assert not Unit.objects.filter(name="区公路局").exists()
    assert confirm(admin, seen).status_code == 302
    office, station = Unit.objects.get(name="区公路局"), Unit.objects.get(name="区公路站")
    assert (station.parent, office.parent) == (office, cast.units["区交通运输局"])
    assert (station.kind, station.rank) == ("body", 2)
    assert units_by_name()["公路段"] == station


def test_the_same_table_again_changes_nothing(admin: Client) -> None:
    confirm(admin, upload(admin, TABLE))
    entries = LedgerEntry.objects.count()
    again = upload(admin, TABLE)
    assert again.context["preview"].counts == {"new": 0, "changed": 0, "same": 2}
    confirm(admin, again)
    assert LedgerEntry.objects.count() == entries


def test_what_was_taken_away_comes_back_unchanged(admin: Client) -> None:
    taken = admin.get("/administration/units/", {"as": "csv"}).content.decode("utf-8-sig")
    assert upload(admin, taken).context["preview"].counts == {"new": 0, "changed": 0, "same": Unit.objects.count()}


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (",甲局,,,,", "A2"),
        ("区甲局,,不知道,,,", "C2"),
        ("区甲局,,,区没有的局,,", "D2"),
        ("区甲局,,,,第一,", "E2"),
        ("区甲局,,,,,\n区甲局,,,,,", "A3"),
    ],
)
def test_a_cell_that_is_wrong_is_named_and_nothing_is_kept(admin: Client, row: str, cell: str) -> None:
    before = Unit.objects.count()
    page = upload(admin, f"{HEADS}{row}\n")
    assert [(one.code, one.message[:2]) for one in page.context["problems"]] == [("T121", cell)]
    assert Unit.objects.count() == before


@pytest.mark.parametrize(
    ("rows", "code"),
    [("区新局,,,,,\n区甲局,,,,,发展和改革局\n", "T124"), ("区甲局,,,区乙局,,\n区乙局,,,区甲局,,\n", "T125")],
)
def test_a_table_that_cannot_be_is_taken_back_whole(admin: Client, rows: str, code: str) -> None:
    entries = LedgerEntry.objects.count()
    seen = upload(admin, f"{HEADS}{rows}")
    done = confirm(admin, seen)
    assert [one.code for one in done.context["problems"]] == [code]
    assert not Unit.objects.filter(name__in=("区新局", "区甲局", "区乙局")).exists()
    assert LedgerEntry.objects.count() == entries


def test_who_changed_a_unit_meanwhile_is_shown(cast: Cast, admin: Client) -> None:
    seen = upload(admin, TABLE)
    add_unit(cast.by("system_admin"), "区公路局")
    late = confirm(admin, seen)
    assert late.status_code == 409
    assert late.context["preview"].counts == {"new": 1, "changed": 1, "same": 0}
