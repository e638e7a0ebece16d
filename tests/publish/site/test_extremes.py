"""Plans that nobody hopes for: empty, huge, with endless titles, with characters that cannot be shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from luoshi.door import Report
from luoshi.plan import Deadline, Facts, Plan
from luoshi.plan import Item as PlanItem
from luoshi.publish.dossier import dossier
from luoshi.publish.site import site, unshown
from luoshi.publish.site.naming import slug, uuid
from luoshi.source import Document
from luoshi.supervise import Actor, Docket, Entry, Matter

if TYPE_CHECKING:
    from tests.publish.site.conftest import Page

Parse = Callable[[bytes], "Page"]
TODAY = date(2023, 6, 30)


def of_items(*items: PlanItem, title: str = "报告") -> dict[str, bytes]:
    plan = Plan(document=Facts(title=title, place="松岗区", year=2023), items=items)
    return dict(site(dossier(plan, Document.from_text("报告正文。"), TODAY)))


def item(name: str, title: str) -> PlanItem:
    return PlanItem(id=name, title=title, kind="action")


def test_characters_that_pages_cannot_show_are_told_once_for_the_whole_site() -> None:
    one = Matter(id="i1", title="修路", since=TODAY, state="running", progress="进\ue000展\x07", openness="public")
    plan = Plan(document=Facts(title="报告"), items=(item("i1", "修路"),))
    whole = dossier(plan, Document.from_text("修\ue000路。\n架\ue000桥。"), TODAY, docket=Docket(items=(one,)))
    (told,) = unshown(whole)
    assert (told.code, "U+E000 U+0007" in told.message) == ("O007", True)
    assert list(unshown(dossier(plan, Document.from_text("修路。"), TODAY))) == []


def test_an_empty_plan_gives_a_small_whole_site(parse: Parse) -> None:
    made = dict(site(dossier(Plan(), Document.from_text(""), TODAY)))
    assert "没有读出可以公开核对的事" in parse(made["index.html"]).text
    pages = {name: parse(content) for name, content in made.items() if name.endswith(".html")}
    assert {name: one.broken for name, one in pages.items() if one.broken} == {}
    assert len(pages) >= 9


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b ]]> 'c'"])
def test_titles_are_words_never_markup(title: str, parse: Parse) -> None:
    made = of_items(item("i1", title), title=title)
    for name, content in made.items():
        if name.endswith(".html"):
            found = parse(content)
            assert found.inline == []
            assert found.broken == []
    assert title in parse(made["item/i1.html"]).text
    assert b"</script" not in made["search/things-0.js"]


def test_a_feed_has_titles_as_words(report: Report) -> None:
    entry = Entry(matter="i1", revision=1, day=TODAY, move="sign", before="assigned", after="signed",
                  by=Actor(role="lead", unit="<b>局</b>"), given={})  # fmt: skip
    matter = Matter(id="i1", title="A & <B>", state="signed", since=TODAY)
    made = dict(site(dossier(report.plan, report.document, TODAY, docket=Docket(items=(matter,), entries=(entry,)))))
    found = ElementTree.fromstring(made["feed.xml"]).find("{http://www.w3.org/2005/Atom}entry")
    assert found is not None
    assert (found.findtext("{http://www.w3.org/2005/Atom}title") or "").startswith("A & <B>")
    assert found.findtext("{http://www.w3.org/2005/Atom}summary") == "<b>局</b>"


def test_endless_titles_and_ids_make_sound_short_paths(parse: Parse) -> None:
    made = of_items(item("事" * 300, "办" * 300), item("../../etc/passwd", "斜"), item("A", "大"), item("a", "小"))
    assert all(len(part.encode()) <= 120 for name in made for part in name.split("/"))
    assert not [name for name in made if ".." in name]
    assert sum(name.startswith("item/") for name in made) == 4
    assert len({name.lower() for name in made}) == len(made)
    assert all(parse(content).broken == [] for name, content in made.items() if name.startswith("item/"))


@pytest.mark.parametrize("char", ["\ue000", "\ud800", "\x00", "\x0b", "\uffff"])
def test_characters_that_cannot_be_shown_become_a_mark(char: str) -> None:
    made = of_items(item("i1", f"修{char}路"))
    assert "修〓路" in made["item/i1.html"].decode()
    assert all(char not in content.decode() for content in made.values())


def test_an_item_without_a_deadline_says_so(parse: Parse) -> None:
    made = of_items(PlanItem(id="i1", title="修路", kind="action", deadline=Deadline()))
    assert "没有期限" in parse(made["item/i1.html"]).text
    assert "没有期限" in parse(made["items.html"]).text


def test_five_thousand_items_make_small_pages(report: Report) -> None:
    one = report.plan.items[0]
    items = tuple(one.model_copy(update={"id": f"i{at}", "title": f"第{at}件事：{one.title}"}) for at in range(5000))
    docket = Docket(items=tuple(Matter(id=i.id, title=i.title, state="running", since=TODAY, lead=f"单位{n % 40}")
                                for n, i in enumerate(items)))  # fmt: skip
    plan = report.plan.model_copy(update={"items": items})
    sizes = {name: len(content) for name, content in site(dossier(plan, report.document, TODAY, docket=docket))}
    assert sum(name.startswith("item/") for name in sizes) == 5000
    assert sizes["index.html"] + sizes["site.css"] <= 200_000
    assert max(size for name, size in sizes.items() if name.startswith(("item/", "items/"))) < 250_000
    assert max(size for name, size in sizes.items() if name.startswith("search/")) < 700_000


@pytest.mark.parametrize(
    ("name", "made"), [("i12", "i12"), ("A", "_41"), ("", "_da39a3ee5e6b"), ("事", "_4e8b"), ("a/b", "a_2fb")]
)
def test_names_of_files(name: str, made: str) -> None:
    assert slug(name) == made


def test_uuids_have_the_form_of_version_5() -> None:
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", uuid("a", "b"))
    assert uuid("a", "b") != uuid("ab", "")
