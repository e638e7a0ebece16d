"""Comparing as people meet it, at a desk and on a phone: pressed, read, decided, undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from county_years import FIRST, SECOND, bring_in_year
from playwright.sync_api import expect

if TYPE_CHECKING:
    from casting import Cast


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_reports_of_a_place_are_compared_and_a_promise_is_decided(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    for said in (FIRST, SECOND):
        bring_in_year(lasting_cast, **said)
    page = open_page("/comparing/", width, signed_in=lasting_cast.people["supervisor"])
    axe_clean(page)
    page.get_by_role("button", name="比较").click()
    expect(page.get_by_role("heading", name="承诺总账")).to_be_visible()
    expect(page.locator("#ledger tbody tr")).to_have_count(11)
    axe_clean(page)
    shot(page, f"comparing-ledger-{width}")
    page.get_by_label("判定", exact=True).select_option("missed")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("#ledger tbody tr")).to_have_count(3)
    page.get_by_role("link", name="建成北门水厂").first.click()
    expect(page.get_by_role("heading", name="由人判定")).to_be_visible()
    axe_clean(page)
    shot(page, f"comparing-promise-{width}")
    page.get_by_role("button", name=re.compile("确认")).click()
    expect(page.get_by_text("判定已记下")).to_be_visible()
    page.get_by_label("判定", exact=True).select_option("met")
    page.get_by_label(re.compile("^理由")).fill("现场看过，已经通水")
    page.get_by_role("button", name="记下判定").click()
    expect(page.locator("#pair-outcome")).to_contain_text("达到")
    axe_clean(page)
    page.get_by_role("button", name=re.compile("撤回判定")).click()
    expect(page.locator("#pair-outcome")).to_contain_text("未达到")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_two_versions_stand_side_by_side(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    first = bring_in_year(lasting_cast, **FIRST)
    bring_in_year(lasting_cast, **{**FIRST, "targets": "地区生产总值增长5%左右，城镇新增就业1200人。"})
    page = open_page(f"/comparing/{first.pk}/versions/", width, signed_in=lasting_cast.people["leader"])
    expect(page.locator("#changes tbody tr")).to_have_count(2)
    axe_clean(page)
    shot(page, f"comparing-versions-{width}")
