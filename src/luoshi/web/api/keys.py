"""Who asks: the token of a request, its scope, its owner's right, and how often it may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from luoshi.problems import Problem, problem
from luoshi.store.tokens import token_of, used
from luoshi.web.access import access
from luoshi.web.roles import rights

if TYPE_CHECKING:
    from luoshi.store.models import ApiToken

SCOPES = {"read": ("看", "read"), "move": ("办理事项", "move matters"), "readings": ("录入读数", "enter readings")}
MOST_DAYS = 366


class Refused(Exception):
    """A request that is answered with ``problems`` and ``status`` instead of what it asked for."""

    def __init__(self, status: int, *problems: Problem) -> None:
        self.status, self.problems = status, problems
        super().__init__(status)


class Key(HttpBearer):
    """``Authorization: Bearer …`` with a token of ``scope``, of a person who has ``right``."""

    def __init__(self, scope: str, right: str) -> None:
        super().__init__()
        self._scope, self._right = scope, right

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        now = timezone.now()
        found = token_of(token, now)
        if found is None:
            raise Refused(401, problem("A001"))
        used(found, now)
        request.user = found.person
        if self._scope not in found.scopes.split() or not access(request).may(self._right):
            raise Refused(403, problem("A002", right=rights()[self._right].zh, scope=self._scope))
        return found


class PerToken(AuthRateThrottle):
    """So many requests a token and minute."""

    def __init__(self) -> None:
        super().__init__("300/m")
