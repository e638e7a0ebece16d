"""Who comes in: locked out, signed in, with a second key; roles with days; tokens of everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from luoshi.store.models import ApiToken, LedgerEntry, RoleGrant
from luoshi.store.people import grant_role, make_token
from luoshi.web.access import access_of

if TYPE_CHECKING:
    from casting import Cast

DAY = date(2023, 5, 20)
SECURITY = "/administration/security/"


@pytest.fixture
def site_day() -> date:
    return DAY


def key_of(person: Any) -> None:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})


def test_who_is_locked_out_is_listed_and_unlocked(
    by_password: Callable[..., Client], at_desk: Callable[[str], Client], last: Callable[[str], LedgerEntry]
) -> None:
    by_password("liaison")
    stranger = Client(REMOTE_ADDR="10.9.8.7")
    for _ in range(7):
        stranger.post("/account/login/", {"login": "liaison", "password": "wrong"})
    security = at_desk("security_admin")
    page = security.get(f"{SECURITY}lockouts/")
    (row,) = page.context["locked"].rows
    assert (row["name"], row["place"]) == ("liaison", "10.9.8.7")
    assert LedgerEntry.objects.filter(action="sign_in.locked").count() == 1, "once a lockout, not once a try"
    assert security.post(f"{SECURITY}lockouts/unlock/", {"chosen": row["id"]}).status_code == 302
    assert security.get(f"{SECURITY}lockouts/").context["locked"].rows == []
    assert last("sign_in.unlock").summary == "liaison"
    again = stranger.post("/account/login/", {"login": "liaison", "password": "Chengguan-9-lu-deng"})
    assert again.status_code == 302


def test_wrong_passwords_are_listed_and_none_is_kept(at_desk: Callable[[str], Client]) -> None:
    Client().post("/account/login/", {"login": "nobody", "password": "word-of-honour"})
    made = at_desk("security_admin").get(f"{SECURITY}lockouts/", {"as": "csv"}).content.decode("utf-8-sig")
    assert "nobody" in made
    assert "word-of-honour" not in made


def test_unlocking_what_is_not_locked_does_nothing(at_desk: Callable[[str], Client]) -> None:
    at_desk("security_admin").post(f"{SECURITY}lockouts/unlock/", {"chosen": "nobody@1.2.3.4"})
    assert not LedgerEntry.objects.filter(action="sign_in.unlock").exists()


def test_sessions_are_listed_with_their_place_and_one_is_ended(
    by_password: Callable[..., Client], at_desk: Callable[[str], Client], last: Callable[[str], LedgerEntry]
) -> None:
    home = by_password("liaison", REMOTE_ADDR="10.0.0.5", headers={"user-agent": "Mozilla Firefox/140"})
    away = by_password("liaison", REMOTE_ADDR="10.0.0.6")
    security = at_desk("security_admin")
    rows = {row["place"]: row for row in security.get(f"{SECURITY}sessions/", {"words": "小路"}).context["table"].rows}
    assert set(rows) == {"10.0.0.5", "10.0.0.6"}
    assert rows["10.0.0.5"]["program"] == "Firefox"
    security.post(f"{SECURITY}sessions/end/", {"chosen": rows["10.0.0.6"]["id"]})
    assert home.get("/account/").status_code == 200
    assert away.get("/account/").status_code == 302
    assert last("session.end").summary == "10.0.0.6"


def test_all_sessions_of_a_person_are_ended(
    by_password: Callable[..., Client], at_desk: Callable[[str], Client]
) -> None:
    clients = [by_password("liaison", REMOTE_ADDR=f"10.0.0.{n}") for n in range(3)]
    other = by_password("head")
    security = at_desk("security_admin")
    row = security.get(f"{SECURITY}sessions/", {"words": "liaison"}).context["table"].rows[0]
    security.post(f"{SECURITY}sessions/end/", {"chosen": row["id"], "all": "1"})
    assert [one.get("/account/").status_code for one in clients] == [302] * 3
    assert other.get("/account/").status_code == 200


def test_a_session_s_name_is_not_its_key(by_password: Callable[..., Client], at_desk: Callable[[str], Client]) -> None:
    client = by_password("liaison")
    page = at_desk("security_admin").get(f"{SECURITY}sessions/").content.decode()
    assert str(client.session.session_key) not in page


def test_everybody_ends_the_own_sessions_and_no_other(by_password: Callable[..., Client]) -> None:
    here, there, other = by_password("liaison"), by_password("liaison"), by_password("head")
    stranger_row = other.get("/administration/mine/sessions/").context["table"].rows[0]
    here.post("/administration/mine/sessions/end/", {"chosen": stranger_row["id"]})
    assert other.get("/account/").status_code == 200
    here.post("/administration/mine/sessions/end/", {"all": "1"})
    assert [one.get("/account/").status_code for one in (here, there)] == [200, 302]


def test_a_second_key_is_reset_with_a_reason_and_its_sessions_end(
    cast: Cast, by_password: Callable[..., Client], at_desk: Callable[[str], Client], last: Callable[[str], LedgerEntry]
) -> None:
    person, client = cast.people["liaison"], by_password("liaison")
    key_of(person)
    security = at_desk("security_admin")
    assert security.post(f"{SECURITY}accounts/reset/", {"chosen": person.pk}).status_code == 422
    assert security.post(f"{SECURITY}accounts/reset/", {"reason": "手机丢了"}).status_code == 422
    assert Authenticator.objects.filter(user=person).count() == 2
    security.post(f"{SECURITY}accounts/reset/", {"chosen": person.pk, "reason": "手机丢了"})
    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/account/").status_code == 302
    assert "手机丢了" in last("key.reset").body


def test_roles_that_need_a_second_key_are_chosen_and_who_lacks_one_is_found(
    cast: Cast, at_desk: Callable[[str], Client]
) -> None:
    security = at_desk("security_admin")
    key_of(cast.people["auditor"])
    security.post(f"{SECURITY}accounts/require/", {"roles": ["auditor", "director"]})
    rows = security.get(f"{SECURITY}accounts/", {"state": "missing"}).context["table"].rows
    assert [row["name"]["beside"] for row in rows] == ["director"]
    assert security.post(f"{SECURITY}accounts/require/", {"roles": ["king"]}).status_code == 422
    keyed = security.get(f"{SECURITY}accounts/", {"state": "keyed"}).context["table"].rows
    assert [row["name"]["beside"] for row in keyed] == ["auditor"]


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ((None, None), "good"),
        ((DAY, None), "good"),
        ((None, DAY), "soon"),
        ((DAY + timedelta(days=1), None), "coming"),
        ((None, DAY - timedelta(days=1)), "over"),
        ((DAY - timedelta(days=9), DAY + timedelta(days=90)), "good"),
    ],
)
def test_a_role_is_good_on_its_days_and_no_other(
    cast: Cast, at_desk: Callable[[str], Client], days: tuple[date | None, date | None], state: str
) -> None:
    person = cast.people["deputy"]
    grant_role(person, "leader", cast.by("security_admin"), since=days[0], until=days[1])
    assert ("leader" in access_of(person).roles) is (state in ("good", "soon"))
    found = at_desk("security_admin").get(f"{SECURITY}roles/", {"role": "leader", "state": state})
    assert "代表老田" in found.content.decode()


def test_a_role_given_again_takes_the_new_days(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    person, security = cast.people["deputy"], at_desk("security_admin")
    where = f"/administration/people/{person.pk}/roles/"
    for until in ("2023-06-30", "2023-09-30"):
        assert security.post(where, {"role": "leader", "until": until}).status_code == 302
    assert [str(one.until) for one in RoleGrant.objects.filter(person=person, role="leader")] == ["2023-09-30"]
    refused = security.post(where, {"role": "leader", "since": "2023-06-01", "until": "2023-05-01"})
    assert (refused.status_code, "结束比开始早" in refused.content.decode()) == (422, True)


def test_tokens_of_everybody_are_found_and_revoked(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    now = timezone.now()
    for part, days in (("liaison", 30), ("head", -1)):
        make_token(cast.people[part], "报表", ["read"], now + timedelta(days=days), cast.by(part))
    security = at_desk("security_admin")
    good = security.get(f"{SECURITY}tokens/", {"state": "good"}).context["table"].rows
    assert [row["name"]["beside"] for row in good] == ["liaison"]
    every = security.get(f"{SECURITY}tokens/", {"words": "报表"}).context["table"].rows
    security.post(f"{SECURITY}tokens/revoke/", {"chosen": [row["id"] for row in every]})
    assert ApiToken.objects.filter(revoked=True).count() == 2
    assert LedgerEntry.objects.filter(action="token.revoke").count() == 2


def test_one_page_says_what_needs_a_look(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    grant_role(cast.people["deputy"], "leader", cast.by("security_admin"), until=DAY + timedelta(days=3))
    parts = {
        part["to"] + part["title"]: part["count"] for part in at_desk("security_admin").get(SECURITY).context["parts"]
    }
    assert parts["grants30 天内到期的角色"] == 1
    assert parts["lockouts被锁定"] == 0


@pytest.mark.parametrize("page", ["sessions", "accounts", "roles", "tokens", "auditors", "lockouts"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_is_taken_away_as_a_file(at_desk: Callable[[str], Client], page: str, kind: str) -> None:
    made = at_desk("security_admin").get(f"{SECURITY}{page}/", {"as": kind})
    assert (made.status_code, "attachment" in made["Content-Disposition"]) == (200, True)
