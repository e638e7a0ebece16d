"""What browsers are told beside Django's own headers: no camera, no other site's frame, no copy of a signed-in page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

_ALWAYS = {
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def sealing(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: the headers above; a page that somebody's session made is kept by no cache on the way or the disk."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        if "Cookie" in response.headers.get("Vary", ""):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
