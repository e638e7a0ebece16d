"""Requests made up from the schema: none is answered with an error of ours, every answer has its shape."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from ninja.throttling import SimpleRateThrottle

from luoshi.store.people import make_token
from luoshi.web.api.site import api
from luoshi.web.api.urls import urlpatterns

if TYPE_CHECKING:
    from casting import Cast


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The requests come past django's own client, so a request that ends would close the connection of the test."""
    for one in (request_started, request_finished):
        one.disconnect(close_old_connections)
    yield
    for one in (request_started, request_finished):
        one.connect(close_old_connections)


schemathesis = pytest.importorskip("schemathesis")


def operations() -> list[tuple[str, str]]:
    assert urlpatterns  # the addresses are made with them
    made = api.get_openapi_schema(path_prefix="/api/")
    return [(path, method) for path, row in made["paths"].items() for method in row]


@pytest.mark.parametrize(("path", "method"), operations())
@pytest.mark.parametrize("part", ["supervisor", "auditor"])
def test_whatever_is_asked_is_answered_as_the_schema_says(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, path: str, method: str, part: str
) -> None:
    from luoshi.web.wsgi import application

    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda *_: True)
    until = timezone.now() + timedelta(days=1)
    token = make_token(cast.people[part], "查", ["read", "move", "readings"], until, cast.by(part))
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    checks = schemathesis.checks
    wanted = [checks.not_a_server_error, checks.response_schema_conformance, checks.status_code_conformance]

    (found,) = [one.ok() for one in schema.include(path=path, method=method.upper()).get_all_operations()]

    @given(case=found.as_strategy())
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def ask(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=wanted)

    ask()
