"""The API itself: how answers are written, and how refusals are said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.renderers import BaseRenderer

from luoshi.problems import Problem, problem
from luoshi.store.writing import Unavailable
from luoshi.web.api.keys import PerToken, Refused
from luoshi.web.api.shapes import Faults

_WAIT = 60


class Renderer(BaseRenderer):
    """JSON with Chinese as it is; decimals as text, so that nothing is rounded."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        del request, response_status
        return orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)


_SAID = {400: Faults, 401: Faults, 403: Faults, 404: Faults, 422: Faults, 429: Faults, 503: Faults}
api = NinjaAPI(
    title="落实 luoshi",
    version="1",
    description="The API of a site of luoshi: reports, matters, moves, readings, units, agenda, record.",
    urls_namespace="api",
    docs_url=None,
    renderer=Renderer(),
    throttle=[PerToken()],
)

router = Router()


def answers(shape: Any, *more: int) -> dict[int, Any]:
    """What an address may answer: ``shape``, and faults by their status."""
    return {200: shape, **_SAID, **dict.fromkeys(more, Faults)}


def faults(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems as the API writes them."""
    return [{"code": one.code, "message": one.message, "why": one.why, "advice": one.advice} for one in problems]


def refusal(request: HttpRequest, status: int, *problems: Problem, **more: Any) -> HttpResponse:
    """An answer that says what was wrong."""
    said = {"problems": faults(problems), "revision": None, "changed": [], **more}
    return api.create_response(request, said, status=status)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return refusal(request, error.status, *error.problems)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    del error
    response = refusal(request, 401, problem("A001"))
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
def _absent(request: HttpRequest, error: Http404) -> HttpResponse:
    del error
    return refusal(request, 404, problem("A003"))


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return refusal(request, 403, problem("A002", right=str(error), scope=""))


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    rows = [problem("A004", where=_place(one["loc"]), detail=str(one["msg"])) for one in error.errors]
    return refusal(request, 422, *rows)


@api.exception_handler(Throttled)
def _too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    seconds = int(error.wait or _WAIT)
    response = refusal(request, 429, problem("A005", seconds=seconds))
    response["Retry-After"] = str(seconds)
    return response


@api.exception_handler(HttpError)
def _odd(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refusal(request, error.status_code, problem("A004", where="body", detail=str(error)))


@api.exception_handler(Unavailable)
def _unavailable(request: HttpRequest, error: Unavailable) -> HttpResponse:
    return refusal(request, 503, *error.problems)


def _place(parts: Iterable[Any]) -> str:
    return ".".join(map(str, parts))
