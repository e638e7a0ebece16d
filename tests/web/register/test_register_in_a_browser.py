"""The register as people meet it: at a desk, on a phone."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

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


@pytest.fixture
def signed(lasting_cast: Cast, settings: Any, tmp_path: Path) -> Cast:
    """The item of the cast is signed for; what is put in the queue is done before the page answers."""
    settings.LUOSHI_HOME = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    lasting_cast.assigned()
    lasting_cast.move("liaison", "sign")
    return lasting_cast


@pytest.mark.parametrize("width", WIDTHS)
def test_the_office_takes_a_table_out_and_hands_it_in(
    open_page: Any, axe_clean: Any, shot: Any, signed: Cast, width: str
) -> None:
    page = open_page("/register/?words=通用机场", width, signed_in=signed.people["supervisor"])
    page.locator("details.working summary").click()
    shot(page, f"register-working-{width}")
    axe_clean(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载 CSV").click()
    text = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    rows[1][rows[0].index("备注")] = "市里要看"
    filled = StringIO()
    csv.writer(filled).writerows(rows)
    page.get_by_role("link", name="交回填好的").click()
    page.get_by_label("填好的填报表").set_input_files(
        {"name": "填报表.csv", "mimeType": "text/csv", "buffer": filled.getvalue().encode()}
    )
    shot(page, f"register-back-{width}")
    axe_clean(page)
    page.get_by_role("button", name="上传并比较").click()
    expect(page.get_by_role("cell", name="市里要看")).to_be_visible()
    shot(page, f"register-returned-{width}")
    axe_clean(page)
    page.get_by_role("button", name="整份写入").click()
    page.wait_for_url("**/register/?report=*")
    assert signed.body().remark == "市里要看"


def test_a_table_with_errors_is_clean_too(open_page: Any, axe_clean: Any, shot: Any, signed: Cast) -> None:
    page = open_page("/register/back/", "phone", signed_in=signed.people["liaison"])
    page.get_by_label("填好的填报表").set_input_files(
        {"name": "别的.csv", "mimeType": "text/csv", "buffer": "甲,乙\n1,2\n".encode()}
    )
    page.get_by_role("button", name="上传并比较").click()
    expect(page.get_by_text("T113")).to_be_visible()
    shot(page, "register-refused-phone")
    axe_clean(page)


def test_a_kept_view_is_changed_with_the_keyboard(open_page: Any, axe_clean: Any, shot: Any, signed: Cast) -> None:
    page = open_page("/register/?phase=setup", signed_in=signed.people["supervisor"])
    page.get_by_text("保存当前视图").press("Enter")
    page.get_by_label("名称", exact=True).fill("立项中的")
    page.get_by_role("button", name="保存", exact=True).press("Enter")
    page.get_by_label("改视图 立项中的").press("Enter")
    shot(page, "register-view-edit")
    axe_clean(page)
    page.locator(".view-edit").get_by_label("名称").fill("还没办的")
    page.locator(".view-edit").get_by_role("button", name="改好").press("Enter")
    expect(page.get_by_role("link", name="还没办的")).to_be_visible()
