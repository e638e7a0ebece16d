"""A day and a unit as people meet them: at a desk, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast

WIDTHS = ("desktop", "phone")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_unit_reports_from_its_day(open_page: Any, axe_clean: Any, shot: Any, lasting_play: Cast, width: str) -> None:
    page = open_page("/today/", width, signed_in=lasting_play.people["liaison"])
    shot(page, f"day-liaison-{width}")
    axe_clean(page)
    page.locator(f"#row-{lasting_play.matter}").get_by_role("link", name="反馈进展").click()
    page.wait_for_selector(".move-form")
    axe_clean(page)
    page.get_by_label("自报进度%").fill("60")
    page.get_by_label("进展情况").fill("道面完成 1,200 米")
    page.locator(".move-form").get_by_role("button", name="反馈进展").click()
    page.wait_for_selector(".banner-good")
    assert page.url.endswith("/today/")
    assert lasting_play.body().state == "reported"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_office_has_a_day_too(open_page: Any, axe_clean: Any, shot: Any, lasting_play: Cast, width: str) -> None:
    page = open_page("/today/", width, signed_in=lasting_play.people["supervisor"])
    shot(page, f"day-office-{width}")
    axe_clean(page)
