"""Checking as people meet it: at a desk, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from luoshi.examples import sample

if TYPE_CHECKING:
    from casting import Cast


def choose(page: Any, text: str) -> None:
    page.locator("#id_file").set_input_files({"name": "讨论稿.txt", "mimeType": "text/plain", "buffer": text.encode()})


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_draft_is_checked_mended_and_deleted(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    text = sample("songgang-2023").read_text(encoding="utf-8")
    page = open_page("/checking/", width, signed_in=lasting_cast.people["supervisor"])
    axe_clean(page)
    choose(page, text)
    page.get_by_role("button", name="检查", exact=True).click()
    expect(page.locator("#result")).to_be_visible()
    axe_clean(page)
    shot(page, f"checking-{width}")
    page.locator(".checked-mark").first.click()
    page.wait_for_function("location.hash.startsWith('#f')")
    page.get_by_text("看过，放过这一条").first.click()
    page.get_by_label("理由").first.fill("口径不同")
    page.get_by_role("button", name="放过", exact=True).first.click()
    expect(page.locator("#passed")).to_contain_text("口径不同")
    axe_clean(page)
    choose(page, text + "\n再加一段。")
    page.get_by_role("button", name="查改过的").click()
    expect(page.get_by_text("与上一稿比")).to_be_visible()
    page.get_by_role("link", name="查报告").first.click()
    expect(page.get_by_role("cell", name="讨论稿.txt", exact=True)).to_be_visible()
    axe_clean(page)
    shot(page, f"checking-list-{width}")
    page.get_by_role("button", name="删除 讨论稿.txt").click()
    expect(page.get_by_text("还没有稿子")).to_be_visible()
