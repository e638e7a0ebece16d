"""The register as people meet it: at a desk, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from luoshi.store.models import Matter

if TYPE_CHECKING:
    from casting import Cast

WIDTHS = ("desktop", "phone")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_register_is_clean_at_every_width(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    page = open_page("/register/?phase=setup&sort=due", width, signed_in=lasting_cast.people["supervisor"])
    page.get_by_text("更多条件").click()
    page.get_by_text("选择显示的列").click()
    shot(page, f"register-{width}")
    axe_clean(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_office_moves_what_it_found(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    page = open_page("/register/", width, signed_in=lasting_cast.people["supervisor"])
    page.get_by_label("查找").fill("通用机场")
    page.get_by_role("button", name="筛选", exact=True).click()
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_role("button", name="办理…").click()
    shot(page, f"together-{width}")
    axe_clean(page)
    page.get_by_role("button", name="拟办").click()
    page.wait_for_selector(".banner-good")
    shot(page, f"together-done-{width}")
    axe_clean(page)
    assert Matter.objects.get(pk=lasting_cast.matter).state == "proposed"
