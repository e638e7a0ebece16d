"""The reader in a real browser: both sides follow each other, words chosen become an item, axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from luoshi.examples import sample
from luoshi.problems import problem
from luoshi.store.models import Matter
from luoshi.store.uploads import Found, finish, uploads_of

if TYPE_CHECKING:
    from casting import Cast
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)


PAGES = ["", "{pk}/", "{pk}/?q=项目&unread=1", "new/", "{pk}/items/i16/", "{pk}/figures/f3/", "{pk}/add/",
         "{pk}/units/", "{pk}/corrections/"]  # fmt: skip


@pytest.fixture
def clean(
    open_page: Callable[..., Page], axe_clean: Callable[[Page], None], shot: Callable[[Page, str], None]
) -> Callable[[str, str, object], Page]:
    """``clean(address, width, person)``: the page, looked at by axe and pictured."""

    def look(there: str, width: str, person: object) -> Page:
        page = open_page(there, width, signed_in=person)
        shot(page, f"reader{''.join(one if one.isalpha() else '_' for one in there)}-{width}")
        axe_clean(page)
        return page

    return look


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("place", PAGES)
def test_every_page_is_clean_and_fits(
    lasting_cast: Cast, clean: Callable[[str, str, object], Page], width: str, place: str
) -> None:
    assert lasting_cast.report is not None
    clean(f"/reports/{place.format(pk=lasting_cast.report.pk)}", width, lasting_cast.people["supervisor"])


def test_either_side_leads_to_the_other(lasting_cast: Cast, open_page: Callable[..., Page]) -> None:
    assert lasting_cast.report is not None
    page = open_page(f"/reports/{lasting_cast.report.pk}/", signed_in=lasting_cast.people["supervisor"])
    item = Matter.objects.get(pk=lasting_cast.matter).item
    page.locator(f".promise[data-item={item}]").first.click()
    expect(page.locator(f"#i-{item}.here")).to_have_count(1)
    expect(page).to_have_url(re.compile(f"#i-{item}$"))
    other = page.locator("[data-card]").last
    other.locator("[data-words]").click()
    expect(page.locator(f".promise.here[data-item={other.get_attribute('data-card')}]").first).to_be_visible()
    expect(page.locator(f"#i-{item}.here")).to_have_count(0)


def test_words_that_are_chosen_become_an_item(lasting_cast: Cast, open_page: Callable[..., Page]) -> None:
    assert lasting_cast.report is not None
    page = open_page(f"/reports/{lasting_cast.report.pk}/", signed_in=lasting_cast.people["supervisor"])
    page.evaluate(
        """() => {
            const words = document.querySelector(".reader-text .words:nth-of-type(4)");
            const range = document.createRange();
            range.selectNodeContents(words);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.locator(".selecting").click()
    expect(page.locator("#id_quote")).to_have_value(re.compile(".{4,}"))
    page.locator("#id_title").fill("补出来的事项")
    page.get_by_role("button", name="补上").click()
    expect(page.locator(".item-title", has_text="补出来的事项")).to_have_count(1)
    assert Matter.objects.filter(title="补出来的事项").count() == 1


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_from_a_file_to_its_items_with_confirmed_units(
    lasting_cast: Cast, clean: Callable[[str, str, object], Page], axe_clean: Callable[[Page], None],
    shot: Callable[[Page, str], None], width: str,
) -> None:  # fmt: skip
    page = clean("/reports/new/", width, lasting_cast.people["supervisor"])
    page.set_input_files("#id_file", str(sample("songgang-2021")))
    page.get_by_role("button", name="上传并读").click()
    page.get_by_role("button", name="整份导入").wait_for()
    shot(page, f"reader-preview-{width}")
    axe_clean(page)
    page.get_by_role("button", name="整份导入").click()
    page.locator(".reader-text").wait_for()
    shot(page, f"reader-whole-{width}")
    axe_clean(page)
    page.get_by_role("link", name="确认单位").click()
    whole = page.get_by_role("button", name="这个单位的全部确认").and_(page.locator(":enabled")).first
    unit = whole.get_attribute("value")
    whole.click()
    expect(page.get_by_role("status").filter(has_text="已确认")).to_have_count(1)
    shot(page, f"reader-confirmed-{width}")
    page.get_by_role("link", name="松岗区人民政府工作报告").click()
    page.locator("#id_unit").select_option(unit)
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("#id_unit")).to_have_value(str(unit))
    led = page.locator(".item-units").filter(has_text=re.compile(rf"^\s*{unit}"))
    expect(led.first).to_be_visible()
    expect(led.filter(has_not_text="已确认")).to_have_count(0)


