"""The office's own sign-in (OIDC) against a real server on this machine, in a browser: in, not in, and cancelled."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from luoshi.store.models import LedgerEntry, Person, RoleGrant

if TYPE_CHECKING:
    from playwright.sync_api import Page

warnings.filterwarnings("ignore", module="authlib")
mock = pytest.importorskip("oidc_provider_mock", reason="no OIDC server to sign in by: pip install oidc-provider-mock")
pytestmark = pytest.mark.django_db(transaction=True)

_HERE = ("http://127.0.0.1:", "http://localhost:")
PEOPLE = {"kept": "li", "closed": "wang", "stranger": "nobody", "nameless": None}


@pytest.fixture
def office(settings: Any, tmp_path: Path) -> Iterator[str]:
    """An OIDC server on loopback, and the site set up to sign in by it, as ``LUOSHI_OIDC_*`` would."""
    from django.urls import include, path

    from luoshi.web import urls
    from luoshi.web.environment import Office, office_origin, office_sign_in

    claims = [mock.User(sub=sub, claims={"preferred_username": name} if name else {}) for sub, name in PEOPLE.items()]
    with mock.run_server_in_thread(user_claims=claims) as server:
        secret = tmp_path / "secret"
        secret.write_text("word-of-honour\n", encoding="utf-8")
        made = Office(f"http://127.0.0.1:{server.server_port}", "luoshi", secret, "松岗区统一认证")
        settings.ENVIRONMENT = replace(settings.ENVIRONMENT, office=made)
        settings.SOCIALACCOUNT_PROVIDERS = office_sign_in(settings.ENVIRONMENT)
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"] += office_origin(settings.ENVIRONMENT)
        settings.CONTENT_SECURITY_POLICY = policy
        shown = ModuleType("with_office")
        shown.urlpatterns = [  # type: ignore[attr-defined]
            *urls.urlpatterns,
            path("account/office/", include("allauth.socialaccount.urls")),
            path("account/office/", include("allauth.socialaccount.providers.openid_connect.urls")),
        ]
        settings.ROOT_URLCONF = shown
        yield made.server


@pytest.fixture
def people() -> Person:
    """李敏, who may come in, and 王红, whose account is closed."""
    Person.objects.create_user("wang", None, name="王红", is_active=False)
    made = Person.objects.create_user("li", None, name="李敏")
    RoleGrant.objects.create(person=made, role="supervisor")
    return made


def at_office(open_page: Callable[..., Page]) -> Page:
    """The office's page to sign in, reached as people do; what it would fetch from elsewhere is nothing of ours."""
    page = open_page("/account/login/")
    page.route(lambda url: not url.startswith(_HERE) or "favicon" in url, lambda route: route.fulfill(body=""))
    page.get_by_role("link", name="松岗区统一认证").click()
    page.get_by_role("button", name="继续").click()
    page.wait_for_url("http://127.0.0.1:*/oauth2/authorize*")
    return page


def by_office(open_page: Callable[..., Page], sub: str) -> Page:
    """The page after going to the office's server and signing in there as ``sub``."""
    page = at_office(open_page)
    page.locator("input[name=sub]").first.fill(sub)
    page.get_by_role("button", name="Authorize").first.click()
    return page


@pytest.mark.usefixtures("office")
def test_whoever_has_an_account_comes_in_and_that_is_on_record(people: Person, open_page: Callable[..., Page]) -> None:
    page = by_office(open_page, "kept")
    page.wait_for_url("**/today/")
    done = LedgerEntry.objects.get(action="sign_in.done")
    assert (done.person_id, '"way":"office"' in done.body) == (people.pk, True)


@pytest.mark.usefixtures("office", "people")
@pytest.mark.parametrize("sub", ["stranger", "closed", "nameless"])
def test_nobody_else_does_and_no_account_is_made(open_page: Callable[..., Page], sub: str) -> None:
    page = by_office(open_page, sub)
    page.wait_for_url("**/account/**")
    page.goto(page.url.split("/account/")[0] + "/today/")
    page.wait_for_url("**/account/login/**")
    assert Person.objects.count() == 2
    assert not LedgerEntry.objects.filter(action="sign_in.done").exists()


@pytest.mark.usefixtures("people")
def test_the_site_tells_the_server_no_more_than_it_needs(office: str, open_page: Callable[..., Page]) -> None:
    asked = at_office(open_page).url
    assert asked.startswith(f"{office}/oauth2/authorize")
    assert "code_challenge_method=S256" in asked
    assert "word-of-honour" not in asked
    assert "state=" in asked
