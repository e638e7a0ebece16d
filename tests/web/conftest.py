"""A browser for the pages: a live site, Debian's chromium, axe, pictures. Skipped where there is none."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, Page

    from luoshi.store.models import Person

WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(autouse=True)
def _quick_and_fresh(settings: Any) -> None:
    """Slow hashes protect people, not tests; how often somebody tried in one test is forgotten in the next."""
    from django.core.cache import cache

    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def site_day() -> date | None:
    """The day on which the site lives; None: the day of whoever runs the tests. Folders say their own."""
    return None


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any, site_day: date | None) -> None:
    if site_day is not None:
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, today=site_day.isoformat())


@pytest.fixture
def enter(settings: Any) -> Callable[[Person], Client]:
    """``enter(person)``: a browser without script in which ``person`` is signed in."""
    from django.test import Client

    def go(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[1])
        return client

    return go


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """``open_page("/register/", "phone", signed_in=person)``: a page of the live site. Its complaints fail the test."""
    contexts = []
    complaints: list[str] = []

    def go(path: str, width: str = "desktop", signed_in: Any = None) -> Page:
        wide, high = WIDTHS[width]
        context = browser.new_context(viewport={"width": wide, "height": high}, locale="zh-CN")
        contexts.append(context)
        if signed_in is not None:
            context.add_cookies([{**_cookie(signed_in), "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == [], "the browser complained (script, or the content security policy)"


def _cookie(person: Any) -> Any:
    """The cookie of ``person``'s session, as signing in sets it."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[1])
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


@pytest.fixture
def axe_clean() -> Callable[[Page], None]:
    """``axe_clean(page)``: nothing that axe finds by WCAG 2.0 to 2.2, A and AA, and good practice; nothing too wide."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page: Page) -> None:
        found = Axe().run(page, options=AXE).response["violations"]
        told = [f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']][:3]}" for one in found]
        assert told == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "wider than the window"

    return check


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """``shot(page, "register-phone")``: a picture of the whole page, where LUOSHI_SHOTS names a folder for them."""

    def take(page: Page, name: str) -> None:
        if folder := os.environ.get("LUOSHI_SHOTS"):
            page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

    return take
