"""The pages of units as people meet them: at a desk, on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from casting import Cast

WIDTHS = ("desktop", "phone")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_unit_signs_for_what_it_was_given(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    lasting_cast.assigned()
    unit = lasting_cast.units["区交通运输局"].pk
    page = open_page(f"/units/{unit}/", width, signed_in=lasting_cast.people["head"])
    shot(page, f"unit-{width}")
    axe_clean(page)
    page.get_by_role("button", name="签收选中的").click()
    page.wait_for_selector(".banner-good")
    assert lasting_cast.body().state == "signed"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_office_sees_every_unit(open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str) -> None:
    lasting_cast.assigned()
    page = open_page("/units/", width, signed_in=lasting_cast.people["supervisor"])
    shot(page, f"units-{width}")
    axe_clean(page)
