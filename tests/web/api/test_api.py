"""The API with tokens: who gets what, moves with the revision that was seen, readings, refusals in one shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.store.models import ApiToken, LedgerEntry, Matter, Reading
from luoshi.store.people import close_person, make_token
from luoshi.store.tokens import revoke, tokens_of
from luoshi.web.roles import roles

if TYPE_CHECKING:
    from casting import Cast

Ask = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]
READ = ("reports", "matters", "agenda")


@pytest.fixture(autouse=True)
def _in_spring(settings: Any) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, today="2023-03-01")


@pytest.fixture
def ask(cast: Cast) -> Ask:
    """``ask("liaison", "matters")``: the answer to a person's program, which has a token of every scope."""
    tokens: dict[tuple[str, str], str] = {}

    def go(part: str, path: str, body: Any = None, *, scopes: str = "read move readings") -> Any:
        key = (part, scopes)
        if key not in tokens:
            until = timezone.now() + timedelta(days=1)
            tokens[key] = make_token(cast.people[part], "程序", scopes.split(), until, cast.by(part))
        return asked(tokens[key], path, body)

    return go


def asked(token: str, path: str, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    client = Client(headers=headers)
    if body is None:
        return client.get(f"/api/v1/{path}")
    return client.post(f"/api/v1/{path}", json.dumps(body, default=str), content_type="application/json")


def codes(response: Any) -> list[str]:
    return [one["code"] for one in response.json()["problems"]]


def test_without_a_token_nothing_is_answered(cast: Cast) -> None:
    for path in (*READ, f"matters/{cast.matter}", "units", "readings", "ledger"):
        for token in ("", "no-such-token"):
            response = asked(token, path)
            assert (response.status_code, codes(response)) == (401, ["A001"]), path


def test_a_signed_in_browser_is_no_token(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.people["supervisor"])
    assert client.get("/api/v1/matters").status_code == 401
    body = {"move": "propose", "revision": 0}
    assert client.post(f"/api/v1/matters/{cast.matter}/moves", body, "application/json").status_code == 401


@pytest.mark.parametrize("path", READ)
def test_rights_are_those_of_the_pages(cast: Cast, ask: Ask, path: str) -> None:
    told = {part: ask(part, path).status_code for part in cast.people}
    names = {"helper": "liaison", "outsider": "liaison"}
    assert told == {part: 200 if "matters" in roles()[names.get(part, part)].rights else 403 for part in cast.people}


def test_only_the_auditor_sees_the_state_of_the_record(cast: Cast, ask: Ask) -> None:
    assert [part for part in cast.people if ask(part, "ledger").status_code == 200] == ["auditor"]
    said = ask("auditor", "ledger").json()
    assert said["whole"] is True
    assert said["sequence"] == LedgerEntry.objects.count()


def test_a_token_does_no_more_than_its_scope(cast: Cast, ask: Ask) -> None:
    response = ask("supervisor", f"matters/{cast.matter}/moves", {"move": "propose", "revision": 0}, scopes="read")
    assert (response.status_code, codes(response)) == (403, ["A002"])
    assert ask("supervisor", "matters", scopes="move").status_code == 403


def test_another_units_matter_is_not_there(cast: Cast, ask: Ask) -> None:
    cast.assigned()
    for path in (f"matters/{cast.elsewhere}", f"matters/{cast.elsewhere}/history", "matters/987654321"):
        response = ask("liaison", path)
        assert (response.status_code, codes(response)) == (404, ["A003"]), path
    assert ask("liaison", f"matters/{cast.matter}").json()["body"]["title"].startswith("完成松岗")
    assert ask("outsider", f"matters/{cast.matter}").status_code == 404
    ids = {one["id"] for one in ask("liaison", "matters").json()["items"]}
    assert cast.matter in ids
    assert cast.elsewhere not in ids


def test_deputies_get_what_is_public_and_no_more(cast: Cast, ask: Ask) -> None:
    assert ask("deputy", "matters").json()["count"] == 0
    Matter.objects.filter(pk=cast.matter).update(label="public")
    assert ask("deputy", "matters").json()["count"] == 1
    assert ask("deputy", f"matters/{cast.matter}").json()["body"] is None
    assert ask("deputy", f"matters/{cast.matter}/history").json() == []
    assert ask("deputy", "agenda").json()["rows"] == []


def test_a_move_is_made_once_and_recorded(cast: Cast, ask: Ask) -> None:
    body = {"move": "propose", "revision": 0, "key": "k1"}
    first = ask("supervisor", f"matters/{cast.matter}/moves", body).json()
    assert (first["state"], first["revision"], first["again"]) == ("proposed", 1, False)
    again = ask("supervisor", f"matters/{cast.matter}/moves", body).json()
    assert (again["revision"], again["again"]) == (1, True)
    entry = LedgerEntry.objects.get(sequence=first["entry"])
    assert (entry.action, entry.person_id) == ("matter.move", cast.people["supervisor"].pk)


def test_whoever_comes_second_is_told_what_changed_and_by_whom(cast: Cast, ask: Ask) -> None:
    cast.move("supervisor", "propose")
    response = ask("director", f"matters/{cast.matter}/moves", {"move": "approve", "revision": 0, "fields": {}})
    said = response.json()
    if response.status_code == 422:  # what the move asks for is looked at first
        fields = {"due": "2023-06-30", "lead": "区交通运输局"}
        response = ask("director", f"matters/{cast.matter}/moves", {"move": "approve", "revision": 0, "fields": fields})
        said = response.json()
    assert response.status_code == 409
    assert said["revision"] == 1
    assert [(one["move"], one["actor"]) for one in said["changed"]] == [("propose", "督查室小督（supervisor）")]
    assert said["changed"][0]["changes"]["state"] == ["extracted", "proposed"]


def test_a_move_that_is_not_theirs_is_refused_in_the_words_of_supervision(cast: Cast, ask: Ask) -> None:
    response = ask("leader", f"matters/{cast.matter}/moves", {"move": "propose", "revision": 0})
    assert response.status_code == 422
    assert codes(response)[0].startswith("D")
    assert Matter.objects.get(pk=cast.matter).state == "extracted"


@pytest.mark.parametrize(
    "fields",
    [{"by": {"role": "director"}}, {"expected": 7}, {"nonsense": 1}, {"due": "soon"}, {"percent": 900}],
)
def test_fields_that_are_none_are_named(cast: Cast, ask: Ask, fields: dict[str, Any]) -> None:
    body = {"move": "propose", "revision": 0, "fields": fields}
    response = ask("supervisor", f"matters/{cast.matter}/moves", body)
    assert (response.status_code, codes(response)) == (422, ["A004"])
    assert next(iter(fields)) in response.json()["problems"][0]["message"]


def test_readings_are_kept_all_or_none_and_come_back(ask: Ask) -> None:
    one = {
        "indicator": "地区生产总值",
        "begins": "2023-01-01",
        "ends": "2023-02-28",
        "value": "66.60",
        "unit_word": "亿元",
    }
    wrong = {**one, "begins": "2023-03-01"}
    assert ask("liaison", "readings", {"readings": [one, wrong]}).status_code == 422
    assert Reading.objects.count() == 0
    assert ask("liaison", "readings", {"readings": [one]}).json() == {"kept": 1}
    assert ask("liaison", "readings", {"readings": [one]}).json() == {"kept": 0}
    assert ask("liaison", "readings", {"readings": [{**one, "value": "67"}]}).json() == {"kept": 1}
    back = ask("supervisor", "readings?indicator=地区生产总值").json()["items"]
    assert [(row["value"].rstrip("0"), row["revision"]) for row in back] == [("66.6", 0), ("67.", 1)]
    assert ask("deputy", "readings").json()["count"] == 0
    assert ask("leader", "readings", {"readings": [one]}).status_code == 403


def test_chinese_is_written_as_it_is(cast: Cast, ask: Ask) -> None:
    raw = ask("supervisor", f"matters/{cast.matter}").content.decode()
    assert "通用机场" in raw
    plan = ask("supervisor", f"reports/{Matter.objects.get(pk=cast.matter).report_id}/plan.json")
    assert plan.json()["format"].startswith("luoshi.plan")


def test_lists_have_pages_and_filters(ask: Ask) -> None:
    every = ask("supervisor", "matters?size=2").json()
    assert (every["count"], every["pages"], len(every["items"])) == (6, 3, 2)
    assert ask("supervisor", "matters?size=2&page=99").json()["items"] == []
    assert ask("supervisor", "matters?words=通用机场").json()["count"] == 1
    assert ask("supervisor", "matters?state=proposed&state=approved").json()["count"] == 0
    assert codes(ask("supervisor", "matters?size=0&order=by")) == ["A004", "A004"]


def test_a_token_that_ended_is_none(cast: Cast, ask: Ask) -> None:
    assert ask("head", "matters").status_code == 200
    token = tokens_of(cast.people["head"]).get()
    ApiToken.objects.filter(pk=token.pk).update(expires=timezone.now())
    assert ask("head", "matters").status_code == 401
    assert ask("helper", "matters").status_code == 200
    revoke(tokens_of(cast.people["helper"]).get(), cast.by("security_admin"))
    assert ask("helper", "matters").status_code == 401
    assert ask("liaison", "matters").status_code == 200
    close_person(cast.people["liaison"], cast.by("system_admin"), "调离")
    assert ask("liaison", "matters").status_code == 401


def test_a_program_that_asks_too_often_waits(ask: Ask) -> None:
    told = [ask("supervisor", "units") for _ in range(301)]
    assert {one.status_code for one in told[:300]} == {200}
    assert (told[300].status_code, codes(told[300])) == (429, ["A005"])
    assert int(told[300]["Retry-After"]) > 0


def test_lists_ask_the_database_little(cast: Cast, ask: Ask, django_assert_max_num_queries: Any) -> None:
    ask("supervisor", "units")
    for path in ("reports", "matters", f"matters/{cast.matter}", "units", "agenda", "readings"):
        with django_assert_max_num_queries(12):
            assert ask("supervisor", path).status_code == 200


def test_the_page_of_the_documentation_names_every_address() -> None:
    from luoshi.web.api.site import api

    text = (ROOT / "docs/web/api.md").read_text(encoding="utf-8")
    paths = api.get_openapi_schema(path_prefix="/api/")["paths"]
    lacking = [f"{method.upper()} {path}" for path, row in paths.items() for method in row]
    assert [one for one in lacking if f"`{one}`" not in text] == []
