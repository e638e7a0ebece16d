"""The calendar in a real browser: axe finds nothing, it fits a phone, and months are turned."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from casting import Cast
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def look(
    open_page: Callable[..., Page], axe_clean: Callable[[Page], None], shot: Callable[[Page, str], None]
) -> Callable[[str, str, object], Page]:
    """``look(address, width, person)``: the page, pictured and looked at by axe."""

    def go(there: str, width: str, person: object) -> Page:
        page = open_page(there, width, signed_in=person)
        shot(page, f"{there.strip('/').replace('/', '-').replace('?', '-')}-{width}")
        axe_clean(page)
        return page

    return go


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("place", ["", "chart/", "subscription/"])
def test_every_page_is_clean_and_fits(
    lasting_run: Cast, look: Callable[[str, str, object], Page], width: str, place: str
) -> None:
    look(f"/calendar/{place}", width, lasting_run.people["supervisor"])


def test_turning_the_month_leads_to_the_item_that_is_due(lasting_run: Cast, open_page: Callable[..., Page]) -> None:
    page = open_page("/calendar/", signed_in=lasting_run.people["liaison"])
    page.get_by_role("link", name="2023-06 ›").click()
    page.locator(".due-deadline", has_text="完成松岗通用机场").first.click()
    page.wait_for_url(f"**/items/{lasting_run.matter}/")
