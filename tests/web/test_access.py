"""Who gets what: every address × every role × own, other and none, as a table; and the same of the functions beneath.

An address that stands in no ``addresses.toml`` fails the test: a page cannot be added without saying who may see it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from casting import ROLES, TODAY
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luoshi.store.models import Ballot, EvidenceFile, Finding, LedgerEntry, Matter, Person, Visit
from luoshi.store.moving import label_matter
from luoshi.web import access

if TYPE_CHECKING:
    from casting import Cast

NOWHERE = 987654321
ALL = ("supervisor", "director", "inspector", "leader", "government")
GROUPS = {
    "everybody": tuple(ROLES),
    "office": ("supervisor", "director"),
    "inspection": ("supervisor", "director", "inspector"),
    "leaders": ("leader", "government"),
    "units": ("liaison", "head", "helper", "outsider"),
    "administrators": ("system_admin", "security_admin", "auditor"),
    "see_matters": (*ALL, "liaison", "head", "helper", "outsider", "deputy"),
}
# Who may see what a number in an address names, among those that have the right: for everybody else it is 404.
SEES = {
    "matter": (*ALL, "liaison", "head", "helper"),
    "elsewhere": ALL,
    "open matter": (*ALL, "liaison", "head", "helper", "deputy"),
    "report": (*ALL, "liaison", "head", "helper", "outsider"),
    "unit": (*ALL, "liaison", "head", "system_admin", "security_admin"),
    "evidence": (*ALL, "liaison", "head", "helper"),
    "visit": (*ALL, "liaison", "head"),
    "finding": (*ALL, "liaison", "head"),
    "draft ballot": ("supervisor", "director"),
    "ballot": ("supervisor", "director", "deputy"),
    "person": ("outsider", "system_admin", "security_admin"),
}
FOLDER = Path(__file__).parent
ROWS: dict[str, dict[str, Any]] = {
    name: row
    for file in sorted(FOLDER.rglob("addresses.toml"))
    for name, row in tomllib.loads(file.read_text(encoding="utf-8")).items()
}


def objects(cast: Cast) -> dict[str, int]:
    """A thing of each kind, led by the lead unit where it belongs to one."""
    matter = Matter.objects.get(pk=cast.matter)
    lead = cast.units["区交通运输局"]
    facts = {"key": "k" * 32, "evidence": "e1", "name": "a", "media_type": "b", "size": 1}
    file = EvidenceFile.objects.create(matter=matter, **facts)
    days = {"opens": TODAY, "closes": TODAY}
    return {
        "matter": cast.matter,
        "elsewhere": cast.elsewhere,
        "report": matter.report_id,
        "unit": lead.pk,
        "evidence": file.pk,
        "visit": Visit.objects.create(unit=lead, title="检查", day=TODAY).pk,
        "finding": Finding.objects.create(unit=lead, text="台账不全", due=TODAY).pk,
        "draft ballot": Ballot.objects.create(title="测评", **days).pk,
        "ballot": Ballot.objects.create(title="测评", state="open", **days).pk,
        "person": cast.people["outsider"].pk,
    }


def helped(cast: Cast) -> Cast:
    """The matter is assigned, so that a unit leads it and another helps."""
    cast.assigned()
    return cast


def request_of(person: Person) -> HttpRequest:
    request = RequestFactory().get("/somewhere/")
    request.user = person
    return request


GETTERS: dict[str, Callable[[HttpRequest, int], Any]] = {
    "matter": access.matter, "elsewhere": access.matter, "report": access.report, "unit": access.unit,
    "evidence": access.evidence, "visit": access.visit,
    "finding": access.finding_of, "draft ballot": access.ballot, "ballot": access.ballot,
    "person": access.person,
}  # fmt: skip


@pytest.mark.parametrize("kind", GETTERS)
def test_a_thing_is_there_for_those_it_concerns_and_for_nobody_else(cast: Cast, kind: str) -> None:
    there = objects(helped(cast))
    seen = set()
    for part, person in cast.people.items():
        request = request_of(person)
        with pytest.raises(Http404):
            GETTERS[kind](request, NOWHERE)
        try:
            assert GETTERS[kind](request, there[kind]).pk == there[kind]
            seen.add(part)
        except Http404:
            pass
    assert seen == set(SEES[kind])


def test_a_matter_made_public_is_there_for_deputies_and_its_internal_evidence_is_not(cast: Cast) -> None:
    there = objects(helped(cast))
    label_matter(cast.matter, "public", cast.by("director"), expected=3, reason="已公布")
    request = request_of(cast.people["deputy"])
    assert access.matter(request, cast.matter)
    with pytest.raises(Http404):
        access.evidence(request, there["evidence"])


@pytest.mark.parametrize(
    ("part", "acts", "unit"),
    [
        ("liaison", "lead", "区交通运输局"),
        ("head", "lead", "区交通运输局"),
        ("helper", "help", "区发展和改革局"),
        ("outsider", "outsider", ""),
        ("supervisor", "office", ""),
        ("director", "director", ""),
        ("deputy", "outsider", ""),
        ("auditor", "auditor", ""),
    ],
)
def test_a_person_acts_in_the_part_the_unit_has(cast: Cast, part: str, acts: str, unit: str) -> None:
    helped(cast)
    by = access.access_of(cast.people[part]).acting(Matter.objects.select_related("body").get(pk=cast.matter))
    assert (by.role, by.unit) == (acts, unit)


def test_a_leader_acts_from_the_post_that_the_matter_is_under(cast: Cast) -> None:
    helped(cast)
    by = access.access_of(cast.people["leader"]).acting(Matter.objects.select_related("body").get(pk=cast.matter))
    assert (by.role, by.post) == ("leader", "leader-1")


@access.needs("audit")
def audit_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


def test_a_page_is_for_whoever_has_its_right_and_a_refusal_is_recorded(cast: Cast) -> None:
    assert audit_page(request_of(cast.people["auditor"])).status_code == 200
    with pytest.raises(PermissionDenied):
        audit_page(request_of(cast.people["supervisor"]))
    last = LedgerEntry.objects.last()
    assert last is not None
    assert (last.action, last.actor) == ("access.refused", "督查室小督（supervisor）")


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site by the name that ``reverse`` knows."""

    def walk(patterns: list[Any], space: str) -> Iterator[tuple[str, URLPattern]]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
            else:
                yield f"{space}{one.name}", one

    yield from walk(get_resolver().url_patterns, "")


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    names = {name for name, _ in addresses()}
    assert sorted(names - set(ROWS)) == [], "add a row to addresses.toml: who gets what from this address"
    assert sorted(set(ROWS) - names) == []


