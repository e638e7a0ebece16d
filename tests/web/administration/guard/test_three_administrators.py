"""Administrators apart (GB/T 22239-2019, 8.1.4.2 d): a line of what that asks for, a test each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from luoshi.store.models import LedgerEntry, RoleGrant
from luoshi.store.moving import label_matter
from luoshi.store.people import ADMINISTRATORS, add_person, grant_role
from luoshi.web import access
from luoshi.web.roles import roles

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

DAY = date(2023, 5, 20)


@pytest.mark.parametrize("held", ADMINISTRATORS)
@pytest.mark.parametrize("wanted", sorted(roles()))
def test_each_of_the_three_excludes_every_other_role(cast: Cast, held: str, wanted: str) -> None:
    problems = grant_role(cast.people[held], wanted, cast.by("security_admin"), unit=cast.units["区交通运输局"])
    assert [one.code for one in problems] == ([] if wanted == held else ["T015"])


@pytest.mark.parametrize("held", ADMINISTRATORS)
def test_nobody_with_another_role_becomes_one_of_the_three(cast: Cast, held: str) -> None:
    for part in ("supervisor", "liaison", "leader", "deputy"):
        assert grant_role(cast.people[part], held, cast.by("security_admin")), part


def test_the_refusal_itself_is_on_record(cast: Cast, last: Callable[[str], LedgerEntry]) -> None:
    grant_role(cast.people["auditor"], "system_admin", cast.by("security_admin"))
    assert last("role.refused").subject == f"person:{cast.people['auditor'].pk}"


def test_days_are_no_way_around_it(cast: Cast) -> None:
    """Two of the three may follow one another, never meet: not even on one day."""
    person = add_person(cast.by("system_admin"), "later", "接班人", None)
    by = cast.by("security_admin")
    assert grant_role(person, "system_admin", by, since=date(2023, 1, 1), until=date(2023, 6, 30)) == ()
    for since, until in ((date(2023, 6, 30), None), (None, date(2023, 1, 1)), (None, None), (date(2023, 3, 1),) * 2):
        assert [one.code for one in grant_role(person, "auditor", by, since=since, until=until)] == ["T015"]
    assert grant_role(person, "auditor", by, since=date(2023, 7, 1)) == ()


@pytest.mark.parametrize(
    ("asked", "of"),
    [
        ("/administration/people/new/", "system_admin"),
        ("/administration/backups/", "system_admin"),
        ("/administration/security/", "security_admin"),
        ("/administration/security/roles/", "security_admin"),
        ("/administration/record/", "auditor"),
        ("/administration/record/seal/", "auditor"),
    ],
)
def test_what_one_of_them_does_the_other_two_cannot(at_desk: Callable[[str], Client], asked: str, of: str) -> None:
    answers = {part: at_desk(part).get(asked).status_code for part in ADMINISTRATORS}
    assert answers == {part: 200 if part == of else 403 for part in ADMINISTRATORS}


@pytest.mark.parametrize("part", ADMINISTRATORS)
def test_none_of_them_does_business_or_sees_content(cast: Cast, at_desk: Callable[[str], Client], part: str) -> None:
    client = at_desk(part)
    assert client.get(f"/items/{cast.matter}/").status_code == 403
    assert client.get("/register/").status_code == 403
    assert client.post(f"/items/{cast.matter}/moves/propose/").status_code == 403
    assert not access.matters(access.access_of(cast.people[part])).exists()


def test_the_system_administrator_makes_accounts_that_may_do_nothing(
    cast: Cast, at_desk: Callable[[str], Client]
) -> None:
    at_desk("system_admin").post("/administration/people/new/", {"username": "xin", "name": "新人"})
    made = RoleGrant.objects.filter(person__username="xin")
    assert not made.exists()
    refused = at_desk("system_admin").post(
        f"/administration/people/{cast.people['deputy'].pk}/roles/", {"role": "leader"}
    )
    assert refused.status_code == 403


def test_the_auditor_reads_what_the_other_two_did(cast: Cast, at_desk: Callable[[str], Client]) -> None:
    person = cast.people["deputy"]
    at_desk("system_admin").post(f"/administration/people/{person.pk}/password/")
    at_desk("security_admin").post(f"/administration/people/{person.pk}/roles/", {"role": "leader"})
    page = at_desk("auditor").get("/administration/record/", {"words": f"person:{person.pk}"})
    found = [row["action"]["beside"] for row in page.context["table"].rows]
    assert found[:2] == ["role.grant", "person.reset"]


def test_the_security_administrator_reads_what_the_auditor_did(at_desk: Callable[[str], Client]) -> None:
    auditor = at_desk("auditor")
    auditor.get("/administration/record/", {"actor": "小督"})
    auditor.get("/administration/record/", {"as": "csv"})
    auditor.post("/administration/record/verify/")
    auditor.post("/administration/record/seal/note/", {"kept": "保密柜"})
    rows = at_desk("security_admin").get("/administration/security/auditors/").context["table"].rows
    done = [row["action"]["beside"] for row in rows]
    assert done[:4] == ["anchor.note", "record.verify", "record.export", "record.search"]


def test_the_auditor_changes_nothing_but_seals(at_desk: Callable[[str], Client], cast: Cast) -> None:
    client, person = at_desk("auditor"), cast.people["deputy"]
    for asked in (
        f"people/{person.pk}/password/", f"people/{person.pk}/roles/", "security/lockouts/unlock/",
        "security/sessions/end/", "security/accounts/reset/", "labels/set/", "backups/new/",
    ):  # fmt: skip
        assert client.post(f"/administration/{asked}").status_code == 403, asked


def test_there_is_no_way_to_stop_or_change_the_record(cast: Cast) -> None:
    entry = LedgerEntry.objects.latest("sequence")
    entry.summary = "没有这回事"
    for act in (entry.save, entry.delete):
        with pytest.raises(TypeError):
            act()
    assert cast.people


def test_the_security_administrator_sees_who_lowered_a_label_and_not_what(
    cast: Cast, at_desk: Callable[[str], Client]
) -> None:
    for revision, (label, why) in enumerate((("secret", "涉及拆迁底价"), ("public", "拆迁已结束"))):
        label_matter(cast.matter, label, cast.by("director"), expected=revision, reason=why)
    page: Any = at_desk("security_admin").get("/administration/labels/changes/")
    assert "通用机场" not in page.content.decode()
    row = page.context["table"].rows[0]
    assert (row["what"]["text"], row["way"]["text"], row["reason"]) == (f"事项 {cast.matter}", "放宽", "拆迁已结束")
    assert "通用机场" in at_desk("director").get("/administration/labels/changes/").content.decode()
