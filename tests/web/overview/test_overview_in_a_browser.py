"""The overview as leaders meet it: at a desk, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("path", ["/overview/", "/overview/asked/"])
def test_the_overview_is_clean_at_every_width(  # noqa: PLR0917 -- pytest hands these in
    open_page: Any, axe_clean: Any, shot: Any, lasting_play: Cast, width: str, path: str
) -> None:
    page = open_page(path, width, signed_in=lasting_play.people["leader"])
    shot(page, f"{path.strip('/').replace('/', '-')}-{width}")
    axe_clean(page)


def test_a_number_leads_to_its_items(open_page: Any, lasting_play: Cast) -> None:
    page = open_page("/overview/", signed_in=lasting_play.people["leader"])
    page.locator(".tallies a").last.click()
    page.wait_for_url("**/register/**")
    assert "light=grey" in page.url
    assert page.locator("tbody tr").count() > 0