def test_a_file_that_cannot_be_read_and_one_that_waits(
    lasting_cast: Cast, clean: Callable[[str, str, object], Page], axe_clean: Callable[[Page], None]
) -> None:
    page = clean("/reports/new/", "phone", lasting_cast.people["supervisor"])
    page.set_input_files("#id_file", {"name": "报告.txt", "mimeType": "text/plain", "buffer": b"abc"})
    page.get_by_role("button", name="上传并读").click()
    page.locator("#waiting").wait_for()
    axe_clean(page)
    (one,) = uploads_of(lasting_cast.people["supervisor"].pk)
    finish(one.key, one.attempt, Found("", None, (problem("I005", name="报告.txt"),)))
    page.get_by_role("button", name="再读一次").wait_for()
    axe_clean(page)
    expect(page.locator("main")).to_contain_text("一个字节也没有")


def test_an_item_is_put_right_and_taken_back(lasting_cast: Cast, open_page: Callable[..., Page]) -> None:
    assert lasting_cast.report is not None
    page = open_page(f"/reports/{lasting_cast.report.pk}/", signed_in=lasting_cast.people["supervisor"])
    page.locator("[data-card]").first.get_by_role("link", name="更正").click()
    before = page.locator("#id_title").input_value()
    page.locator("#id_title").fill("改过的事项")
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator("h1")).to_have_text("改过的事项")
    page.get_by_role("link", name="松岗区人民政府工作报告").click()
    page.get_by_role("link", name="更正记录").click()
    page.get_by_role("button", name="撤回第 1 条").click()
    expect(page.get_by_role("button", name="撤回第 1 条")).to_have_count(0)
    page.get_by_role("link", name="松岗区人民政府工作报告").click()
    expect(page.locator(".item-title").first).to_have_text(before)


def test_keys_go_from_item_to_item(lasting_cast: Cast, open_page: Callable[..., Page]) -> None:
    assert lasting_cast.report is not None
    page = open_page(f"/reports/{lasting_cast.report.pk}/", signed_in=lasting_cast.people["supervisor"])
    cards = page.locator("[data-card]")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".item.here")).to_have_id(str(cards.nth(1).get_attribute("id")))
    page.keyboard.press("k")
    expect(page.locator(".item.here")).to_have_id(str(cards.nth(0).get_attribute("id")))
    page.locator("#id_q").press("j")
    expect(page.locator("#id_q"), "in a field keys are letters").to_have_value("j")


def test_a_question_mark_lists_the_keys_and_they_do_what_it_says(
    lasting_cast: Cast, open_page: Callable[..., Page], axe_clean: Callable[[Page], None]
) -> None:
    assert lasting_cast.report is not None
    there = f"/reports/{lasting_cast.report.pk}/"
    page = open_page(f"{there}?q=机场", signed_in=lasting_cast.people["supervisor"])
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    axe_clean(page)
    page.keyboard.press("j")
    expect(page.locator(".item.here"), "keys wait while the table is read").to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("j")
    here = page.locator(".item.here")
    expect(here).to_have_count(1)
    page.keyboard.press("g")
    expect(page.locator(".reader-text a:focus")).to_have_class(re.compile("here"))
    page.keyboard.press("g")
    expect(here.locator("[data-words]")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("[data-hits]")).to_have_text(re.compile(r"^\s*(2 /|1 / 1)"))
    page.keyboard.press("/")
    expect(page.locator("#id_q")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile(r"/items/i\d+/$"))
    page.go_back()
    page.keyboard.press("u")
    expect(page).to_have_url(re.compile("/units/$"))


def test_the_map_leads_to_its_sections(lasting_cast: Cast, open_page: Callable[..., Page]) -> None:
    assert lasting_cast.report is not None
    page = open_page(f"/reports/{lasting_cast.report.pk}/", signed_in=lasting_cast.people["supervisor"])
    last = page.locator(".map-reach a").last
    last.click()
    expect(page.locator(str(last.get_attribute("href")))).to_be_in_viewport()


def test_places_found_are_gone_through(lasting_cast: Cast, open_page: Callable[..., Page]) -> None:
    assert lasting_cast.report is not None
    page = open_page(f"/reports/{lasting_cast.report.pk}/?q=机场", signed_in=lasting_cast.people["supervisor"])
    expect(page.locator("mark.here")).to_have_id("hit-1")
    page.get_by_role("button", name="下一处").click()
    expect(page.locator("mark.here")).to_have_count(1)
    expect(page.locator("[data-hits]")).to_have_text(re.compile(r"^\s*(2 /|1 / 1)"))
