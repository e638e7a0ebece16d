"""Everybody walks what the site offers them: every link leads somewhere, every page is whole, no form falls over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from sweeps.walking import PEOPLE, Form, Seen, kind_of, look, walk

from luoshi.store.models import Ballot, Matter, Person, Post, ReportBody, Unit

pytestmark = pytest.mark.django_db  # a database is made only where a test says that it needs one
MOST_QUERIES = 30
_LEAVES = ("account_logout", "choose")  # leaving, and the choice of a language, are looked at in tests of the shell


@pytest.fixture
def client_of(settings: Any) -> Any:
    def enter(role: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(Person.objects.get(username=PEOPLE[role]), settings.AUTHENTICATION_BACKENDS[1])
        return client

    return enter


@pytest.mark.usefixtures("district")
@pytest.mark.parametrize("role", PEOPLE)
def test_what_the_site_offers_somebody_is_there_and_whole(client_of: Any, role: str) -> None:
    client = client_of(role)
    seen = list(walk(client))
    told = [f"{one.address} (from {one.source}): {fault}" for one in seen for fault in faults(one)]
    told += in_english(client, seen)
    told += sent_empty(client, seen)
    assert len(seen) > 5
    assert told == [], "\n".join(told)


def faults(seen: Seen) -> Iterator[str]:
    if seen.status != 200:
        yield f"answers {seen.status}"
    elif seen.queries > MOST_QUERIES:
        yield f"{seen.queries} queries"
    if seen.status == 200 and seen.is_page and "/public/" not in seen.address:
        yield from seen.faults()


def in_english(client: Client, seen: list[Seen]) -> Iterator[str]:
    """One page of each view, read in English."""
    own = "\n".join(data())
    pages = {kind_of(urlsplit(one.address).path): one for one in reversed(seen) if one.is_page and one.status == 200}
    client.cookies["luoshi_language"] = "en"
    for one in pages.values():
        page = look(client, one.address)
        if page.status != 200 or page.tree.css_first("html").attributes.get("lang") != "en":
            yield f"{one.address}: in English it answers {page.status}"
        elif left := page.chinese_left(own):
            yield f"{one.address}: Chinese in the English page: {left[:6]}"
    del client.cookies["luoshi_language"]


def data() -> Iterator[str]:
    """What the site was given in Chinese: the reports, items, units, people and posts."""
    yield from ReportBody.objects.values_list("text", flat=True)
    for named in ("title", "lead_name"):
        yield from Matter.objects.values_list(named, flat=True)
    yield from Ballot.objects.values_list("title", flat=True)
    for model in (Unit, Person):
        yield from model.objects.values_list("name", flat=True)
    yield from Unit.objects.values_list("short_name", flat=True)
    yield from Post.objects.values_list("title", flat=True)


def sent_empty(client: Client, seen: list[Seen]) -> Iterator[str]:
    """Every form, one of each kind, sent without a word in it; what that changes is taken back."""
    forms: dict[str, tuple[Form, str]] = {}
    for page in seen:
        if page.is_page and page.status == 200:
            for form in page.forms:
                forms.setdefault(kind_of(form.action), (form, page.address))
    for kind, (form, source) in forms.items():
        if kind.split(" ")[0] not in _LEAVES:
            with transaction.atomic():
                answer = client.post(form.action, form.given)
                transaction.set_rollback(True)
            yield from (f"{form.action} (a form of {source}), sent empty: {fault}" for fault in of_answer(answer))


def of_answer(answer: Any) -> Iterator[str]:
    if answer.status_code in (200, 302, 303):
        return
    if answer.status_code not in (400, 409, 422):
        yield f"answers {answer.status_code}"
    elif b'role="alert"' not in answer.content:
        yield f"answers {answer.status_code} and does not say why"