def parts(row: dict[str, Any]) -> set[str]:
    return {part for word in row["who"] for part in GROUPS.get(word, (word,))}


def address_of(name: str, number: int | None) -> str:
    pattern = next(pattern for found, pattern in addresses() if found == name)
    given = dict(ROWS[name].get("given", {}))
    for key in pattern.pattern.converters:
        if key not in given and number is not None:
            given[key] = number
    return reverse(name, kwargs=given)


def answer(client: Client, name: str, number: int | None) -> int:
    row = ROWS[name]
    asked = client.post if row.get("method") == "post" else client.get
    status: int = asked(address_of(name, number), row.get("data", {})).status_code
    return status


def signed_in(person: Person) -> Client:
    """A browser in which ``person``, who has a password, is signed in."""
    person.set_password("Chengguan-9-lu-deng")
    person.save()
    client = Client()
    client.force_login(person)
    return client


OPEN = [name for name, row in ROWS.items() if row.get("open")]
CLOSED = [name for name, row in ROWS.items() if not row.get("open")]


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPEN)
def test_an_open_address_answers_whoever_is_not_signed_in(name: str) -> None:
    assert answer(Client(), name, None) in ROWS[name].get("ok", (200, 302))


@pytest.mark.skipif(not CLOSED, reason="no page that needs signing in stands in addresses.toml yet")
@pytest.mark.parametrize("name", CLOSED)
def test_an_address_answers_each_role_as_the_table_says(cast: Cast, name: str) -> None:
    row, there = ROWS[name], objects(helped(cast))
    kind = row.get("object")
    fine, told = set(row.get("ok", [200, 302, 400, 422])), {}
    assert answer(Client(), name, there.get(kind, NOWHERE)) in (302, 401), "whoever is not signed in is sent to sign in"
    for part, person in cast.people.items():
        client = signed_in(person)
        status = answer(client, name, there.get(kind))
        if part not in parts(row):
            wanted = {403}
        else:
            wanted = fine if kind is None or part in SEES[kind] else {404}
            if kind is not None and answer(client, name, NOWHERE) != 404:
                told[part] = "what is not there is answered"
        if status not in wanted:
            told[part] = f"{status}, not {sorted(wanted)}"
    assert told == {}
