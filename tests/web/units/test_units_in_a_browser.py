"""The pages of units as people meet them: at a desk, on a phone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from luoshi.store.acting import SYSTEM
from luoshi.store.models import PostHolder
from luoshi.store.people import add_post, hand_over

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


def test_a_unit_disputes_what_is_not_its_own(open_page: Any, axe_clean: Any, lasting_cast: Cast) -> None:
    lasting_cast.assigned()
    unit = lasting_cast.units["区交通运输局"].pk
    page = open_page(f"/units/{unit}/", signed_in=lasting_cast.people["head"])
    page.get_by_role("link", name="提出职责异议").first.click()
    page.wait_for_url("**/moves/dispute/**")
    axe_clean(page)
    page.get_by_label("理由").fill("跑道由开发区建设，请改派")
    page.get_by_role("button", name="提出职责异议").click()
    page.wait_for_selector(".banner-good")
    assert lasting_cast.body().state == "disputed"


@pytest.mark.parametrize("width", WIDTHS)
def test_a_unit_reports(open_page: Any, axe_clean: Any, lasting_play: Cast, width: str) -> None:
    page = open_page(f"/items/{lasting_play.matter}/moves/report/", width, signed_in=lasting_play.people["liaison"])
    axe_clean(page)
    page.get_by_label("自报进度%").fill("45")
    page.get_by_label("进展情况").fill("面层完成 500 米")
    page.get_by_label("存在问题").fill("雨天多")
    page.get_by_label("下一步措施").fill("六月完成面层")
    page.get_by_label("原因").select_option("weather")
    page.get_by_role("button", name="反馈进展").click()
    page.wait_for_selector(".banner-good")
    assert (lasting_play.body().state, str(lasting_play.body().reported)) == ("reported", "45")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_unit_asks_for_help_and_the_office_settles_it(
    open_page: Any, axe_clean: Any, shot: Any, lasting_play: Cast, width: str
) -> None:
    page = open_page(f"/items/{lasting_play.matter}/moves/ask/", width, signed_in=lasting_play.people["liaison"])
    axe_clean(page)
    shot(page, f"ask-{width}")
    page.get_by_label("需协调事项").fill("请区水务局移改管线")
    page.get_by_role("button", name="请求协调").click()
    page.wait_for_selector(".banner-good")
    assert lasting_play.body().ask == "请区水务局移改管线"
    office = open_page(
        f"/items/{lasting_play.matter}/moves/settle_ask/", width, signed_in=lasting_play.people["supervisor"]
    )
    axe_clean(office)
    office.get_by_label("理由").fill("管线已移改")
    office.get_by_role("button", name="协调事项已解决").click()
    office.wait_for_selector(".banner-good")
    assert lasting_play.body().ask == ""


@pytest.mark.parametrize("width", WIDTHS)
def test_a_post_is_handed_over_with_its_sheet(
    open_page: Any, axe_clean: Any, shot: Any, lasting_play: Cast, width: str
) -> None:
    unit = lasting_play.units["区交通运输局"]
    post = add_post(SYSTEM, "jt-liaison", unit, "联络员", "liaison")
    hand_over(post, lasting_play.people["liaison"], date(2023, 1, 1), SYSTEM)
    page = open_page(f"/units/{unit.pk}/posts/{post.pk}/", width, signed_in=lasting_play.people["head"])
    axe_clean(page)
    page.get_by_label("交给谁").select_option(label="交通局局长")
    page.get_by_role("button", name="看交接清单").click()
    page.get_by_role("button", name="确认交接").wait_for()
    shot(page, f"handover-{width}")
    axe_clean(page)
    page.get_by_role("button", name="确认交接").click()
    page.wait_for_selector(".banner-good")
    assert PostHolder.objects.filter(post=post).order_by("-since").first().person == lasting_play.people["head"]  # type: ignore[union-attr]
