"""Copies of the site: one more now, each verified, taken away; and how to bring one back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luoshi.store import backing
from luoshi.web.access import access, needs
from luoshi.web.administration.job import work_on_copy
from luoshi.web.administration.views import trail
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet


@needs("manage_site")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The copies in the home of the site, the newest first; asked by htmx only how far the job is."""
    now = backing.work()
    if request.headers.get("HX-Request"):
        if now is None or not now.going:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "administration/parts/copying.html", {"work": now})
    kept = backing.copies()
    if kind := request.GET.get("as"):
        heads = [say("文件", "File"), say("时间", "At"), say("字节", "Bytes"), say("核验", "Verified")]
        return sheet(say("备份", "backups"), heads, [(one.name, one.at, one.bytes, _told(one)) for one in kept], kind)
    context: dict[str, Any] = {
        "trail": trail(),
        "copies": kept,
        "folder": backing.folder(),
        "home": Path(settings.LUOSHI_HOME),
        "work": now,
    }
    return render(request, "administration/backups.html", context)


def _told(one: backing.Kept) -> str:
    if one.verified is None:
        return say("没有核验过", "not verified")
    return one.verified.fault or say("完好", "whole")


@needs("manage_site")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Copy the site now; it goes on meanwhile."""
    return _start(request, backing.begin("make", f"{timezone.localtime():%Y-%m-%d-%H%M%S}.zip"))


@needs("manage_site")
@require_POST
def verify(request: HttpRequest, name: str) -> HttpResponse:
    """Go through a copy: is every part of it as it was written."""
    if backing.copy_at(name) is None:
        raise Http404
    return _start(request, backing.begin("verify", name))


def _start(request: HttpRequest, begun: backing.Work | None) -> HttpResponse:
    if begun is None:
        messages.warning(request, say("已经有一项在做，等它做完", "One is going on already: wait for it"))
    else:
        work_on_copy.enqueue(begun.key, access(request).person.pk)
    return redirect("administration:backups")


@needs("manage_site")
@require_GET
def fetch(request: HttpRequest, name: str) -> HttpResponseBase:
    """A copy, to keep it on another machine; the record says who took it."""
    path = backing.copy_at(name)
    if path is None:
        raise Http404
    backing.fetched(name, access(request).acting())
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, headers={"Cache-Control": "no-store"})
