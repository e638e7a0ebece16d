"""The reader in a real browser: both sides follow each other, words chosen become an item, axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from luoshi.store.models import Matter

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
    assert "here" in (page.locator(f"#i-{item}").get_attribute("class") or "")
    assert page.url.endswith(f"#i-{item}")
    other = page.locator("[data-card]").last
    other.locator("[data-words]").click()
    assert page.locator(f".promise.here[data-item={other.get_attribute('data-card')}]").count() >= 1
    assert page.locator(f"#i-{item}.here").count() == 0


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
    wanted = page.locator("#id_quote").input_value()
    page.locator("#id_title").fill("补出来的事项")
    page.get_by_role("button", name="补上").click()
    assert page.get_by_role("status").first.inner_text().startswith("✓") or "已更正" in page.content()
    assert page.locator(".item-title", has_text="补出来的事项").count() == 1
    assert len(wanted) >= 4
    assert Matter.objects.filter(title="补出来的事项").count() == 1
