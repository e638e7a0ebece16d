"""Publishing in a browser: from the button to the page that everybody reads; axe; both widths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from luoshi.store.models import Matter
from luoshi.store.moving import label_matter

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


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_what_is_public_no_longer_is_called_back_from_the_desk(  # noqa: PLR0917 -- fixtures
    cast: Cast, report: int, open_page: Callable[..., Any], axe_clean: Callable[..., None],
    shot: Callable[..., None], width: str,
) -> None:  # fmt: skip
    page = open_page(f"/publishing/{report}/", width, signed_in=cast.people["director"])
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_role("link", name="打开公开的网页").wait_for()
    row = Matter.objects.get(pk=cast.matter)
    label_matter(row.pk, "internal", cast.by("director"), expected=row.revision, reason="改")
    page.goto(page.url.split("/publishing/")[0] + "/supervision/")
    warning = page.get_by_role("alert").filter(has_text="还公开着不该公开的")
    expect(warning).to_contain_text(row.title)
    axe_clean(page)
    shot(page, f"public-recall-{width}")
    warning.get_by_role("button", name="马上重新发布").click()
    page.get_by_role("link", name="打开公开的网页").wait_for()
    expect(page.get_by_role("alert")).to_have_count(0)
    axe_clean(page)
