"""The shell's own pages: a person's account, whether the site is up, and what is shown when it fails."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from luoshi.store.models import Person
from luoshi.web.shell.context import holds, today
from luoshi.web.shell.navigation import menu


def home(request: HttpRequest) -> HttpResponse:
    """The first page of whoever signs in: the first row of the menu, else the account."""
    person = request.user
    assert isinstance(person, Person)
    from luoshi.web.roles import may  # noqa: PLC0415 -- filled in below by settings

    rows = [row for _, rows in menu(lambda right: may(person, right), request.path) for row in rows]
    return redirect(rows[0].address if rows else reverse("profile"))


def profile(request: HttpRequest) -> HttpResponse:
    """A person's own account: posts, roles, password, second key."""
    person = request.user
    assert isinstance(person, Person)
    day = today()
    held = [one for one in person.posts.select_related("post__unit") if holds(one.since, one.until, day)]
    grants = person.grants.select_related("unit")
    age = (day - person.password_set.date()).days if person.password_set else None
    found = {"held": held, "grants": grants, "second_key": is_mfa_enabled(person), "password_age": age}
    return render(request, "shell/profile.html", {**found, "idle": settings.SESSION_COOKIE_AGE // 60})


@login_not_required
def up(request: HttpRequest) -> JsonResponse:
    """Whether the site answers and reaches its database: for whoever watches it. Says nothing else."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"up": True})


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """The page of an error of our own. It asks nothing of the database: that may be what failed."""
    del request
    return HttpResponse(render_to_string("500.html"), status=500)
