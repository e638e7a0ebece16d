"""How a session begins and what it owes: recorded, with where it came from; a first or old password is changed, and a
second key made where the role needs one, before anything else; after twelve hours it ends, in use or not."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from luoshi.store.entrances import PLACE, PROGRAM, SINCE, has_key, key_roles, note_lockout
from luoshi.store.ledger import record
from luoshi.store.models import Person
from luoshi.store.moment import now
from luoshi.store.writing import writing
from luoshi.web.access import access, access_of
from luoshi.web.shell.language import say
from luoshi.web.shell.signing_in import address_of

OWES = "owes"
PASSWORD, KEY = "password", "key"
_FREE = ("/account/", "/choose/", "/static/", "/up/")
_LONGEST = 120


@receiver(user_logged_in)
def begin(request: HttpRequest, user: Person, **kwargs: Any) -> None:
    """Keep in the session where and when it began and what it owes first, and in the record that it began."""
    office = kwargs.get("sociallogin") is not None
    request.session[SINCE] = int(time.time())
    request.session[PLACE] = address_of(request)[:_LONGEST]
    request.session[PROGRAM] = request.headers.get("User-Agent", "")[:_LONGEST]
    request.session[OWES] = _owed(user, office=office)
    with writing():
        way = "office" if office else "password"
        record(access_of(user).acting(), "sign_in.done", f"person:{user.pk}", request.session[PLACE], way=way)


def _owed(user: Person, *, office: bool) -> list[str]:
    """Whoever comes by the office's own sign-in has shown there what that asks for."""
    if office:
        return []
    oldest = now() - timedelta(days=settings.ENVIRONMENT.password_days)
    old = user.password_set is None or (settings.ENVIRONMENT.password_days and user.password_set < oldest)
    needs = bool(access_of(user).roles & key_roles()) and not has_key(user)
    return [PASSWORD] * bool(old) + [KEY] * needs


@receiver(user_logged_out)
def ended(request: HttpRequest | None, user: Person | None, **_: Any) -> None:
    """Somebody signed out."""
    if user is not None and request is not None:
        with writing():
            record(access_of(user).acting(), "sign_in.left", f"person:{user.pk}")


@receiver(user_locked_out)
def locked(request: HttpRequest, username: str, ip_address: str, **_: Any) -> None:
    """Too many wrong passwords."""
    del request
    note_lockout(str(username), str(ip_address), now())


@receiver(password_changed)
def changed(request: HttpRequest, user: Person, **_: Any) -> None:
    """The new password pays the debt, and is on record."""
    _paid(request, PASSWORD)
    with writing():
        record(access_of(user).acting(), "person.password", f"person:{user.pk}", f"{user.name}（{user.username}）")


def _paid(request: HttpRequest, what: str) -> None:
    request.session[OWES] = [one for one in request.session.get(OWES, []) if one != what]


def owing(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a session that owes something goes there first, one that is too old ends."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and not request.path.startswith(_FREE):
            if time.time() - request.session.get(SINCE, time.time()) > settings.LUOSHI_LONGEST_SESSION:
                logout(request)
                return HttpResponseRedirect(f"{reverse('account_login')}?next={request.path}")
            if request.session.get(OWES) and (first := _first(request)) is not None:
                return first
        return get_response(request)

    return middleware


def _first(request: HttpRequest) -> HttpResponseBase | None:
    """Where to go first; None where what was owed is there by now."""
    if PASSWORD not in request.session[OWES] and has_key(access(request).person):
        _paid(request, KEY)
        return None
    if PASSWORD in request.session[OWES]:
        messages.warning(request, say("先改密码，再办别的：初始密码只能用一次，用久了的也要换。",
                                      "First change your password: it is a first one, or old."))  # fmt: skip
        return HttpResponseRedirect(reverse("account_change_password"))
    messages.warning(request, say("您的角色要有第二道验证：请先启用，再办别的。",
                                  "Your role needs a second key: switch it on first."))  # fmt: skip
    return HttpResponseRedirect(reverse("mfa_index"))
