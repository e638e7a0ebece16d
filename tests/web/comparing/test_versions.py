"""Two versions of one report side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from county_years import FIRST, bring_in_year
from django.test import Client

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Report

FINAL = {**FIRST, "targets": "地区生产总值增长5%左右，城镇新增就业1200人。"}


@pytest.fixture
def draft_and_final(cast: Cast, county: tuple[Report, Report]) -> tuple[Report, Report]:
    return county[0], bring_in_year(cast, **FINAL)


def test_the_two_versions_of_a_year_are_offered_first(
    draft_and_final: tuple[Report, Report], office: Client, django_assert_max_num_queries: Any
) -> None:
    there = f"/comparing/{draft_and_final[0].pk}/versions/"
    with django_assert_max_num_queries(30):
        page = office.get(there)
    found = {row["kind"]: row for row in page.context["rows"]}
    assert set(found) == {"softened", "dropped"}
    assert "数：6% → 5%" in found["softened"]["shifts"]
    assert found["dropped"]["new"] is None
    old, new = draft_and_final
    assert f"/reports/{old.pk}/?" in found["softened"]["old"][1]
    assert f"/reports/{new.pk}/?" in found["softened"]["new"][1]


def test_which_two_and_which_changes_stand_in_the_address(
    draft_and_final: tuple[Report, Report], office: Client
) -> None:
    old, new = draft_and_final
    there = f"/comparing/{old.pk}/versions/"
    page = office.get(there, {"old": new.pk, "new": old.pk})
    assert {row["kind"] for row in page.context["rows"]} == {"hardened", "added"}
    page = office.get(there, {"old": new.pk, "new": old.pk, "change": "added"})
    assert {row["kind"] for row in page.context["rows"]} == {"added"}
    assert "没有不同" in office.get(there, {"old": old.pk, "new": old.pk, "change": "added"}).content.decode()


def test_the_changes_go_out(draft_and_final: tuple[Report, Report], office: Client) -> None:
    old, new = draft_and_final
    there, asked = f"/comparing/{old.pk}/versions.", {"old": old.pk, "new": new.pk, "change": "softened"}
    text = office.get(f"{there}csv", asked).content.decode("utf-8-sig")
    assert "地区生产总值增长6%" in text
    assert "粮食" not in text
    assert office.get(f"{there}xlsx", asked).content.startswith(b"PK")
    assert office.get(f"{there}pdf", asked).status_code == 404


def test_a_report_of_another_place_cannot_be_chosen(
    draft_and_final: tuple[Report, Report], office: Client, cast: Cast
) -> None:
    assert cast.report is not None
    asked = {"old": cast.report.pk, "new": draft_and_final[1].pk}
    page = office.get(f"/comparing/{draft_and_final[0].pk}/versions/", asked)
    assert page.context["found"] is None
    assert office.get(f"/comparing/{draft_and_final[0].pk}/versions.csv", asked).status_code == 404


def test_with_one_report_the_page_says_what_is_missing(cast: Cast, office: Client) -> None:
    assert cast.report is not None
    assert "只有一份报告" in office.get(f"/comparing/{cast.report.pk}/versions/").content.decode()
