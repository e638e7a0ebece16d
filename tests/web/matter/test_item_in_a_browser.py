"""The page of an item as people meet it: at a desk, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast

WIDTHS = ("desktop", "phone")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("part", ["liaison", "supervisor"])
def test_the_item_is_clean_at_every_width(  # noqa: PLR0917 -- pytest hands these in
    open_page: Any, axe_clean: Any, shot: Any, lasting_play: Cast, width: str, part: str
) -> None:
    page = open_page(f"/items/{lasting_play.matter}/", width, signed_in=lasting_play.people[part])
    shot(page, f"item-{part}-{width}")
    axe_clean(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_unit_reports_on_the_page_itself(
    open_page: Any, axe_clean: Any, shot: Any, lasting_play: Cast, width: str
) -> None:
    page = open_page(f"/items/{lasting_play.matter}/", width, signed_in=lasting_play.people["liaison"])
    page.get_by_role("link", name="反馈进展").first.click()
    page.wait_for_selector(".move-form")
    page.get_by_label("自报进度%").fill("60")
    page.get_by_label("进展情况").fill("道面完成 1,200 米")
    shot(page, f"report-{width}")
    axe_clean(page)
    page.get_by_role("button", name="反馈进展").click()
    page.wait_for_selector(".banner-good")
    assert "反馈待审" in page.inner_text(".item-head")
    assert lasting_play.body().reported == 60


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("place", ["schedule/", "moves/set_nodes/", "moves/set_procedure/"])
def test_the_schedule_and_what_changes_it_are_clean(  # noqa: PLR0917 -- pytest hands these in
    open_page: Any, axe_clean: Any, shot: Any, lasting_play: Cast, place: str, width: str
) -> None:
    page = open_page(f"/items/{lasting_play.matter}/{place}", width, signed_in=lasting_play.people["supervisor"])
    shot(page, f"item-{place.strip('/').replace('/', '-')}-{width}")
    axe_clean(page)
