"""People: found, taken away, brought in as a table whole or not at all, changed, opened again."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.store.enrolling import quick_hash
from luoshi.store.models import LedgerEntry, Person
from luoshi.store.people import add_person
from luoshi.store.units import add_unit

if TYPE_CHECKING:
    from casting import Cast
    from django.test import Client

HERE = "/administration/people/"
TABLE = "姓名,用户名,单位,电话,邮箱\n小李,xiaoli,交通运输局,0719-1,li@example.org\n小王,xiaowang,,,\n"


def upload(client: Client, text: str) -> Any:
    return client.post(f"{HERE}bring/", {"file": SimpleUploadedFile("人员.csv", text.encode())})


def confirm(client: Client, seen: Any) -> Any:
    return client.post(f"{HERE}bring/", {"table": seen.context["table"], "stood": seen.context["preview"].stood})


def test_a_table_is_shown_then_brought_in_with_passwords_given_once(cast: Cast, admin: Client) -> None:
    seen = upload(admin, TABLE)
    assert seen.context["preview"].counts == {"new": 2, "changed": 0, "same": 0}
    assert not Person.objects.filter(username="xiaoli").exists()
    done = confirm(admin, seen)
    assert done["Cache-Control"] == "no-store"
    given = {username: password for _, username, _, password in done.context["rows"]}
    person = Person.objects.get(username="xiaoli")
    assert person.check_password(given["xiaoli"])
    assert (person.name, person.unit, person.phone) == ("小李", cast.units["区交通运输局"], "0719-1")
    assert (person.password_set, person.grants.count()) == (None, 0)
    file = admin.post(f"{HERE}passwords/", {"table": done.context["table"], "as": "csv"})
    rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"))))
    assert rows[1] == ["小李", "xiaoli", "区交通运输局", given["xiaoli"]]
    assert file["Cache-Control"] == "no-store"
    entries = LedgerEntry.objects.filter(action="person.add", subject=f"person:{person.pk}")
    assert [given["xiaoli"] in one.body for one in entries] == [False]


def test_brought_in_again_nothing_changes_and_what_differs_is_changed(cast: Cast, admin: Client) -> None:
    confirm(admin, upload(admin, TABLE))
    again = upload(admin, TABLE.replace("0719-1", "0719-2"))
    assert again.context["preview"].counts == {"new": 0, "changed": 1, "same": 1}
    assert again.context["preview"].rows[0].changes == (("电话", "0719-1", "0719-2"),)
    done = confirm(admin, again)
    assert done.context["rows"] == []
    person = Person.objects.get(username="xiaoli")
    assert (person.phone, person.unit) == ("0719-2", cast.units["区交通运输局"])
    assert "0719-2" in LedgerEntry.objects.get(action="person.change").body


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("小赵,zhao li,,,", "T121", "B3"),
        (",zhaoli,,,", "T121", "A3"),
        ("小赵,zhaoli,,,不是邮箱", "T121", "E3"),
        ("小赵,zhaoli,没有这个局,,", "T123", "C3"),
        ("小赵,xiaoqian,,,", "T121", "B3"),
    ],
)
def test_one_wrong_cell_and_nothing_is_brought_in(admin: Client, row: str, code: str, cell: str) -> None:
    before = Person.objects.count()
    page = upload(admin, f"姓名,用户名,单位,电话,邮箱\n小钱,xiaoqian,,,\n{row}\n")
    assert page.status_code == 422
    assert [(one.code, one.message[:2]) for one in page.context["problems"]] == [(code, cell)]
    assert Person.objects.count() == before


def test_who_was_added_meanwhile_is_not_overwritten(cast: Cast, admin: Client) -> None:
    seen = upload(admin, TABLE)
    add_person(cast.by("system_admin"), "xiaoli", "另一个小李", None)
    late = confirm(admin, seen)
    assert late.status_code == 409
    assert late.context["preview"].counts == {"new": 1, "changed": 1, "same": 0}
    assert Person.objects.get(username="xiaoli").name == "另一个小李"
    assert not Person.objects.filter(username="xiaowang").exists()


def test_a_table_that_is_empty_or_without_headings_is_refused(admin: Client) -> None:
    assert [one.code for one in upload(admin, "甲,乙\n1,2\n").context["problems"]] == ["T120"]
    assert [one.code for one in upload(admin, "姓名,用户名\n").context["problems"]] == ["T120"]
    assert upload(admin, "").status_code == 422


def test_more_rows_than_are_brought_in_at_once_are_refused(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.web.administration import bringing

    monkeypatch.setattr(bringing, "MOST_ROWS", 1)
    assert [one.code for one in upload(admin, TABLE).context["problems"]] == ["T122"]


def test_what_was_taken_away_comes_back_unchanged(admin: Client) -> None:
    confirm(admin, upload(admin, TABLE))
    taken = admin.get(HERE, {"as": "csv"}).content.decode("utf-8-sig")
    seen = upload(admin, taken)
    assert seen.context["preview"].counts["same"] == Person.objects.count()


def test_a_hash_of_a_generated_password_becomes_a_slow_one_at_sign_in(settings: Any, db: None) -> None:
    del db
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    person = Person.objects.create(username="a", name="甲", password=quick_hash("Word-of-honour-7"))
    assert person.check_password("Word-of-honour-7")
    person.refresh_from_db()
    assert int(person.password.split("$")[1]) > 100_000


def names(page: Any) -> list[str]:
    return [row["name"]["text"] for row in page.context["table"].rows]


def test_people_are_found_by_unit_role_state_and_words(cast: Cast, admin: Client) -> None:
    lead = cast.units["区交通运输局"]
    assert set(names(admin.get(HERE, {"unit": lead.pk}))) == {"交通局小路", "交通局局长"}
    assert names(admin.get(HERE, {"role": "deputy"})) == ["代表老田"]
    assert names(admin.get(HERE, {"words": "小章"})) == ["发改局小章"]
    person = cast.people["outsider"]
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert names(admin.get(HERE, {"state": "closed"})) == ["文旅局小游"]
    assert "没有找到" in admin.get(HERE, {"words": "没有这个人"}).content.decode()
    ordered = names(admin.get(HERE, {"sort": "-name"}))
    assert ordered == sorted(ordered, reverse=True)


def test_two_thousand_people_are_a_page_of_few_queries(
    cast: Cast, admin: Client, django_assert_max_num_queries: Any
) -> None:
    unit = cast.units["区交通运输局"]
    made = [Person(username=f"p{n:04}", name=f"人{n}", unit=unit) for n in range(2000)]
    Person.objects.bulk_create(made)
    with django_assert_max_num_queries(30):
        page = admin.get(HERE, {"page": "3", "unit": unit.pk})
    assert page.context["table"].count == 2002


def test_facts_of_a_person_are_changed_and_who_is_late_looks_again(cast: Cast, admin: Client) -> None:
    person = cast.people["outsider"]
    where = f"{HERE}{person.pk}/edit/"
    seen = {f"seen_{fact}": value for fact, value in admin.get(where).context["now"].items()}
    unit = cast.units["区交通运输局"]
    given = {"name": "小游", "unit": unit.pk, "phone": "1", **seen}
    assert admin.post(where, given).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.unit, person.phone) == ("小游", unit, "1")
    late = admin.post(where, {**given, "name": "老游"})
    assert late.status_code == 409
    assert "老游" in late.content.decode(), "what was typed is kept"
    assert admin.post(where, {**given, "name": ""}).status_code == 422


def test_a_closed_account_is_opened_again_with_a_reason(cast: Cast, admin: Client) -> None:
    person = cast.people["outsider"]
    admin.post(f"{HERE}{person.pk}/close/", {"reason": "借调"})
    assert "重新启用" in admin.get(f"{HERE}{person.pk}/").content.decode()
    admin.post(f"{HERE}{person.pk}/reopen/", {})
    assert not Person.objects.get(pk=person.pk).is_active
    admin.post(f"{HERE}{person.pk}/reopen/", {"reason": "回来了"})
    assert Person.objects.get(pk=person.pk).is_active
    assert "回来了" in LedgerEntry.objects.get(action="person.reopen").body


def test_a_unit_that_is_closed_takes_nobody(cast: Cast, admin: Client) -> None:
    unit = add_unit(cast.by("system_admin"), "区旧局")
    type(unit).objects.filter(pk=unit.pk).update(closed=True)
    assert [one.code for one in upload(admin, "姓名,用户名,单位\n甲,jia,区旧局\n").context["problems"]] == ["T123"]
