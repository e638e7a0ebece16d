"""Correcting a report in the store: recorded one by one, compared with what was seen, followed by its matters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from casting import TODAY

from luoshi.plan import Correction
from luoshi.store.correcting import Corrected, correct_report, corrected_since, take_back
from luoshi.store.history import as_of
from luoshi.store.ledger import entries, given
from luoshi.store.models import LedgerEntry, Matter, MatterUnit, Report, ReportBody
from luoshi.store.reports import corrections_of
from luoshi.store.verifying import verify

if TYPE_CHECKING:
    from casting import Cast

BRIDGE = "完成松岗通用机场跑道延长工程"
LATER = "建成航空动力产业园二期"


def one(do: str, quote: str = BRIDGE, to: dict[str, Any] | None = None, what: str = "item", **rest: Any) -> Correction:
    return Correction.model_validate({"do": do, "what": what, "quote": quote, "to": to or {}, **rest})


def correcting(cast: Cast, *wanted: Correction, expected: int | None = None) -> Corrected:
    report = seen(cast)
    seen_at = report.revision if expected is None else expected
    return correct_report(report.pk, list(wanted), TODAY, cast.by("supervisor"), expected=seen_at)


def seen(cast: Cast) -> Report:
    assert cast.report is not None
    return Report.objects.select_related("body").get(pk=cast.report.pk)


def row(cast: Cast) -> Matter:
    return Matter.objects.select_related("body").get(pk=cast.matter)


def test_a_correction_is_kept_beside_what_was_read_signed_and_recorded(cast: Cast) -> None:
    before = ReportBody.objects.get(report=cast.report).plan
    done = correcting(cast, one("change", to={"title": "机场跑道延长"}))
    assert done.plan is not None
    assert ReportBody.objects.get(report=cast.report).plan == before
    (kept,) = corrections_of(seen(cast)).corrections
    assert (kept.who, kept.when) == ("督查室小督（supervisor）", TODAY.isoformat())
    entry = entries(f"report:{seen(cast).pk}", action="report.correct").first()
    assert entry is not None
    assert given(entry)["correction"]["to"] == {"title": "机场跑道延长"}
    assert seen(cast).revision == 1


def test_a_matter_nobody_has_taken_up_follows_its_item(cast: Cast) -> None:
    done = correcting(
        cast,
        one("confirm", to={"lead": "区开发区管委会", "help": ["区发展和改革局"]}),
        one("change", to={"title": "跑道延长", "deadline": {"date": "2023-09-30", "basis": "stated", "text": None}}),
    )
    assert done.followed == 1
    found = row(cast)
    assert (found.title, found.lead_name, found.due) == ("跑道延长", "区开发区管委会", date(2023, 9, 30))
    assert set(MatterUnit.objects.filter(matter=found).values_list("unit__name", "part")) == {
        ("区开发区管委会", "lead"),
        ("区发展和改革局", "help"),
    }
    assert verify().problems == ()


def test_a_matter_that_was_taken_up_is_left_to_its_moves(cast: Cast) -> None:
    cast.assigned()
    before = row(cast)
    done = correcting(cast, one("change", to={"title": "跑道延长"}))
    assert done.plan is not None
    assert done.followed == 0
    assert (row(cast).title, row(cast).revision) == (before.title, before.revision)


def test_an_item_that_is_none_takes_its_matter_along_and_taken_back_brings_it_again(cast: Cast) -> None:
    correcting(cast, one("drop"))
    assert row(cast).state == "dropped"
    assert seen(cast).items == 5
    done = take_back(seen(cast).pk, 1, TODAY, cast.by("supervisor"), expected=1, why="看错了")
    assert done.plan is not None
    assert row(cast).state == "extracted"
    assert [entry.action for entry in LedgerEntry.objects.order_by("-sequence")[:2]] == [
        "matter.move",
        "report.correct",
    ]
    assert [kept.do for kept in corrections_of(seen(cast)).corrections] == ["drop", "undo"]
    assert verify().problems == ()


def test_an_item_that_is_added_becomes_a_matter(cast: Cast) -> None:
    text = seen(cast).body.text
    start = text.index("各位代表")
    done = correcting(cast, one("add", text[start : text.index("\n", start)], {"kind": "action", "title": "补的事"},
                                "commitment", before=text[start - 8 : start]))  # fmt: skip
    assert done.problems == ()
    made = Matter.objects.get(title="补的事")
    assert (made.state, made.revision, made.report_id) == ("extracted", 0, seen(cast).pk)
    assert made.place > row(cast).place
    assert verify().problems == ()


def test_items_put_together_leave_one_matter(cast: Cast) -> None:
    done = correcting(cast, one("merge", also=[{"quote": LATER}], to={"title": "机场和产业园"}))
    assert done.problems == ()
    assert row(cast).title == "机场和产业园"
    assert Matter.objects.get(title=LATER).state == "dropped"


def test_who_comes_second_is_told_by_whom_and_nothing_is_kept(cast: Cast) -> None:
    correcting(cast, one("change", to={"title": "一"}))
    done = correcting(cast, one("change", to={"title": "二"}), expected=0)
    assert done.plan is None
    assert [found.code for found in done.problems] == ["D005", "T013"]
    assert "督查室小督" in done.problems[1].message
    assert row(cast).title == "一"
    assert corrected_since(seen(cast), 0)[0][0] == "督查室小督（supervisor）"


def test_one_that_cannot_be_keeps_all_out(cast: Cast) -> None:
    count = LedgerEntry.objects.count()
    done = correcting(cast, one("change", to={"title": "一"}), one("change", "原文里没有的话", {"title": "二"}))
    assert [found.code for found in done.problems] == ["C004"]
    assert (seen(cast).revision, row(cast).title, LedgerEntry.objects.count()) == (0, BRIDGE, count)


def test_a_second_thought_replaces_the_first(cast: Cast) -> None:
    for title in ("一", "二"):
        correcting(cast, one("change", to={"title": title}))
    assert row(cast).title == "二"
    assert [kept.do for kept in corrections_of(seen(cast)).corrections] == ["change", "undo", "change"]


@pytest.mark.parametrize("nth", [0, 2, 99])
def test_nothing_can_be_taken_back_that_was_never_done(cast: Cast, nth: int) -> None:
    correcting(cast, one("change", to={"title": "一"}))
    done = take_back(seen(cast).pk, nth, TODAY, cast.by("supervisor"), expected=1, why="")
    assert [found.code for found in done.problems] == ["C002"]
    assert seen(cast).revision == 1


def test_a_matter_is_seen_as_it_was_before_it_followed(cast: Cast) -> None:
    correcting(cast, one("change", to={"title": "跑道延长"}))
    assert as_of(row(cast), date(2020, 1, 1)).title == BRIDGE
