"""The files of the public folders, read-only, for everybody."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import BinaryIO

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from luoshi.store.publishing import published_file

_TEXT = ("text/", "application/json", "application/javascript", "image/svg+xml")


@login_not_required
@require_safe
def file(request: HttpRequest, pk: int, name: str = "") -> HttpResponseBase:
    """A file of what is public of the report, or 404; a folder is its index.html."""
    opened = _open(pk, name) or _open(pk, name)
    if opened is None:
        raise Http404
    found, content = opened
    if found.name == "index.html" and name and not name.endswith(("/", "index.html")):
        content.close()
        return HttpResponseRedirect(request.path + "/")
    kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    shown = f"{kind}; charset=utf-8" if kind.startswith(_TEXT) else kind
    response = FileResponse(content, content_type=shown, filename=found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "public, max-age=60"
    return response


def _open(pk: int, name: str) -> tuple[Path, BinaryIO] | None:
    """The file, open; None where there is none, or where a new version took its place just between."""
    found = published_file(pk, name)
    try:
        return (found, found.open("rb")) if found is not None else None
    except FileNotFoundError:
        return None
