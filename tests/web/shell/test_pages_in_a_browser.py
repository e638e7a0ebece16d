"""The shell as people meet it: a real browser, both widths, axe, no complaint of the content security policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from luoshi.store.models import Person

PASSWORD = "Qinghe-2026"
Open = Callable[..., Any]
Check = Callable[[Any], None]
Shot = Callable[[Any, str], None]
WIDTHS = ("desktop", "phone")
ACCOUNT = ("/account/", "/account/password/", "/account/key/")


@pytest.mark.usefixtures("with_gallery")
@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_clean(open_page: Open, axe_clean: Check, shot: Shot, width: str) -> None:
    page = open_page("/gallery/", width)
    axe_clean(page)
    shot(page, f"gallery-{width}")
    for details in page.locator("details.chart-numbers").all():
        details.locator("summary").click()
    axe_clean(page)


@pytest.mark.usefixtures("with_gallery")
@pytest.mark.parametrize("width", WIDTHS)
def test_a_dialog_opens_takes_the_focus_and_closes_by_escape(open_page: Open, axe_clean: Check, width: str) -> None:
    page = open_page("/gallery/", width)
    dialog = page.locator("#sure")
    assert not dialog.is_visible()
    opener = page.get_by_role("button", name="申请延期")
    opener.focus()
    page.keyboard.press("Space")
    assert dialog.is_visible()
    axe_clean(page)
    page.keyboard.press("Escape")
    assert not dialog.is_visible()


@pytest.mark.usefixtures("with_gallery")
def test_the_box_in_the_head_chooses_the_rows_of_the_page(open_page: Open) -> None:
    page = open_page("/gallery/")
    page.get_by_label("全选本页").check()
    boxes = page.locator("input[name=chosen]")
    assert boxes.count() == 12
    assert all(box.is_checked() for box in boxes.all())


@pytest.mark.usefixtures("with_gallery")
def test_the_list_of_errors_has_the_focus_and_leads_to_the_field(open_page: Open) -> None:
    page = open_page("/gallery/")
    assert page.evaluate("document.activeElement.className") == "summary"
    page.locator(".summary a").first.click()
    assert page.evaluate("document.activeElement.name") == "name"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_signing_in_and_out(person: Person, open_page: Open, axe_clean: Check, shot: Shot, width: str) -> None:
    page = open_page("/", width)
    axe_clean(page)
    page.get_by_label("用户名").fill(person.username)
    page.get_by_label("密码", exact=True).fill("wrong")
    page.get_by_role("button", name="登录").click()
    page.locator(".summary").wait_for()
    axe_clean(page)
    shot(page, f"login-{width}")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("summary", has_text="督查室 督查专员").click()
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/account/login/")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_an_account_are_clean(
    person: Person, open_page: Open, axe_clean: Check, shot: Shot, width: str
) -> None:
    for address in ACCOUNT:
        page = open_page(address, width, signed_in=person)
        axe_clean(page)
        shot(page, f"{address.strip('/').replace('/', '-')}-{width}")


@pytest.mark.usefixtures("with_gallery")
def test_large_text_and_english_are_chosen_without_script_and_stay(open_page: Open, axe_clean: Check) -> None:
    page = open_page("/gallery/", "phone")
    page.get_by_role("button", name="大字").click()
    page.locator("html.large").wait_for()
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert page.get_by_role("heading", level=1).inner_text().startswith("Components")
    axe_clean(page)


@pytest.mark.usefixtures("with_gallery")
def test_a_page_loads_no_more_than_100_kb_of_script(open_page: Open) -> None:
    page = open_page("/gallery/")
    sizes = "performance.getEntriesByType('resource').filter(one => one.initiatorType === 'script')"
    loaded = page.evaluate(f"{sizes}.map(one => [new URL(one.name).origin === location.origin, one.decodedBodySize])")
    assert all(own for own, _ in loaded)
    assert 0 < sum(size for _, size in loaded) <= 100_000
