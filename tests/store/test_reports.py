"""A report comes in whole or not at all; corrections too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from casting import TODAY, people_and_units, sample_plan

from luoshi.plan import Corrections, Plan
from luoshi.store import reports
from luoshi.store.acting import SYSTEM
from luoshi.store.columns import body_of
from luoshi.store.models import LedgerEntry, Matter, MatterBody, Report, ReportBody
from luoshi.store.reports import bring_in, plan_of, save_corrections

if TYPE_CHECKING:
    from casting import Cast


def confirmed(words: str) -> Corrections:
    row = {"do": "confirm", "what": "item", "quote": words, "to": {"lead": "区交通运输局"}}
    return Corrections.model_validate({"corrections": [row]})


def test_save_then_load_is_identity(cast: Cast) -> None:
    plan, text = sample_plan()
    report = Report.objects.select_related("body").get()
    assert plan_of(report) == plan
    assert report.body.text == text
    assert (report.place, report.year, report.items, report.title) == ("松岗区", 2023, 6, plan.document.title)
    assert cast.report == report


def test_every_item_is_a_matter_in_its_place_with_its_unit(cast: Cast) -> None:
    plan, _ = sample_plan()
    rows = list(Matter.objects.select_related("body", "lead"))
    assert [row.item for row in rows] == [item.id for item in plan.items]
    assert [body_of(row).title for row in rows] == [item.title for item in plan.items]
    assert next(row.lead.name if row.lead else "" for row in rows) == "区交通运输局"
    assert cast


def test_the_same_file_a_second_time_is_refused(cast: Cast) -> None:
    plan, text = sample_plan()
    again = bring_in(plan, text, TODAY, cast.by("supervisor"))
    assert again.report is None
    assert [one.code for one in again.problems] == ["T014"]
    assert Report.objects.count() == 1


def test_an_import_that_breaks_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, text = sample_plan()
    other = Plan.model_validate({**plan.model_dump(), "document": {**plan.document.model_dump(), "sha256": "1" * 64}})
    before = LedgerEntry.objects.count()

    def fail(*_: object) -> None:
        raise ValueError("broken in the middle")

    monkeypatch.setattr(reports, "_bodies", fail)
    with pytest.raises(ValueError, match="in the middle"):
        bring_in(other, text, TODAY, cast.by("supervisor"))
    counts = (Report.objects.count(), ReportBody.objects.count(), Matter.objects.count(), MatterBody.objects.count())
    assert counts == (1, 1, 6, 6)
    assert LedgerEntry.objects.count() == before


def test_an_import_takes_few_queries(db: None, django_assert_max_num_queries: object) -> None:
    from casting import Cast

    people_and_units(Cast())
    plan, text = sample_plan()
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        bring_in(plan, text, TODAY, SYSTEM)
    assert db is None


def test_corrections_are_kept_whole_beside_what_was_read(cast: Cast) -> None:
    report = Report.objects.get()
    plan, problems = save_corrections(
        report.pk, confirmed("完成松岗通用机场跑道延长工程"), cast.by("supervisor"), expected=0
    )
    assert plan is not None, problems
    again = Report.objects.select_related("body").get()
    assert plan_of(again) == plan
    assert Plan.from_json(again.body.plan) == sample_plan()[0]
    assert again.revision == 1


def test_corrections_that_do_not_apply_are_not_kept(cast: Cast) -> None:
    plan, problems = save_corrections(
        Report.objects.get().pk, confirmed("没有这句话"), cast.by("supervisor"), expected=0
    )
    assert plan is None
    assert [one.code for one in problems] == ["C004"]
    assert Report.objects.get().revision == 0


def test_of_two_correctors_the_second_is_told(cast: Cast) -> None:
    pk = Report.objects.get().pk
    save_corrections(pk, Corrections(), cast.by("supervisor"), expected=0)
    plan, problems = save_corrections(pk, Corrections(), cast.by("director"), expected=0)
    assert plan is None
    assert [one.code for one in problems] == ["D005"]
