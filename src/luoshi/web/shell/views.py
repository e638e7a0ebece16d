"""The shell's own pages: first page, a person's account, whether the site is up, and what is shown when it fails."""

from __future__ import annotations

import sys

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate

from luoshi.problems import Problem, catalogue
from luoshi.store.people import posts_of, roles_of
from luoshi.store.writing import Unavailable, why
from luoshi.web.access import access, needs
from luoshi.web.clock import today
from luoshi.web.roles import roles
from luoshi.web.shell.context import Shell


@needs("profile")
def home(request: HttpRequest) -> HttpResponse:
    """The first page of whoever signs in: the first row of the menu, else the account."""
    rows = [row for _, rows in Shell(request).menu for row in rows]
    return HttpResponseRedirect(rows[0].address if rows else reverse("profile"))


@needs("profile")
def profile(request: HttpRequest) -> HttpResponse:
    """A person's own account: posts, roles, password, second key."""
    person = access(request).person
    day = today()
    found = {
        "account": person,
        "held": posts_of(person, day),
        "grants": [(roles().get(grant.role), grant.unit) for grant in roles_of(person, day)],
        "second_key": is_mfa_enabled(person),
        "password_age": (day - localdate(person.password_set)).days if person.password_set else None,
        "idle": settings.SESSION_COOKIE_AGE // 60,
    }
    return render(request, "shell/profile.html", found)


@needs("profile")
def second_key(request: HttpRequest) -> HttpResponse:
    """The second key (TOTP) of a person: whether there is one, how many spare codes are left."""
    person = access(request).person
    spare = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    left = len(spare.wrap().get_unused_codes()) if spare else 0
    return render(request, "mfa/index.html", {"active": is_mfa_enabled(person), "left": left})


@login_not_required
def ask_administrator(request: HttpRequest) -> HttpResponse:
    """Where somebody lands who has no account or has forgotten the password."""
    return render(request, "shell/ask.html")


@login_not_required
def up(request: HttpRequest) -> JsonResponse:
    """Whether the site answers and reaches its database: for whoever watches it. Says nothing else."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"up": True})


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a form whose token does not fit: left open too long, or sent by another site."""
    del reason
    return render(request, "403_csrf.html", status=403)


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """The page of an error of our own, or of a database that cannot be used now: 503, and what to do.

    It asks nothing of the database: that may be what failed.
    """
    if problems := _unavailable(sys.exception()):
        again = request.path if request.method == "GET" else "/"
        told = [(catalogue()[one.code].title, one) for one in problems]
        page = render_to_string("503.html", {"told": told, "again": again})
        return HttpResponse(page, status=503, headers={"Retry-After": "30"})
    return HttpResponse(render_to_string("500.html"), status=500)


def _unavailable(error: BaseException | None) -> tuple[Problem, ...]:
    """Why the database cannot be used, where that is what ``error`` says."""
    if isinstance(error, Unavailable):
        return error.problems
    return (why(error),) if isinstance(error, (OperationalError, InterfaceError)) else ()
