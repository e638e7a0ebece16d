"""Signing in: by name and password, by a second key, by the office's own sign-in; locked out, idle, signed out."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessFailureLog
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from second_keys import code, switch_on

from luoshi.store.models import Person
from luoshi.web.shell.signing_in import OfficeSignIn, address_of, name_of

PASSWORD = "Qinghe-2026"
LOGIN = "/account/login/"


def sign_in(client: Client, name: str = "li", password: str = PASSWORD) -> Any:
    return client.post(LOGIN, {"login": name, "password": password})


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(person: Person, client: Client) -> None:
    assert client.get("/account/").headers["Location"] == "/account/login/?next=/account/"
    answer = client.post(LOGIN, {"login": person.username, "password": PASSWORD, "next": "/account/"})
    assert answer.headers["Location"] == "/account/"


def test_no_one_is_sent_to_another_site(person: Person, client: Client) -> None:
    answer = client.post(LOGIN, {"login": person.username, "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(person: Person, client: Client) -> None:
    wrong = [sign_in(client, *who).content.decode() for who in ((person.username, "wrong"), ("nobody", "wrong"))]
    same = [text.split("<main")[1].split("</form>")[0].replace('value="nobody"', 'value="li"') for text in wrong]
    strip = [text.split("csrfmiddlewaretoken")[1].split(">", 1)[1] for text in same]
    assert strip[0] == strip[1]
    assert "用户名或密码不正确" in wrong[0]


@pytest.mark.parametrize("name", ["li", "nobody"])
def test_five_wrong_passwords_lock_the_name_whether_or_not_it_exists(person: Person, client: Client, name: str) -> None:
    answers = [sign_in(client, name, "wrong").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    locked = sign_in(client, name, PASSWORD)
    assert locked.status_code == 429
    assert "30 分钟" in locked.content.decode()
    assert person.username == "li"
    assert AccessFailureLog.objects.filter(username=name, locked_out=True).exists()


def test_another_name_and_another_place_are_not_locked_with_it(person: Person, client: Client) -> None:
    for _ in range(5):
        sign_in(client, "nobody", "wrong")
    assert sign_in(client).status_code == 302
    for _ in range(5):
        sign_in(Client(), "li", "wrong")
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302
    assert person.is_active


def test_a_closed_account_cannot_sign_in(person: Person, client: Client) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert sign_in(client).headers["Location"] == "/account/inactive/"
    assert client.get("/account/").status_code == 302


def test_nobody_signs_up_or_resets_a_password_by_mail(client: Client, db: None) -> None:
    del db
    for address in ("/account/new/", "/account/forgotten/"):
        answer = client.post(address, {"username": "new", "password1": "Abcdef-12345", "password2": "Abcdef-12345"})
        assert "系统管理员" in answer.content.decode()
    assert not Person.objects.filter(username="new").exists()


def test_signing_out_ends_the_session_and_asks_first(signed_in: Client) -> None:
    assert signed_in.get("/account/logout/").status_code == 200
    assert signed_in.get("/account/").status_code == 200, "a link alone signs nobody out"
    signed_in.post("/account/logout/")
    assert signed_in.get("/account/").status_code == 302


def test_an_idle_session_ends_and_one_in_use_goes_on(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    assert settings.SESSION_COOKIE_AGE == 30 * 60
    now = time.time()
    store = signed_in.session
    before = store.get_expiry_date()
    monkeypatch.setattr("luoshi.web.shell.idle.time.time", lambda: now + 6 * 60)
    signed_in.get("/account/")
    assert signed_in.session.get_expiry_date() >= before
    Session.objects.update(expire_date=timezone.now())
    assert signed_in.get("/account/").status_code == 302


def test_reading_pages_writes_the_session_no_more_than_every_few_minutes(signed_in: Client) -> None:
    signed_in.get("/account/")
    with CaptureQueriesContext(connection) as asked:
        assert signed_in.get("/account/").status_code == 200
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []
    assert 0 < len(asked) <= 12


# ── the password ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("Ab3-x", "至少"),
        ("abcdefghij1", "至少三类"),
        ("12345678901", "至少三类"),
        ("Password123", "常见"),
        ("Limin-li-Qinghe-2026", None),
    ],
)
def test_a_new_password_keeps_the_rules(person: Person, signed_in: Client, password: str, why: str | None) -> None:
    sent = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    before = person.password_set
    answer = signed_in.post("/account/password/", sent)
    person.refresh_from_db()
    assert person.check_password(password) is (why is None)
    assert (person.password_set != before) is (why is None)
    if why:
        assert why in answer.content.decode()


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(person: Person, signed_in: Client) -> None:
    other = Client()
    sign_in(other)
    fresh = {"password1": "Another-2026x", "password2": "Another-2026x"}
    signed_in.post("/account/password/", {"oldpassword": "wrong", **fresh})
    assert other.get("/account/").status_code == 200
    signed_in.post("/account/password/", {"oldpassword": PASSWORD, **fresh})
    assert other.get("/account/").status_code == 302
    assert signed_in.get("/account/").status_code == 200
    assert person.username == "li"


# ── the second key ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_with_a_second_key_the_password_alone_is_not_enough(person: Person, signed_in: Client) -> None:
    secret = switch_on(signed_in)
    fresh = Client()
    assert sign_in(fresh).headers["Location"] == "/account/key/enter/"
    assert fresh.get("/account/").status_code == 302
    assert "第二道验证" in fresh.get("/account/key/enter/").content.decode()
    assert fresh.post("/account/key/enter/", {"code": "000000"}).status_code == 200
    cache.clear()
    assert fresh.post("/account/key/enter/", {"code": code(secret)}).status_code == 302
    assert fresh.get("/account/").status_code == 200
    assert person.username == "li"


def test_a_spare_code_works_once(signed_in: Client) -> None:
    switch_on(signed_in)
    page = signed_in.get("/account/codes/")
    spare = page.context["unused_codes"][0]
    assert spare in page.content.decode()
    answers = []
    for _ in range(2):
        fresh = Client()
        sign_in(fresh)
        answers.append(fresh.post("/account/key/enter/", {"code": spare}).status_code)
    assert answers == [302, 200]
    assert signed_in.get("/account/key/").context["left"] == len(page.context["unused_codes"]) - 1


def test_the_secret_of_a_second_key_is_not_readable_in_the_database(signed_in: Client) -> None:
    secret = switch_on(signed_in)
    rows = [str(row.data) for row in Authenticator.objects.all()]
    assert len(rows) == 2
    assert not any(secret in row for row in rows)


def test_a_second_key_is_switched_off_on_asking(signed_in: Client) -> None:
    switch_on(signed_in)
    assert "停用" in signed_in.get("/account/key/remove/").content.decode()
    signed_in.post("/account/key/remove/")
    assert sign_in(Client()).headers["Location"] == "/"


# ── the office's own sign-in ─────────────────────────────────────────────────────────────────────────────────────────


class _Login:
    """What allauth hands over after the office's server has answered."""

    def __init__(self, claims: dict[str, Any]) -> None:
        self.account = SimpleNamespace(extra_data=claims)
        self.is_existing = False
        self.connected: Person | None = None

    def connect(self, request: Any, person: Person) -> None:
        del request
        self.connected = person


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ({"preferred_username": "li"}, True),
        ({"userinfo": {"preferred_username": "li"}, "id_token": {}}, True),
        ({"preferred_username": "stranger"}, False),
        ({"email": "li@example.cn"}, False),
        ({}, False),
    ],
)
def test_the_office_s_sign_in_finds_an_account_and_never_makes_one(
    person: Person, rf: RequestFactory, claims: dict[str, Any], found: bool
) -> None:
    login = _Login(claims)
    OfficeSignIn().pre_social_login(rf.get("/"), login)
    assert login.connected == (person if found else None)
    assert not OfficeSignIn().is_open_for_signup(rf.get("/"), login)
    assert name_of(claims) in ("li", "stranger", "")


def test_a_closed_account_is_not_found_by_the_office_s_sign_in(person: Person, rf: RequestFactory) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)
    login = _Login({"preferred_username": "li"})
    OfficeSignIn().pre_social_login(rf.get("/"), login)
    assert login.connected is None


@pytest.mark.parametrize(
    ("proxy", "passed", "counted"),
    [
        (False, "1.2.3.4", "127.0.0.1"),
        (True, "6.6.6.6, 10.1.1.7", "10.1.1.7"),
        (True, "", "127.0.0.1"),
    ],
)
def test_lockout_counts_by_the_address_that_nobody_can_make_up(
    rf: RequestFactory, settings: LazySettings, proxy: bool, passed: str, counted: str
) -> None:
    settings.ENVIRONMENT = SimpleNamespace(proxy=proxy)
    request = rf.get("/", **({"HTTP_X_FORWARDED_FOR": passed} if passed else {}))
    assert address_of(request) == counted
