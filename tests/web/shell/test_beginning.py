"""How a session begins: on record, with its place; what it owes comes first; after twelve hours it ends."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from second_keys import switch_on

from luoshi.store.acting import SYSTEM
from luoshi.store.entrances import KEY_ROLES, require_keys
from luoshi.store.models import LedgerEntry, Person, Setting
from luoshi.web.shell import beginning

PASSWORD, NEW = "Qinghe-2026", "Another-2026x"
PASSWORD_PAGE, KEY_PAGE = "/account/password/", "/account/key/"


def enter(client: Client, **more: Any) -> Any:
    return client.post("/account/login/", {"login": "li", "password": PASSWORD}, **more)


def aged(person: Person, days: float | None) -> None:
    """The password of ``person`` was set so many days ago; None: an administrator set it."""
    at = None if days is None else timezone.now() - timedelta(days=days)
    Person.objects.filter(pk=person.pk).update(password_set=at)


def actions() -> list[str]:
    return list(LedgerEntry.objects.order_by("sequence").values_list("action", flat=True))


def test_signing_in_and_out_are_on_record_with_the_place(person: Person, client: Client) -> None:
    aged(person, 1)
    enter(client, REMOTE_ADDR="10.1.2.3")
    done = LedgerEntry.objects.get(action="sign_in.done")
    assert (done.person_id, done.role, done.summary) == (person.pk, "office", "10.1.2.3")
    client.post("/account/logout/")
    assert actions()[-1] == "sign_in.left"


def test_if_signing_in_cannot_be_recorded_nobody_comes_in(
    person: Person, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged(person, 1)

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr(beginning, "record", fail)
    client.raise_request_exception = False
    assert enter(client).status_code == 500
    monkeypatch.undo()
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(("days", "first"), [(None, True), (91, True), (89, False)])
def test_a_first_or_old_password_is_changed_before_anything_else(
    person: Person, client: Client, days: float | None, first: bool
) -> None:
    aged(person, days)
    enter(client)
    answer = client.get("/register/")
    assert (answer.status_code == 302 and answer.headers["Location"] == PASSWORD_PAGE) is first
    if first:
        assert "先改密码" in client.get(PASSWORD_PAGE).content.decode()
        client.post(PASSWORD_PAGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
        assert client.get("/register/").status_code == 200
        assert actions()[-1] == "person.password"


def test_how_long_a_password_lasts_is_the_site_s_choice(person: Person, client: Client, settings: Any) -> None:
    from dataclasses import replace

    aged(person, 4000)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, password_days=0)
    enter(client)
    assert client.get("/register/").status_code == 200


def test_the_same_password_again_pays_nothing(person: Person, client: Client) -> None:
    """A wrong old password leaves the debt as it is; so do pages that need nobody to be trusted."""
    aged(person, None)
    enter(client)
    client.post(PASSWORD_PAGE, {"oldpassword": "wrong", "password1": NEW, "password2": NEW})
    assert client.get("/register/").headers["Location"] == PASSWORD_PAGE
    assert client.get("/account/").status_code == 200
    assert client.post("/account/logout/").status_code == 302


def test_a_role_that_needs_a_second_key_gets_one_first(person: Person, client: Client) -> None:
    aged(person, 1)
    require_keys(["supervisor"], SYSTEM)
    enter(client)
    assert client.get("/register/").headers["Location"] == KEY_PAGE
    assert "第二道验证" in client.get(KEY_PAGE).content.decode()
    switch_on(client)
    assert client.get("/register/").status_code == 200
    assert Setting.objects.get(name=KEY_ROLES).value == "supervisor"


def test_other_roles_do_not_need_one(person: Person, client: Client) -> None:
    aged(person, 1)
    require_keys(["auditor"], SYSTEM)
    enter(client)
    assert client.get("/register/").status_code == 200


def test_a_session_ends_after_twelve_hours_in_use_or_not(
    person: Person, client: Client, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    assert settings.LUOSHI_LONGEST_SESSION == 12 * 3600
    aged(person, 1)
    enter(client)
    now = time.time()
    monkeypatch.setattr(beginning.time, "time", lambda: now + 12 * 3600 - 60)
    assert client.get("/register/").status_code == 200
    monkeypatch.setattr(beginning.time, "time", lambda: now + 12 * 3600 + 60)
    assert client.get("/register/").headers["Location"] == "/account/login/?next=/register/"
    monkeypatch.undo()
    assert client.get("/account/").status_code == 302, "it has ended, not only been sent away"
