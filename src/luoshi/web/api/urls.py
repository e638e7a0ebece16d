"""The addresses of the API. They ask for a token themselves, so the sign-in of pages is not asked for."""

from django.urls import URLPattern, URLResolver, path

from luoshi.web.api import doing, reading
from luoshi.web.api.site import api, router

for family in (reading, doing):  # naming them here is what puts their addresses on the router
    assert family.router is router
api.add_router("/v1", router)

_made = api.urls
for _pattern in _made[0]:
    if isinstance(_pattern, URLPattern) and _pattern.name != "api-root":
        _pattern.callback.login_required = False  # type: ignore[attr-defined]
urlpatterns: list[URLPattern | URLResolver] = [path("", _made)]
