"""Administration: three who cannot do each other's work, secrets shown once, everything in the record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from luoshi.store.models import Address, ApiToken, LedgerEntry, Person, RoleGrant

if TYPE_CHECKING:
    from casting import Cast


def browser(cast: Cast, part: str) -> Client:
    person = cast.people[part]
    person.set_password("Chengguan-9-lu-deng")
    person.save()
    client = Client()
    client.force_login(person)
    return client


def last(action: str) -> LedgerEntry:
    return LedgerEntry.objects.filter(action=action).latest("sequence")


def test_a_new_account_gets_a_password_that_is_shown_once_and_has_to_be_changed(cast: Cast) -> None:
    admin = browser(cast, "system_admin")
    made = admin.post("/administration/people/new/", {"username": "xiaoli", "name": "小李"})
    secret = re.search(r"<code>(\w{20})</code>", made.content.decode())
    assert secret is not None
    person = Person.objects.get(username="xiaoli")
    assert person.check_password(secret[1])
    assert person.password_set is None
    assert secret[1] not in admin.get(f"/administration/people/{person.pk}/").content.decode()
    assert secret[1] not in last("person.add").body
    assert made["Cache-Control"] == "no-store"
    assert admin.post("/administration/people/new/", {"username": "xiaoli", "name": "小李"}).status_code == 422


def test_a_password_is_set_anew_and_recorded(cast: Cast) -> None:
    person = cast.people["outsider"]
    made = browser(cast, "system_admin").post(f"/administration/people/{person.pk}/password/")
    secret = re.search(r"<code>(\w{20})</code>", made.content.decode())
    assert secret is not None
    person.refresh_from_db()
    assert person.check_password(secret[1])
    assert last("person.reset").person_id == cast.people["system_admin"].pk


def test_an_account_is_closed_with_a_reason_and_not_while_a_post_is_held(cast: Cast) -> None:
    admin = browser(cast, "system_admin")
    leader, outsider = cast.people["leader"], cast.people["outsider"]
    refused = admin.post(f"/administration/people/{leader.pk}/close/", {"reason": "调离"})
    assert (refused.status_code, "分管副区长" in refused.content.decode()) == (422, True)
    assert admin.post(f"/administration/people/{outsider.pk}/close/", {}).status_code == 422
    assert admin.post(f"/administration/people/{outsider.pk}/close/", {"reason": "调离"}).status_code == 302
    assert not Person.objects.get(pk=outsider.pk).is_active
    assert Person.objects.get(pk=leader.pk).is_active


@pytest.mark.parametrize("held", ["system_admin", "security_admin", "auditor"])
def test_no_administrator_gets_a_second_role(cast: Cast, held: str) -> None:
    security = browser(cast, "security_admin")
    person = cast.people[held]
    for role in ("system_admin", "security_admin", "auditor", "supervisor"):
        if role != held:
            made = security.post(f"/administration/people/{person.pk}/roles/", {"role": role})
            assert made.status_code == 422, role
    assert [one.role for one in RoleGrant.objects.filter(person=person)] == [held]


def test_roles_are_given_with_their_unit_and_taken(cast: Cast) -> None:
    security, person = browser(cast, "security_admin"), cast.people["deputy"]
    where = f"/administration/people/{person.pk}/roles/"
    assert security.post(where, {"role": "liaison"}).status_code == 422
    unit = cast.units["区交通运输局"]
    assert security.post(where, {"role": "liaison", "unit": unit.pk}).status_code == 302
    given = RoleGrant.objects.get(person=person, role="liaison")
    assert given.unit == unit
    assert security.post(f"{where}{given.pk}/take/").status_code == 302
    assert not RoleGrant.objects.filter(pk=given.pk).exists()
    assert {"role.grant", "role.take"} <= set(LedgerEntry.objects.values_list("action", flat=True))


def test_a_token_is_shown_once_and_kept_as_a_hash(cast: Cast) -> None:
    client = browser(cast, "liaison")
    made = client.post("/administration/mine/tokens/", {"name": "报表", "scopes": ["read"], "days": 30})
    secret = re.search(r"<code>([\w-]{43})</code>", made.content.decode())
    assert secret is not None
    kept = ApiToken.objects.get(person=cast.people["liaison"])
    assert secret[1] not in kept.digest
    assert secret[1] not in client.get("/administration/mine/tokens/").content.decode()
    asked = Client(headers={"Authorization": f"Bearer {secret[1]}"}).get("/api/v1/matters")
    assert asked.status_code == 200
    assert browser(cast, "head").post(f"/administration/mine/tokens/{kept.pk}/revoke/").status_code == 404
    security = browser(cast, "security_admin")
    assert security.post("/administration/security/tokens/revoke/", {"chosen": kept.pk}).status_code == 302
    assert ApiToken.objects.get(pk=kept.pk).revoked


def test_an_address_is_kept_for_its_person_with_its_secret_hidden(cast: Cast) -> None:
    client = browser(cast, "liaison")
    where = "/administration/mine/notices/"
    assert client.post(where, {"address": "ftp://example.org"}).status_code == 422
    given = "mailtos://li:word-of-honour@mail.example.org?to=li@example.org"
    assert client.post(where, {"address": given}).status_code == 302
    page = client.get(where).content.decode()
    assert "mail.example.org" in page
    assert "word-of-honour" not in page
    kept = Address.objects.get()
    assert browser(cast, "head").post(f"{where}{kept.pk}/remove/").status_code == 404
    assert client.post(f"{where}{kept.pk}/remove/").status_code == 302
    assert not Address.objects.exists()


def test_a_trial_to_a_private_place_is_refused_and_said(cast: Cast) -> None:
    client = browser(cast, "liaison")
    client.post("/administration/mine/notices/", {"address": "json://127.0.0.1:9/x"})
    client.post(f"/administration/mine/notices/{Address.objects.get().pk}/try/")
    assert "内部地址" in Address.objects.get().fault
