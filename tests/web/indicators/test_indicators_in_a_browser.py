"""The indicators as people meet them: at a desk, on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from luoshi.store.models import Matter, Reading

if TYPE_CHECKING:
    from casting import Cast

WIDTHS = ("desktop", "phone")


def led(cast: Cast) -> Cast:
    """The item of 重点项目 is led by 区交通运输局."""
    unit = cast.units["区交通运输局"]
    Matter.objects.filter(item="i19").update(lead=unit, lead_name=unit.name)
    Matter.objects.get(item="i19").parts.update_or_create(unit=unit, defaults={"part": "lead"})
    return cast


@pytest.mark.parametrize("width", WIDTHS)
def test_a_unit_enters_a_reading_and_revises_it(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    cast = led(lasting_cast)
    page = open_page("/indicators/", width, signed_in=cast.people["liaison"])
    axe_clean(page)
    page.get_by_role("link", name="重点项目").click()
    for when, value in (("2023年1—3月", "18"), ("2023年1—6月", "41"), ("2023年1—9月", "60"), ("2023年1—9月", "62")):
        page.get_by_label("时期").fill(when)
        page.get_by_label("数值").fill(value)
        page.get_by_role("button", name="录入").click()
        page.wait_for_selector(".banner")
    assert "这一期已经有数" in page.inner_text("#enter")
    shot(page, f"indicator-asked-{width}")
    axe_clean(page)
    page.get_by_role("button", name="录入").click()
    page.wait_for_selector(".banner-good")
    axe_clean(page)
    shot(page, f"indicator-{width}")
    assert Reading.objects.filter(indicator="重点项目").count() == 4
    page.goto(page.url.rsplit("/", 4)[0] + "/indicators/?read=yes")
    shot(page, f"indicators-{width}")
    axe_clean(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_office_sets_a_path_and_brings_a_table_in(
    open_page: Any, axe_clean: Any, shot: Any, lasting_cast: Cast, width: str
) -> None:
    assert lasting_cast.report is not None
    office = lasting_cast.people["supervisor"]
    page = open_page(f"/indicators/{lasting_cast.report.pk}/import/", width, signed_in=office)
    rows = "指标,时期,数值,单位\n重点项目,2023年1—6月,41,个\n重点项目,2023年1—9月,62,个\n"
    page.get_by_label("读数表").set_input_files({"name": "读数.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    page.get_by_role("button", name="看看会怎样").click()
    page.wait_for_selector("#preview")
    shot(page, f"import-{width}")
    axe_clean(page)
    page.get_by_role("button", name="全部导入").click()
    page.wait_for_selector(".banner-good")
    page.get_by_role("link", name="重点项目").click()
    page.get_by_text("设路径").click()
    page.get_by_label("节点").fill("2023年6月 50")
    page.locator("#path select[name=path]").select_option("stepwise")
    shot(page, f"indicator-path-{width}")
    axe_clean(page)
    page.get_by_role("button", name="保存路径").click()
    page.wait_for_selector(".banner-good")
    assert "分步" in page.inner_text("aside")


def test_filters_change_the_list_in_place_and_stand_in_the_address(
    open_page: Any, axe_clean: Any, lasting_cast: Cast
) -> None:
    page = open_page("/indicators/", signed_in=lasting_cast.people["supervisor"])
    page.evaluate("window.still = true")
    page.get_by_label("查找").fill("重点项目")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("#targets tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("words="))
    assert page.evaluate("window.still"), "the page itself was not loaded again"
    axe_clean(page)
    page.get_by_role("link", name="重点项目", exact=True).click()
    expect(page.locator("h1")).to_have_text("重点项目")
