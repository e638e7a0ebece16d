"""Labels: what has none stands first, many are labelled at once, each with its reason; nothing is labelled twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from luoshi.store.columns import body_of
from luoshi.store.models import EvidenceFile, LedgerEntry, Matter
from luoshi.store.moving import label_matter
from luoshi.store.verifying import verify

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

LABELS = "/administration/labels/"


def row_of(page: Any, pk: int) -> Any:
    return next(row for row in page.context["table"].rows if str(row["id"]).startswith(f"{pk}-"))


def test_what_nobody_has_labelled_stands_first_and_is_counted(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    director = at_desk("director")
    label_matter(cast.matter, "internal", cast.by("director"), expected=0, reason="看过")
    page = director.get(LABELS)
    assert page.context["table"].rows[-1]["name"]["address"] == f"/items/{cast.matter}/"
    assert page.context["counted"][0] == {"of": "事项", "none": 5, "internal": 1}
    assert director.get(LABELS, {"label": "none"}).context["table"].count == 5
    assert director.get(LABELS, {"label": "internal"}).context["table"].count == 1


@pytest.mark.usefixtures("cast")
def test_many_are_labelled_at_once_and_each_is_on_record(at_desk: Callable[[str], Client]) -> None:
    director = at_desk("director")
    rows = director.get(LABELS).context["table"].rows
    sent = {"of": "matter", "chosen": [row["id"] for row in rows], "openness": "public", "reason": "报告已公开"}
    assert director.post(f"{LABELS}set/", sent).status_code == 302
    assert set(Matter.objects.values_list("label", "labelled")) == {("public", True)}
    told = LedgerEntry.objects.filter(action="matter.move", summary__startswith="公开属性")
    assert told.count() == len(rows)
    assert verify().problems == ()


def test_what_somebody_changed_meanwhile_is_left_alone(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    director = at_desk("director")
    seen = row_of(director.get(LABELS), cast.matter)["id"]
    label_matter(cast.matter, "secret", cast.by("director"), expected=0, reason="涉及底价")
    said = director.post(f"{LABELS}set/", {"chosen": seen, "openness": "public", "reason": "公开"}, follow=True)
    assert Matter.objects.get(pk=cast.matter).label == "secret"
    assert "没有改动" in said.content.decode() or "改过" in said.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"openness": "public", "reason": "公开"},
        {"chosen": "1-0", "openness": "public"},
        {"chosen": "1-0", "reason": "公开"},
        {"chosen": "1-0", "openness": "绝密", "reason": "公开"},
    ],
)
def test_a_label_needs_something_chosen_a_known_label_and_a_reason(
    at_desk: Callable[[str], Client], sent: dict[str, str]
) -> None:
    assert at_desk("director").post(f"{LABELS}set/", sent).status_code == 422


def test_a_report_is_labelled_once(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    assert cast.report is not None
    director = at_desk("director")
    seen = director.get(LABELS, {"of": "report"}).context["table"].rows[0]["id"]
    sent = {"of": "report", "chosen": seen, "openness": "public", "reason": "人代会已通过"}
    for _ in range(2):
        director.post(f"{LABELS}set/", sent)
    cast.report.refresh_from_db()
    assert cast.report.label == "public"
    assert LedgerEntry.objects.filter(action="report.label").count() == 1


@pytest.fixture
def proof(cast: Cast) -> EvidenceFile:
    """A file of evidence that the unit calls public, of a matter that is internal."""
    from datetime import date

    cast.assigned()
    cast.move("liaison", "sign", date(2023, 3, 2))
    node = [{"name": "完工", "day": date(2023, 6, 30), "percent": 100}]
    cast.move("liaison", "file_plan", date(2023, 3, 3), measures="倒排", nodes=node, person="小路")
    cast.move("supervisor", "start", date(2023, 3, 6))
    said = {"progress": "基层完成", "difficulties": "雨季", "next_step": "面层", "cause": "weather"}
    shown = [{"id": "p1", "kind": "papers", "day": "2023-04-20", "note": "月报", "openness": "public"}]
    moved = cast.move("liaison", "report", date(2023, 4, 20), percent=35, evidence=shown, **said)
    assert moved.problems == ()
    return EvidenceFile.objects.create(
        key="k", matter_id=cast.matter, evidence="p1", name="月报.pdf", media_type="application/pdf", size=1,
        digest="0" * 64, label="public",
    )  # fmt: skip


def test_evidence_that_is_opener_than_its_item_is_found(
    cast: Cast, proof: EvidenceFile, at_desk: Callable[[str], Client]
) -> None:
    director = at_desk("director")
    assert director.get(LABELS, {"of": "proposed"}).context["table"].count == 1
    revision = Matter.objects.get(pk=cast.matter).revision
    label_matter(cast.matter, "public", cast.by("director"), expected=revision, reason="公开")
    assert director.get(LABELS, {"of": "proposed"}).context["table"].count == 0
    assert proof.label == "public"


def test_evidence_is_labelled_with_what_its_item_says_of_it(
    cast: Cast, proof: EvidenceFile, at_desk: Callable[[str], Client]
) -> None:
    director = at_desk("director")
    seen = row_of(director.get(LABELS, {"of": "evidence"}), proof.pk)["id"]
    director.post(f"{LABELS}set/", {"of": "evidence", "chosen": seen, "openness": "secret", "reason": "有名单"})
    proof.refresh_from_db()
    said = body_of(Matter.objects.select_related("body").get(pk=cast.matter)).evidence
    assert (proof.label, [one.openness for one in said if one.id == "p1"]) == ("secret", ["secret"])
    assert verify().problems == ()


def test_lists_and_changes_are_taken_away_as_files(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    label_matter(cast.matter, "secret", cast.by("director"), expected=0, reason="涉及底价")
    director = at_desk("director")
    made = director.get(f"{LABELS}changes/", {"as": "csv"}).content.decode("utf-8-sig")
    assert "涉及底价" in made
    assert "工作秘密" in made
    hidden = at_desk("security_admin").get(f"{LABELS}changes/", {"as": "csv"}).content.decode("utf-8-sig")
    assert "通用机场" not in hidden
    for of in ("matter", "proposed", "evidence", "report"):
        assert director.get(LABELS, {"of": of, "as": "xlsx"}).status_code == 200
