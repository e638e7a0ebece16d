"""Checking as people meet it: at a desk, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from luoshi.examples import sample

if TYPE_CHECKING:
    from casting import Cast


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_draft_is_checked_and_the_text_jumped_through(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    page = open_page("/checking/", width, signed_in=lasting_cast.people["supervisor"])
    axe_clean(page)
    text = sample("songgang-2023").read_bytes()
    page.locator("#id_file").set_input_files({"name": "讨论稿.txt", "mimeType": "text/plain", "buffer": text})
    page.get_by_role("button", name="检查").click()
    page.wait_for_selector("#result")
    shot(page, f"checking-{width}")
    axe_clean(page)
    page.locator(".checked-mark").first.click()
    assert page.evaluate("location.hash").startswith("#f")
