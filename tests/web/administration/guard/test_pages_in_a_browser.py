"""Every page of administration: axe finds nothing, nothing is wider than the window, few questions are asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from luoshi.store.entrances import require_keys

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client
    from playwright.sync_api import Page

PAGES = {
    "security_admin": (
        "", "people/", "security/", "security/lockouts/", "security/sessions/", "security/accounts/", "security/roles/",
        "security/tokens/", "security/auditors/", "labels/changes/", "mine/sessions/", "mine/notices/", "mine/tokens/",
    ),
    "system_admin": ("", "people/new/", "calendar/", "profiles/", "backups/", "failed/", "doctor/"),
    "auditor": ("record/", "record/3/", "record/verified/", "record/seal/"),
    "director": ("labels/", "labels/?of=evidence", "labels/?of=report", "labels/?of=proposed", "labels/changes/"),
}  # fmt: skip
EACH = [(part, page) for part, pages in PAGES.items() for page in pages]


@pytest.fixture
def site_day() -> date:
    return date(2023, 5, 20)


@pytest.fixture
def look(open_page: Callable[..., Page], axe_clean: Any, shot: Any) -> Callable[..., None]:
    """Open a page as somebody, let axe look at it, take a picture."""

    def go(page: str, width: str, person: Any) -> None:
        shown = open_page(f"/administration/{page}", width, signed_in=person)
        axe_clean(shown)
        shot(shown, f"admin-{page.strip('/').replace('/', '-').replace('?', '-') or 'index'}-{width}")

    return go


@pytest.mark.parametrize(("part", "page"), EACH)
def test_a_page_asks_the_database_little(
    at_desk: Callable[[str], Client], part: str, page: str, django_assert_max_num_queries: Any
) -> None:
    client = at_desk(part)
    with django_assert_max_num_queries(30):
        assert client.get(f"/administration/{page}").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("part", PAGES)
def test_axe_finds_nothing_on_any_page(lasting_cast: Cast, look: Callable[..., None], part: str, width: str) -> None:
    if part == "security_admin":
        require_keys(["auditor"], lasting_cast.by(part))
    for page in PAGES[part]:
        look(page, width, lasting_cast.people[part])


@pytest.mark.django_db(transaction=True)
def test_a_seal_is_noted_and_compared_later(lasting_cast: Cast, open_page: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    page = open_page("/administration/record/seal/", signed_in=lasting_cast.people["auditor"])
    line = page.get_by_label("整行").input_value()
    page.get_by_label("抄在哪里").fill("打印件，2 号柜")
    page.get_by_role("button", name="记下").click()
    expect(page.get_by_role("cell", name="打印件，2 号柜")).to_be_visible()
    page.get_by_label("以前抄下的封条").fill(line)
    page.get_by_role("button", name="对照").click()
    expect(page.get_by_text("全部相符")).to_be_visible()
