"""The deputies' pages in a browser: a vote by keyboard, axe, both widths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

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
    assert deputy.get_by_text("您已经投过").is_visible()
    office.reload()
    office.get_by_role("button", name="截止").click()
    axe_clean(office)
    shot(office, f"deputies-result-{width}")
    assert office.get_by_text("100.0%").is_visible()


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
