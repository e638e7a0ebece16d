"""An empty site with its units, and somebody in every part but the liaison, whom the administrators let in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from casting import Cast, people_and_units
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BEGAN = date(2023, 2, 1)
expect.set_options(timeout=20_000)  # several people's work runs on the machine that tests this


@pytest.fixture
def site_day() -> date:
    return BEGAN


class Year:
    """A district at work: everybody has a browser of their own, and the days go by."""

    def __init__(self, browser: Browser, site: str, settings: Any, cast: Cast) -> None:
        self.cast, self.site, self.item = cast, site, 0
        self._browser, self._settings = browser, settings
        self._pages: dict[str, Page] = {}

    def on(self, day: date) -> None:
        """It is ``day``."""
        self._settings.ENVIRONMENT = replace(self._settings.ENVIRONMENT, today=day.isoformat())

    def page(self, part: str, path: str = "") -> Page:
        """The page of whoever plays ``part``, at ``path``; a part that nobody plays has not signed in."""
        if part not in self._pages:
            context = self._browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
            self._pages[part] = context.new_page()
            if part in self.cast.people:
                context.add_cookies([{**self._cookie(part), "url": self.site}])
        page = self._pages[part]
        if path:
            page.goto(self.site + path)
        return page

    def _cookie(self, part: str) -> Any:
        from django.test import Client

        client = Client()
        client.force_login(self.cast.people[part], backend=self._settings.AUTHENTICATION_BACKENDS[1])
        name = self._settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value}

    def form(self, part: str, move: str, **given: str) -> Page:
        """The form of ``move`` on the item, filled in by ``part``."""
        page = self.page(part, f"/items/{self.item}/moves/{move}/")
        for name, value in given.items():
            fill(page, name.replace("__", "-"), value)
        return page

    def move(self, part: str, move: str, **given: str) -> Page:
        """``part`` makes ``move`` on the item, and is told that it is done."""
        page = self.form(part, move, **given)
        page.locator(".move-form .buttons button").click()
        expect(page.locator(".banner-good").first).to_be_visible()
        return page

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()


def fill(page: Page, name: str, value: str) -> None:
    """Fill a field as its kind wants it: a choice, a file (a path), or what is typed."""
    field = page.locator(f".move-form [name='{name}']")
    tag = field.evaluate("one => one.type")
    if tag.startswith("select"):
        field.select_option(value)
    elif tag == "file":
        field.set_input_files(value)
    else:
        field.fill(value)


@pytest.fixture
def proof(tmp_path: Path) -> str:
    """A file of evidence, as a unit has one."""
    file = tmp_path / "监理月报.pdf"
    file.write_bytes(b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n")
    return str(file)


@pytest.fixture
def year(transactional_db: None, browser: Browser, live_server: Any, settings: Any, tmp_path: Path) -> Iterator[Year]:
    """The district on the first day of its year; jobs are done before the page answers."""
    del transactional_db
    settings.LUOSHI_HOME = tmp_path / "home"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cast = people_and_units(Cast())
    del cast.people["liaison"]
    made = Year(browser, live_server.url, settings, cast)
    yield made
    made.close()
