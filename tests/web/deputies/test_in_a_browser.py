"""The deputies' pages in a browser: a vote by keyboard, axe, both widths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from luoshi.store.balloting import advance_ballot, cast_votes

if TYPE_CHECKING:
    from casting import Cast

    from conftest import Poll

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_ballot_from_opening_to_result(  # noqa: PLR0917 -- fixtures
    cast: Cast, poll: Poll, open_page: Callable[..., Any], axe_clean: Callable[..., None],
    shot: Callable[..., None], width: str,
) -> None:  # fmt: skip
    at = f"/deputies/ballots/{poll.ballot.pk}/"
    office = open_page(at, width, signed_in=cast.people["supervisor"])
    office.get_by_role("button", name="开始投票").click()
    deputy = open_page(at, width, signed_in=cast.people["deputy"])
    deputy.get_by_role("radio", name="基本满意").check()
    axe_clean(deputy)
    shot(deputy, f"deputies-vote-{width}")
    deputy.get_by_role("button", name="投票", exact=True).click()
    expect(deputy.get_by_text("您已经投过")).to_be_visible()
    office.reload()
    expect(office.get_by_role("img", name="二维码")).to_be_visible()
    axe_clean(office)
    office.get_by_role("button", name="截止").click()
    expect(office.get_by_text("100.0%")).to_be_visible()
    axe_clean(office)
    shot(office, f"deputies-result-{width}")
    deputy.reload()
    expect(deputy.get_by_text("结果公布以后在这里看")).to_be_visible()
    office.get_by_role("button", name="公布结果").click()
    expect(office.get_by_role("button", name="公布结果")).to_have_count(0)
    deputy.reload()
    expect(deputy.get_by_text("100.0%")).to_be_visible()
    axe_clean(deputy)
    with deputy.expect_download() as down:
        deputy.get_by_role("link", name="Excel").click()
    assert down.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_first_page_and_the_draft(  # noqa: PLR0917 -- fixtures
    cast: Cast, poll: Poll, open_page: Callable[..., Any], axe_clean: Callable[..., None],
    shot: Callable[..., None], width: str,
) -> None:  # fmt: skip
    advance_ballot(poll.ballot, "open", cast.by("supervisor"), expected=0)
    cast_votes(poll.ballot, {poll.row: "good"}, date(2023, 3, 1), cast.by("deputy"))
    for name, path in (("index", "/deputies/"), ("draft", "/deputies/ballots/new/")):
        page = open_page(path, width, signed_in=cast.people["supervisor"])
        axe_clean(page)
        shot(page, f"deputies-{name}-{width}")
