"""Publishing in a browser: from the button to the page that everybody reads; axe; both widths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_from_the_button_to_the_public_page(  # noqa: PLR0917 -- fixtures
    cast: Cast, report: int, open_page: Callable[..., Any], axe_clean: Callable[..., None],
    shot: Callable[..., None], width: str,
) -> None:  # fmt: skip
    page = open_page("/publishing/", width, signed_in=cast.people["director"])
    axe_clean(page)
    shot(page, f"public-index-{width}")
    page.goto(page.url + f"{report}/")
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("link", name="打开公开的网页").wait_for()
    axe_clean(page)
    shot(page, f"public-report-{width}")
    everybody = open_page(f"/public/{report}/", width)
    assert everybody.get_by_role("heading", level=1).first.is_visible()
