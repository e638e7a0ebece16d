"""The system administrator's pages in a browser: accessible, nothing wider than the window, the main jobs done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from luoshi.store.calendars import calendar_in_force

if TYPE_CHECKING:
    from casting import Cast

WIDTHS = ("desktop", "phone")
PAGES = ("", "calendar/", "calendar/bring/", "profiles/", "backups/", "failed/", "doctor/")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible(open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str) -> None:
    admin = lasting_cast.people["system_admin"]
    page = open_page("/administration/", width, signed_in=admin)
    home = page.url
    for one in PAGES:
        page.goto(home + one)
        axe_clean(page)
        shot(page, f"administration-{one.strip('/').replace('/', '-') or 'index'}-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_day_off_is_noted_after_its_effect_was_seen(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    from datetime import date

    from playwright.sync_api import expect

    page = open_page("/administration/calendar/", width, signed_in=lasting_cast.people["system_admin"])
    page.get_by_label("日期").fill("2023-03-06")
    page.get_by_label("依据").fill("区政府通知")
    page.get_by_role("button", name="看看会改动什么").click()
    expect(page.get_by_text("2023-03-06 改为放假")).to_be_visible()
    axe_clean(page)
    shot(page, f"calendar-change-{width}")
    page.get_by_role("button", name="就这样改").click()
    expect(page.locator(".banner-good")).to_be_visible()
    axe_clean(page)
    assert not calendar_in_force().is_workday(date(2023, 3, 6))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_profile_is_chosen_after_its_effect_was_seen(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    from playwright.sync_api import expect

    page = open_page("/administration/profiles/", width, signed_in=lasting_cast.people["system_admin"])
    part = page.locator("#lights")
    part.get_by_label("用哪一套").select_option("yinchuan-2025")
    part.get_by_role("button", name="看看会变多少").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("会变多少")
    axe_clean(page)
    shot(page, f"profile-change-{width}")
    page.get_by_role("button", name="就用它").click()
    expect(page.locator(".banner-good")).to_be_visible()
    expect(page.locator("#lights")).to_contain_text(re.compile("现在用.*2025"))
