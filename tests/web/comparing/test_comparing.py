"""The promise ledger of a place: compared as a job, whole or not at all; filters, counts, files, what changed since."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import pytest
from county_years import FIRST, bring_in_year
from django.test import Client
from python_calamine import CalamineWorkbook

from luoshi.store import comparing, working
from luoshi.store.fetching import all_reports
from luoshi.store.models import LedgerEntry
from luoshi.web.comparing import job

if TYPE_CHECKING:
    from casting import Cast

    from luoshi.store.models import Person, Report

Two = tuple["Report", "Report"]
Enter = Callable[["Person"], Client]


def place_of(report: Report) -> comparing.Place:
    return next(one for one in comparing.places(all_reports()) if report in one.reports)


def promises(page: Any) -> list[str]:
    return [row.quote.words for row in page.context["rows"]]


# ── the places ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("county")
def test_the_index_shows_places_with_their_reports_by_year(office: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(30):
        page = office.get("/comparing/")
    found = {one["place"].name: [report.year for report in one["place"].reports] for one in page.context["places"]}
    assert found["云水县"] == [2023, 2024]
    words = page.content.decode()
    assert words.index("云水县") < words.index("松岗区"), "the place with the most reports comes first"
    assert "还没有比较过" in words
    assert "要有两年以上的报告才能比" in words, "a place with one report says what is missing"


def test_names_of_one_place_are_one_place(county: Two) -> None:
    all_reports().filter(pk=county[1].pk).update(place="青山市云水县")
    assert place_of(county[0]).reports == county
    assert place_of(county[0]).name == "青山市云水县"


def test_reports_that_name_no_place_are_by_themselves(county: Two) -> None:
    all_reports().filter(pk=county[1].pk).update(place="")
    assert place_of(county[0]).reports == (county[0],)
    assert place_of(county[1]).reports == (county[1],)


def test_of_two_versions_of_a_year_the_later_is_compared(cast: Cast, county: Two) -> None:
    newer = bring_in_year(cast, **FIRST | {"works": "建成北门水厂。新建农村公路8公里。"})
    assert place_of(newer).chosen == (newer, county[1])
    assert place_of(newer).pk == county[0].pk


# ── the work ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_comparing_is_recorded_and_shows_every_promise_with_its_outcome(
    ledger: str, office: Client, county: Two, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(30):
        page = office.get(ledger)
    found = {row.quote.words: row for row in page.context["rows"]}
    assert found["城镇新增就业1200人"].mark.verdict == "pending", "the promise of the later report comes last"
    assert page.context["counts"].every.total == len(page.context["rows"])
    words = page.content.decode()
    assert "1100人 ＜ 1200人" in words
    assert "又承诺了 1 次" in words
    last = LedgerEntry.objects.filter(action="compare.make").get()
    assert last.subject == f"report:{county[0].pk}"


def test_words_lead_to_their_place_in_the_reader(ledger: str, office: Client) -> None:
    row = office.get(ledger, {"q": "农村公路9公里"}).context["rows"][0]
    page = office.get(row.told[0].address.split("#")[0]).content.decode()
    assert re.search(r'<mark id="hit-1">农村公路9.5公里|<mark id="hit-1">', page)
    assert row.told[0].report == "2024"


def test_a_place_of_one_report_is_not_compared(cast: Cast, office: Client) -> None:
    assert cast.report is not None
    there = f"/comparing/{cast.report.pk}/"
    assert office.post(f"{there}compare/").status_code == 302
    page = office.get(there).content.decode()
    assert "只有一年的报告" in page
    assert working.work_in(place_of(cast.report).folder).state == "idle"


def test_pressed_while_it_runs_it_is_not_begun_again(county: Two, office: Client) -> None:
    there = f"/comparing/{county[0].pk}/"
    for _ in range(2):
        office.post(f"{there}compare/")
    assert working.work_in(place_of(county[0]).folder).attempt == 1
    page = office.get(there).content.decode()
    assert 'hx-get="' in page
    assert "正在" in page or "排队" in page
    part = office.get(f"{there}progress/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part


def test_when_it_is_over_the_page_is_fetched_anew(ledger: str, office: Client) -> None:
    told = office.get(f"{ledger}progress/", headers={"HX-Request": "true"})
    assert told["HX-Refresh"] == "true"


def test_an_overtaken_worker_keeps_nothing(county: Two, cast: Cast) -> None:
    place = place_of(county[0])
    first = working.begin(place.folder)
    second = working.begin(place.folder)
    person = cast.people["supervisor"].pk
    assert job.compare_place.func(place.pk, first.attempt, person) is False
    assert comparing.kept(place) is None
    assert job.compare_place.func(place.pk, second.attempt, person) is True
    assert comparing.kept(place) is not None


def test_a_fault_leaves_what_was_kept_and_is_said(
    ledger: str, office: Client, county: Two, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = place_of(county[0])
    before = comparing.kept(place)

    def broken(_: Any) -> Any:
        raise OSError("disk gone")

    monkeypatch.setattr(job, "compare", broken)
    with pytest.raises(OSError, match="disk gone"):
        job.compare_place.func(place.pk, working.begin(place.folder).attempt, cast.people["supervisor"].pk)
    assert comparing.kept(place) == before
    page = office.get(ledger).content.decode()
    assert "T102" in page
    assert "城镇新增就业1200人" in page


def test_a_worker_that_was_killed_can_be_started_again(county: Two, office: Client, monkeypatch: Any) -> None:
    place = place_of(county[0])
    working.begin(place.folder)
    monkeypatch.setattr(working, "QUIET", -1)
    page = office.get(f"/comparing/{county[0].pk}/").content.decode()
    assert "比到一半停了" in page
    office.post(f"/comparing/{county[0].pk}/compare/")
    assert working.work_in(place.folder).attempt == 2


def test_what_cannot_be_compared_says_why(county: Two, office: Client, at_once: None) -> None:
    assert at_once is None
    body = county[0].body
    body.plan = re.sub(
        r'"figures":\[.*?\],"commitments":\[.*?\],"items"', '"figures":[],"commitments":[],"items"', body.plan
    )
    body.save()
    office.post(f"/comparing/{county[0].pk}/compare/")
    page = office.get(f"/comparing/{county[0].pk}/").content.decode()
    assert "V007" in page or "V012" in page


# ── what changed since ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_correction_makes_it_stale_and_the_old_result_stays(ledger: str, office: Client, county: Two) -> None:
    assert "报告变过了" not in office.get(ledger).content.decode()
    all_reports().filter(pk=county[1].pk).update(revision=3)
    page = office.get(ledger).content.decode()
    assert "2024 年的报告更正过" in page
    assert "城镇新增就业1200人" in page
    office.post(f"{ledger}compare/")
    assert "报告变过了" not in office.get(ledger).content.decode()


def test_a_new_report_makes_it_stale(ledger: str, office: Client, cast: Cast) -> None:
    bring_in_year(cast, year=2025, told="建成北门水厂。", targets="地区生产总值增长5%。", works="新建农村公路3公里。")
    assert "2025 年的报告是新来的" in office.get(ledger).content.decode()
    office.post(f"{ledger}compare/")
    page = office.get(ledger, {"year": "2024", "q": "水厂"})
    assert [row.mark.verdict for row in page.context["rows"]] == ["met"]


# ── filters, counts, order ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"year": "2023", "verdict": "missed"}, {"城镇新增就业1200人", "建成北门水厂", "改造老旧小区6个、农贸市场2个"}),
        ({"only": "silent"}, {"粮食产量不少于8万吨"}),
        ({"only": "repeated"}, {"建成北门水厂"}),
        ({"only": "due", "kind": "project"}, {"建成北门水厂"}),
        ({"about": "gdp:growth"}, {"地区生产总值增长6%", "地区生产总值增长5.5%"}),
        ({"q": "农村公路"}, {"新建农村公路9公里", "新建农村公路12公里"}),
        ({"verdict": "nonsense"}, None),
        ({"q": "没有这样的字"}, set()),
    ],
)
def test_filters_stand_in_the_address(ledger: str, office: Client, asked: dict[str, str], found: Any) -> None:
    shown = set(promises(office.get(ledger, asked)))
    assert shown == found if found is not None else len(shown) == 8


def test_the_counts_lead_to_their_rows(ledger: str, office: Client) -> None:
    page = office.get(ledger, {"year": "2023", "q": "个"})
    links = re.findall(r'href="\?([^"]*verdict=\w+)">(\d+)</a>', page.content.decode())
    assert links
    for query, count in links:
        narrowed = office.get(f"{ledger}?{query.replace('&amp;', '&')}")
        assert narrowed.context["page"].paginator.count == int(count)


def test_sorted_by_outcome_the_worst_come_first(ledger: str, office: Client) -> None:
    marks = [row.mark.verdict for row in office.get(ledger, {"sort": "verdict"}).context["rows"]]
    assert marks[:3] == ["missed"] * 3
    assert marks[-1] == "pending"
    years = [row.promise.report for row in office.get(ledger, {"sort": "-year"}).context["rows"]]
    assert years == sorted(years, reverse=True)


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_files_hold_what_the_page_is_narrowed_to(ledger: str, office: Client) -> None:
    asked = {"verdict": "missed"}
    rows = list(csv.reader(StringIO(office.get(f"{ledger}ledger.csv", asked).content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 3
    at = rows[0].index("承诺")
    assert {row[at] for row in rows[1:]} == set(promises(office.get(ledger, asked)))
    book = CalamineWorkbook.from_filelike(BytesIO(office.get(f"{ledger}ledger.xlsx", asked).content))
    assert book.sheet_names == ["总账", "逐条", "候选", "说明"]
    assert len(book.get_sheet_by_name("逐条").to_python()) == 2 + 3
    told = json.loads(office.get(f"{ledger}ledger.json", asked).content)
    assert {one["verdict"] for one in told["promises"]} == {"missed"}
    assert office.get(f"{ledger}ledger.pdf").content.startswith(b"%PDF")
    assert "承诺总账" in office.get(f"{ledger}ledger.html").content.decode()
    assert office.get(f"{ledger}ledger.exe").status_code == 404


def test_words_of_a_report_never_become_markup(cast: Cast, office: Client, at_once: None) -> None:
    assert at_once is None
    bad = {**FIRST, "works": "建成<script>alert(1)</script>水厂。"}
    one = bring_in_year(cast, **bad)
    bring_in_year(cast, year=2024, told="水厂<b>封顶</b>。", targets="地区生产总值增长5%。", works="修路2公里。")
    office.post(f"/comparing/{one.pk}/compare/")
    page = office.get(f"/comparing/{one.pk}/").content.decode()
    assert "<script>alert" not in page


def test_only_those_with_the_right_see_it(ledger: str, cast: Cast, enter: Enter) -> None:
    assert enter(cast.people["leader"]).get(ledger).status_code == 200
    assert enter(cast.people["liaison"]).get(ledger).status_code == 403
    assert enter(cast.people["inspector"]).get(f"{ledger}ledger.csv").status_code == 403


def test_in_english_the_page_speaks_english(ledger: str, office: Client) -> None:
    office.cookies["luoshi_language"] = "en"
    page = office.get(ledger).content.decode()
    assert "not reported" in page
    assert "Ledger of promises" in page
