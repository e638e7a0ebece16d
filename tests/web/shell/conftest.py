"""Somebody who signs in, and a site that shows the gallery."""

from __future__ import annotations

from datetime import date
from types import ModuleType

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import path
from django.utils import timezone

from luoshi.store.models import Person, Post, PostHolder, RoleGrant, Setting, Unit

PASSWORD = "Qinghe-2026"


@pytest.fixture
def person(db: None) -> Person:  # noqa: ARG001 -- asked for, not looked at
    """李敏 of the supervision office, at her post since the year began."""
    Setting.objects.update_or_create(name="place", defaults={"value": "青禾区"})
    unit = Unit.objects.create(name="区政府督查室", short_name="督查室")
    made = Person.objects.create_user("li", PASSWORD, name="李敏", password_set=timezone.now())
    post = Post.objects.create(code="post-1", unit=unit, title="督查专员", duty="office")
    PostHolder.objects.create(post=post, person=made, since=date(2026, 1, 1))
    RoleGrant.objects.create(person=made, role="supervisor", unit=unit)
    return made


@pytest.fixture
def signed_in(person: Person, client: Client) -> Client:
    """A browser without script in which ``person`` has signed in by the form."""
    answer = client.post("/account/login/", {"login": "li", "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    assert person.is_authenticated
    return client


@pytest.fixture
def with_gallery(settings: LazySettings) -> None:
    """The site with its gallery, as it runs for building."""
    from luoshi.web import urls
    from luoshi.web.shell import gallery

    shown = ModuleType("with_gallery")
    shown.urlpatterns = [*urls.urlpatterns, path("gallery/", gallery.show, name="gallery")]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = shown
