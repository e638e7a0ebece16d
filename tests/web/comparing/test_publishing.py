"""The ledger on the public site: as decided, without who decided; never where a report of it is not public."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from luoshi.store.rehearsed import label_report

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Report

Two = tuple["Report", "Report"]


@pytest.fixture
def public(cast: Cast, county: Two) -> Two:
    for one in county:
        label_report(one, "public", cast.by("director"))
    return county


def published(client: Client, report: Report) -> str:
    """The ledger on the public site of ``report``; empty where it has none."""
    client.post(f"/publishing/{report.pk}/publish/")
    assert Client().get(f"/public/{report.pk}/").status_code == 200
    answer = Client().get(f"/public/{report.pk}/ledger.html")
    return b"".join(answer).decode() if answer.status_code == 200 else ""


def test_the_ledger_is_published_as_decided_and_unsigned(ledger: str, office: Client, public: Two) -> None:
    name = office.get(ledger, {"q": "北门水厂", "year": "2023"}).context["rows"][0].name
    sent = {"verdict": "not_comparable", "expected": "0", "why": "到现场看过", "words": ""}
    assert office.post(f"{ledger}promises/{name}/decide/", sent).status_code == 302
    page = published(office, public[1])
    assert "不可比" in page
    assert "北门水厂" in page
    assert "督查室小督" not in page
    assert "到现场看过" not in page


@pytest.mark.usefixtures("ledger")
def test_a_report_that_is_not_public_keeps_the_ledger_inside(office: Client, public: Two, cast: Cast) -> None:
    assert published(office, public[1])
    label_report(public[0], "internal", cast.by("director"))
    assert published(office, public[1]) == ""


@pytest.mark.usefixtures("ledger")
def test_a_ledger_that_is_out_of_date_is_not_published(office: Client, public: Two) -> None:
    type(public[0]).objects.filter(pk=public[0].pk).update(revision=1)
    assert published(office, public[1]) == ""
