"""The site in a browser, opened from a folder: accessible, narrow and wide, by keyboard, without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

# One page of every kind.
KINDS = {
    "index.html": "overview", "report.html": "report", "items.html": "items", "items/all-all.html": "list",
    "item/i16.html": "item", "item/i13.html": "item not begun", "targets.html": "targets",
    "target/f124.html": "target", "changes.html": "changes", "ledger.html": "ledger", "ledger/2021.html": "year",
    "coverage.html": "coverage", "method.html": "method", "data.html": "data", "search.html?q=云锦直播": "search",
    "en.html": "english", "404.html": "lost",
}  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def tab(browser: Browser, folder: Path, name: str, *, width: int = 1440, **said: Any) -> Iterator[Tab]:
    """``name`` of the site in a window of ``width``; whatever the page complains of fails the test."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **said)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(f"{folder.as_uri()}/{name}")
    yield page
    context.close()
    assert wrong == []


@pytest.mark.parametrize("name", KINDS, ids=KINDS.values())
@pytest.mark.parametrize("width", [390, 1440])
def test_every_kind_of_page_is_accessible_and_fits(browser: Browser, folder: Path, name: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with tab(browser, folder, name, width=width) as page:
        if name.startswith("search"):
            page.wait_for_selector("#found li")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        # Preloading asks for the style sheet again, which a page opened from a folder may not.
        found = Axe().run(page, options={"runOnly": TAGS, "preload": False}).response["violations"]
    told = [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found]
    assert told == []


@pytest.mark.parametrize("query", ["云锦直播", "云锦直播产业园投入", "云锦 直播"])
def test_the_search_finds_by_title_and_by_unit(browser: Browser, folder: Path, query: str) -> None:
    with tab(browser, folder, f"search.html?q={query}") as page:
        page.wait_for_selector("#found li a")
        titles = page.locator("#found a").all_inner_texts()
        assert any("云锦直播产业园" in title for title in titles)
        assert "找到" in page.inner_text("#told")
        page.locator("#found a").first.click()
        page.wait_for_url("**/item/*.html")
        assert page.locator("h1").inner_text() in titles


def test_the_search_finds_by_unit(browser: Browser, folder: Path) -> None:
    with tab(browser, folder, "search.html?q=区财政局") as page:
        page.wait_for_selector("#found li a")
        assert "区财政局" in page.locator("#found li").first.inner_text()


@pytest.mark.parametrize(("query", "told"), [("龘靐齉", "没有找到"), ("水", "至少输入两个字"), ("", "")])
def test_the_search_says_when_there_is_nothing(browser: Browser, folder: Path, query: str, told: str) -> None:
    with tab(browser, folder, "search.html") as page:
        page.fill("#q", query)
        page.press("#q", "Enter")
        page.wait_for_function("told => document.getElementById('told').textContent.includes(told)", arg=told)
        assert page.locator("#found li").count() == 0


def test_the_field_at_the_top_of_any_page_searches(browser: Browser, folder: Path) -> None:
    with tab(browser, folder, "item/i16.html") as page:
        page.fill("#top-q", "云锦直播")
        page.press("#top-q", "Enter")
        page.wait_for_selector("#found li a")
        expect(page.locator("#q")).to_have_value("云锦直播")


def test_by_keyboard_one_comes_to_the_text_and_from_words_to_their_item(browser: Browser, folder: Path) -> None:
    with tab(browser, folder, "report.html") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.focus("#c16")
        expect(page.locator("#i-i1")).to_have_class(re.compile(r"\blit\b"))
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("#i-i1$"))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/item/i1.html")
        assert "地区生产总值" in page.inner_text("h1")


def test_whatever_has_the_focus_shows_it(browser: Browser, folder: Path) -> None:
    with tab(browser, folder, "index.html") as page:
        for _ in range(15):
            page.keyboard.press("Tab")
            shown = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; }"
            )
            assert shown, page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("name", [name for name in KINDS if not name.startswith("search")])
def test_without_script_every_page_reads_the_same(browser: Browser, folder: Path, name: str) -> None:
    texts = []
    for script in (True, False):
        with tab(browser, folder, name, java_script_enabled=script) as page:
            texts.append(page.locator("main").inner_text())
    assert texts[0] == texts[1]


def test_without_script_the_search_page_leads_on(browser: Browser, folder: Path) -> None:
    with tab(browser, folder, "search.html", java_script_enabled=False) as page:
        page.click("noscript a")
        expect(page).to_have_url(re.compile("items/all-all.html$"))


def test_kinds_of_words_can_be_put_out_without_script(browser: Browser, folder: Path) -> None:
    def line(page: Tab) -> str:
        return str(page.evaluate("getComputedStyle(document.getElementById('c16')).textDecorationColor"))

    with tab(browser, folder, "report.html") as page:
        before = line(page)
        page.uncheck("#show-target")
        assert line(page) != before
        assert line(page).endswith(", 0)")


def test_in_print_there_are_words_and_no_ways(browser: Browser, folder: Path) -> None:
    with tab(browser, folder, "item/i16.html") as page:
        page.emulate_media(media="print")
        assert not page.is_visible("nav[aria-label=栏目]")
        assert not page.is_visible(".find")
        assert page.is_visible("blockquote")
        assert len(page.pdf()) > 5000


def test_with_forced_colours_lights_keep_their_edge_and_words(browser: Browser, folder: Path) -> None:
    with tab(browser, folder, "index.html", forced_colors="active") as page:
        lamp = page.locator(".lamp-red").first
        assert lamp.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"
        assert "■ 严重滞后" in lamp.inner_text()


def test_with_letters_twice_as_large_nothing_runs_over(browser: Browser, folder: Path) -> None:
    for name in ("index.html", "item/i16.html", "items/all-all.html"):
        with tab(browser, folder, name, width=640) as page:
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate("document.documentElement.scrollWidth") <= 640, name
