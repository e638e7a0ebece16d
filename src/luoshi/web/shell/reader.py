"""How a reader wants the pages: language and size of text, kept in two cookies, Chinese where nothing was chosen."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from luoshi.web.shell.language import CHINESE, LANGUAGES

TEXT_COOKIE = "luoshi_text"
SIZES = ("normal", "large")
_YEAR = 365 * 24 * 3600


def reading(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: each page in the language of the reader's cookie, not of the browser."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, CHINESE)
        with translation.override(chosen if chosen in dict(LANGUAGES) else CHINESE):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or CHINESE)
        patch_vary_headers(response, ("Cookie",))
        return response

    return middleware


def large(request: HttpRequest) -> bool:
    """Whether the reader has asked for large text."""
    return request.COOKIES.get(TEXT_COOKIE) == "large"


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Set language or size of text, and go back to the page it was asked on."""
    response = HttpResponseRedirect(_back(request))
    if (language := request.POST.get("language")) in dict(LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, str(language))
    if (size := request.POST.get("text")) in SIZES:
        _keep(response, TEXT_COOKIE, str(size))
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
