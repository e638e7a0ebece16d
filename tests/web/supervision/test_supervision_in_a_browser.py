"""Supervision in a real browser: axe finds nothing, every page fits a phone, and the main job is done by clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from luoshi.store.inspecting import find_fault, plan_visits, step_visit

if TYPE_CHECKING:
    from casting import Cast
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("", "queues/late/", "slips/", "inspections/", "inspections/{visit}/", "findings/", "lookback/", "papers/",
         "notice/", "today/", "made/")  # fmt: skip


def visited(cast: Cast) -> int:
    by = cast.by("supervisor")
    (visit,) = plan_visits([(cast.units["区交通运输局"], date(2023, 5, 18), "松岗通用机场跑道延长")], by)
    step_visit(visit.pk, "held", by, expected=0, report="现场进度慢")
    find_fault(visit, "台账与现场不符", "十日内补齐", date(2023, 5, 30), by)
    return visit.pk


@pytest.fixture
def look(
    open_page: Callable[..., Page], axe_clean: Callable[[Page], None], shot: Callable[[Page, str], None]
) -> Callable[[str, str, object], None]:
    """``look(address, width, person)``: the page, pictured and looked at by axe."""

    def go(there: str, width: str, person: object) -> None:
        page = open_page(there, width, signed_in=person)
        shot(page, f"{there.strip('/').replace('/', '-')}-{width}")
        axe_clean(page)

    return go


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("place", PAGES)
def test_every_page_is_clean_and_fits(
    lasting_run: Cast, look: Callable[[str, str, object], None], width: str, place: str
) -> None:
    there = place.format(visit=visited(lasting_run))
    look(f"/supervision/{there}", width, lasting_run.people["supervisor"])


def test_the_office_chases_a_late_item(lasting_run: Cast, open_page: Callable[..., Page]) -> None:
    page = open_page("/supervision/", signed_in=lasting_run.people["supervisor"])
    page.get_by_role("link", name="该催的").click()
    page.get_by_role("checkbox", name="全选本页").check()
    page.get_by_role("button", name="催办选中的").click()
    page.get_by_text("催办：已办 1 项").wait_for()
    assert lasting_run.body().state == "reminded"
