"""What the pages say: the counts, both numbers, where things come from, and what is only inferred."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest

from luoshi.door import Report
from luoshi.publish.dossier import Dossier, dossier, opened
from luoshi.publish.site import site
from luoshi.supervise import Actor, Docket, Entry, Evidence, Matter, Milestone
from luoshi.supervise.model import Drift, PeriodLight
from luoshi.supervise.words import word

if TYPE_CHECKING:
    from tests.publish.site.conftest import Files, Page

Parse = Callable[[bytes], "Page"]
ATOM = "{http://www.w3.org/2005/Atom}"
TODAY = date(2023, 6, 30)


def text(page: Page) -> str:
    """The words of a page, blanks made one."""
    return re.sub(r"\s+", " ", page.text)


def with_matter(report: Report, **said: Any) -> dict[str, bytes]:
    """The site where only item i1 is under supervision, with what is ``said`` of it."""
    item = report.plan.items[0]
    entries = said.pop("entries", ())
    matter = Matter(**{"id": item.id, "title": item.title, "state": "running", "since": date(2023, 2, 1), **said})
    return dict(site(dossier(report.plan, report.document, TODAY, docket=Docket(items=(matter,), entries=entries))))


# ── the first page ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_page_counts_every_light_once(lively: Dossier, lively_files: Files, parse: Parse) -> None:
    cut = opened(lively)
    counts = Counter(lit.colour for lit in cut.lights.values())
    said = text(parse(lively_files["index.html"]))
    for colour, count in counts.items():
        name = "未到期或不计" if colour == "grey" else word("light", colour, "word")
        assert f"{count}{word('light', colour, 'shape')} {name}" in said
    assert f"读出 {len(cut.matters)} 件" in said
    assert "2023年10月16日" in said


def test_the_first_page_is_light(lively_files: Files) -> None:
    first = ("index.html", "site.css", "icon.svg")
    assert sum(len(lively_files[name]) for name in first) <= 200_000


def test_the_first_page_says_how_much_rests_on_self_report(report: Report, parse: Parse) -> None:
    alone = with_matter(report, reported=Decimal(40), reported_on=date(2023, 6, 20))
    checked = with_matter(report, reported=Decimal(40), verified=Decimal(30), reported_on=date(2023, 6, 1),
                          verified_on=date(2023, 6, 20), evidence=(site_check(),))  # fmt: skip
    assert "1 件（100%）只有单位自报，没有核实" in text(parse(alone["index.html"]))
    assert "只有单位自报" not in text(parse(checked["index.html"]))
    assert "自报平均 40%，核实平均 30%" in text(parse(checked["index.html"]))


def site_check(**said: Any) -> Evidence:
    return Evidence(id="e1", kind="site_check", day=date(2023, 6, 18), openness="public", **said)


@pytest.mark.parametrize(
    ("before", "shown"), [("green", True), ("blue", True), ("red", False), ("yellow", True), ("grey", False)]
)
def test_what_turned_worse_is_on_the_first_page(report: Report, parse: Parse, before: str, shown: bool) -> None:
    past = PeriodLight(day=date(2023, 5, 31), colour=before, plain=before)  # type: ignore[arg-type]
    late = with_matter(report, due=date(2023, 6, 1), due_basis="approved", begin=date(2023, 1, 1), lights=(past,))
    assert ("变差了的" in text(parse(late["index.html"]))) is shown


def test_an_overdue_item_is_on_the_first_page_and_a_finished_one_is_not(report: Report, parse: Parse) -> None:
    late = with_matter(report, due=date(2023, 6, 1), begin=date(2023, 1, 1))
    done = with_matter(report, due=date(2023, 6, 1), begin=date(2023, 1, 1), state="closed")
    assert "已经过期的" in text(parse(late["index.html"]))
    assert "已经过期的" not in text(parse(done["index.html"]))


def test_without_a_docket_no_lights_are_shown_anywhere(bare_files: Files, parse: Parse) -> None:
    assert "还没有督办记录" in text(parse(bare_files["index.html"]))
    assert not [name for name in bare_files if name.startswith("items/light-")]
    guilty = [name for name in bare_files if name.startswith("item") and b'class="lamp' in bare_files[name]]
    assert guilty == []


def test_a_section_without_a_heading_is_called_by_its_role(bare_files: Files, parse: Parse) -> None:
    assert "民生实事" in text(parse(bare_files["items.html"]))


# ── the report ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_report_is_there_word_for_word(report: Report, bare_files: Files) -> None:
    words = "".join(re.findall(r'<div class="words">(.*?)</div>', bare_files["report.html"].decode(), re.DOTALL))
    shown = re.sub(r"\s", "", re.sub(r"<[^>]+>", "", words))
    assert shown == re.sub(r"\s", "", report.document.text)


def test_words_lead_to_their_item_and_the_item_leads_back(bare_files: Files) -> None:
    page = bare_files["report.html"].decode()
    assert 'href="#i-i1" class="c c-target" id="c16"' in page
    card = page[page.index('<li id="i-i1"') :].split("</li>")[0]
    assert 'href="item/i1.html"' in card
    assert 'href="#c16"' in card
    assert 'href="../report.html#c16"' in bare_files["item/i1.html"].decode()


def test_every_item_stands_beside_its_paragraph_once(lively: Dossier, lively_files: Files, parse: Parse) -> None:
    ids = parse(lively_files["report.html"]).ids
    expected = [f"i-{case.matter.id}" for case in opened(lively).cases if case.place]
    assert Counter(name for name in ids if name.startswith("i-")) == Counter(expected)


# ── an item ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_item_shows_the_sentence_and_says_what_is_inferred(bare_files: Files, parse: Parse) -> None:
    page = parse(bare_files["item/i1.html"])
    said = text(page)
    assert "地区生产总值增长6.5%以上；" in said
    assert "区发展和改革局 按职责建议" in said
    assert "“生产总值”属其职责" in said
    assert "2023年12月31日 据章节推定" in said


def test_an_item_shows_both_numbers_with_their_days(report: Report, parse: Parse) -> None:
    made = with_matter(report, reported=Decimal("55.5"), reported_on=date(2023, 6, 20), verified=Decimal(40),
                       verified_on=date(2023, 6, 5), evidence=(site_check(place="云锦路"),))  # fmt: skip
    said = text(parse(made["item/i1.html"]))
    assert "核实进度40% 2023年6月5日核实" in said
    assert "自报进度55.5% 2023年6月20日报" in said
    assert "现场核查 2023年6月18日 云锦路 3 级" in re.sub(r"(?<=\d日)(?=\S)|(?<=查)(?=\d)|(?<=路)(?=\d)", " ", said)


def test_an_item_tells_its_history_the_newest_first(report: Report, parse: Parse) -> None:
    by = Actor(role="lead", unit="区统计局")
    entries = (
        Entry(matter="i1", revision=1, day=date(2023, 2, 1), move="sign", before="assigned", after="signed", by=by,
              given={}),
        Entry(matter="i1", revision=2, day=date(2023, 5, 20), move="report", before="running", after="reported", by=by,
              given={"percent": "40"}),
    )  # fmt: skip
    drift = Drift(day=date(2023, 4, 2), field="due", before="2023-11-30", after="2023-12-31", reason="内部理由")
    node = Milestone(name="上半年过半", day=date(2023, 6, 1), percent=Decimal(50), met=date(2023, 5, 30))
    made = with_matter(report, entries=entries, drift=(drift,), nodes=(node,))
    said = text(parse(made["item/i1.html"])).split("经过")[1]
    order = ["完成节点：上半年过半", "推进 → 反馈待审", "完成时限改动", "交办 → 签收"]
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)
    assert "自报进度 40%" in said
    assert "原为：2023-11-30" in said
    assert "内部理由" not in said


def test_an_item_of_another_report_says_so(report: Report, parse: Parse) -> None:
    old = Matter(
        id="old7", title="建成城北水厂", state="running", since=TODAY, carried_from="2022-07", openness="public"
    )
    made = dict(site(dossier(report.plan, report.document, TODAY, docket=Docket(items=(old,)))))
    assert "由以前的事项 2022-07 转来" in text(parse(made["item/old7.html"]))


def test_items_of_one_place_are_listed_together(report: Report, parse: Parse) -> None:
    made = with_matter(report, evidence=(site_check(place="云锦路"),))
    assert "按地点" in text(parse(made["items.html"]))
    (name,) = [name for name in made if name.startswith("items/place-")]
    assert report.plan.items[0].title in text(parse(made[name]))


def test_long_lists_are_cut_into_pages_without_losing_any(report: Report, parse: Parse) -> None:
    items = tuple(report.plan.items[0].model_copy(update={"id": f"x{at}"}) for at in range(450))
    plan = report.plan.model_copy(update={"items": items})
    made = dict(site(dossier(plan, report.document, TODAY)))
    lists = [name for name in made if re.fullmatch(r"items/all-all(-\d)?\.html", name)]
    assert len(lists) == 3
    linked = Counter(link for name in lists for link in parse(made[name]).links if link.startswith("../item/"))
    assert len(linked) == 450


# ── targets, years, coverage, method ─────────────────────────────────────────────────────────────────────────────────


def test_a_target_has_its_picture_and_the_table_behind_it(lively: Dossier, lively_files: Files, parse: Parse) -> None:
    cut = opened(lively)
    assert cut.measured is not None
    one = next(found for found in cut.measured.measured if len(found.points) > 2)
    page = lively_files[f"target/{one.target.id}.html"].decode()
    assert page.count('class="dot"') >= len(one.points)
    rows = page.split("<tbody>")[1].count("<tr>")
    assert rows == len(one.points)
    assert one.points[0].reading.source in text(parse(page.encode()))


def test_a_target_without_readings_says_so(bare_files: Files, parse: Parse) -> None:
    assert "还没有公开的读数" in text(parse(bare_files["target/f120.html"]))
    assert b"<svg" not in bare_files["target/f120.html"]


def test_the_ledger_has_every_promise_with_its_verdict(lively: Dossier, lively_files: Files, parse: Parse) -> None:
    assert lively.comparison is not None
    shown = [i for name in lively_files if name.startswith("ledger/") for i in parse(lively_files[name]).ids]
    assert {f"p{one.id}" for one in lively.comparison.promises} <= set(shown)
    counts = Counter(one.verdict for one in lively.comparison.promises)
    assert f"{counts['missed']}■ 未达到" in text(parse(lively_files["ledger.html"]))


def test_without_a_comparison_there_is_no_ledger_and_nothing_leads_to_one(bare_files: Files) -> None:
    assert not [name for name in bare_files if name.startswith("ledger")]
    assert not [name for name, content in bare_files.items() if b"ledger.html" in content]


def test_the_map_accounts_for_every_character(lively: Dossier, lively_files: Files, parse: Parse) -> None:
    page = lively_files["coverage.html"].decode()
    said = text(parse(page.encode()))
    assert f"全文 {len(lively.document.text)} 字" in said
    labels = re.findall(r'aria-label="([^"]*字；)"', page)
    assert sum(int(count) for one in labels for count in re.findall(r"(\d+) 字；", one)) == len(lively.document.text)


def test_the_map_does_not_call_an_item_that_stays_inside_forgotten(report: Report, parse: Parse) -> None:
    made = with_matter(report, openness="internal")
    assert "不在公开清单" in text(parse(made["coverage.html"]))
    assert "item/i1.html" not in made
    assert "没有公开的" in text(parse(made["index.html"]))


def test_the_method_page_has_every_rule_in_words(lively: Dossier, lively_files: Files, parse: Parse) -> None:
    said = text(parse(lively_files["method.html"]))
    for rule in lively.rules.profile.rules:
        assert re.sub(r"\{\w+\}", "N", rule.says) in said
    assert "{" not in said
    for fixed in ("最高只能是绿灯", "增速允许差 0.3 个百分点", "截至2023年10月16日", lively.plan.document.sha256):
        assert fixed in said


def test_the_english_page_counts_the_same(lively_files: Files, parse: Parse) -> None:
    said = text(parse(lively_files["en.html"]))
    items = sum(name.startswith("item/") for name in lively_files)
    assert f"Items read from the report{items}" in said.replace("report ", "report")
    assert b'<html lang="en">' in lively_files["en.html"]


def test_the_data_page_lists_the_files_with_what_they_are(lively_files: Files, bare_files: Files, parse: Parse) -> None:
    said = text(parse(lively_files["data.html"]))
    assert "items.csv 9 字节事项表" in said
    assert lively_files["data/items.csv"] == b"id,title\n"
    assert "没有带上数据文件" in text(parse(bare_files["data.html"]))


# ── feeds ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_feeds_are_atom_with_ids_that_stay(lively: Dossier, lively_files: Files) -> None:
    again = dict(site(lively))
    for name in (name for name in lively_files if name.endswith(".xml") and name != "sitemap.xml"):
        root = ElementTree.fromstring(lively_files[name])
        assert root.tag == f"{ATOM}feed"
        for needed in ("id", "title", "updated", "author"):
            assert root.find(f"{ATOM}{needed}") is not None
        ids = [one.text for one in root.iter(f"{ATOM}id")]
        assert len(ids) == len(set(ids))
        assert ids == [one.text for one in ElementTree.fromstring(again[name]).iter(f"{ATOM}id")]
        days = [one.findtext(f"{ATOM}updated") or "" for one in root.iter(f"{ATOM}entry")]
        assert days == sorted(days, reverse=True)


def test_a_later_day_keeps_the_ids_of_what_happened_before(report: Report) -> None:
    by = Actor(role="lead", unit="区统计局")
    entry = Entry(matter="i1", revision=1, day=date(2023, 2, 1), move="sign", before="assigned", after="signed", by=by,
                  given={})  # fmt: skip
    docket = Docket(items=(Matter(id="i1", title="一", state="signed", since=TODAY),), entries=(entry,))

    def ids(day: date) -> list[str]:
        made = dict(site(dossier(report.plan, report.document, day, docket=docket)))
        return re.findall(r"<entry>.*?<id>(.*?)</id>", made["feed.xml"].decode())

    assert len(ids(TODAY)) == 1
    assert ids(TODAY) == ids(date(2023, 9, 30))


def test_the_feed_of_a_unit_has_only_its_own(lively: Dossier, lively_files: Files) -> None:
    own = [name for name in lively_files if name.startswith("feeds/unit-")]
    whole = sum(lively_files[name].count(b"<entry>") for name in own)
    assert own
    assert whole > 0
    cut = opened(lively)
    units = {case.matter.id: case.matter.lead for case in cut.cases}
    for name in own:
        items = set(re.findall(r"/item/(\w+)\.html", lively_files[name].decode()))
        assert len({units[one] for one in items}) <= 1
