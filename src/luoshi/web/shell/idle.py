"""Whoever leaves the desk is signed out: a session ends so long after its last page, not after its first."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_SEEN = "seen"
_PARTS = 6


def idling(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a session in use is prolonged, but written only once in a sixth of its time."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.user.is_authenticated and _due(request):
            request.session[_SEEN] = int(time.time())
        return response

    return middleware


def _due(request: HttpRequest) -> bool:
    return bool(time.time() - request.session.get(_SEEN, 0) > settings.SESSION_COOKIE_AGE / _PARTS)
