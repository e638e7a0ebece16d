"""Papers for the items that were chosen: a few at once, many by a job whose progress the page shows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.publish.papers import kinds
from luoshi.publish.papers.kinds import Kind
from luoshi.store import making
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.shell.language import say
from luoshi.web.supervision.job import make_papers
from luoshi.web.supervision.views import picked, tabs

FORMS = ("docx", "pdf")


def of_items() -> list[Kind]:
    """The kinds of papers of which every item has its own."""
    return [kind for kind in kinds().values() if kind.about == "item"]


@needs("inspect")
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for papers of a kind for the items chosen; an item the person may not see is not there."""
    who, kind, form = access.access(request), request.POST.get("paper", ""), request.POST.get("form", "docx")
    if kind not in {one.name for one in of_items()} or form not in FORMS:
        raise Http404
    wanted = tuple(picked(request))
    if not wanted:
        messages.warning(request, say("先选中要出文书的事项", "Choose some items first"))
        return HttpResponseRedirect(reverse("supervision:index"))
    if access.matters(who).filter(pk__in=wanted).count() != len(wanted):
        raise Http404
    one = making.ask_for(kind, form, wanted, who.acting())
    make_papers.enqueue(one.key, who.day.isoformat())
    return HttpResponseRedirect(reverse("supervision:made"))


@needs("inspect")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What the person asked for within a week: how far it is, and the archive to fetch."""
    listed = [_shown(one) for one in making.makings_of(access.access(request).person.pk)]
    busy = any(row["one"].busy for row in listed)
    context = {"tabs": tabs(request), "here": reverse("supervision:papers"), "listed": listed, "busy": busy}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "supervision/made_rows.html" if part else "supervision/made.html", context)


def _shown(one: making.Making) -> dict[str, Any]:
    kind = kinds().get(one.kind)
    return {"one": one, "title": say(kind.zh, kind.en) if kind else one.kind, "count": len(one.items)}


@needs("inspect")
@require_GET
def fetch(request: HttpRequest, key: str) -> FileResponse:
    """The archive, for whoever asked for it."""
    one = making.making(key, access.access(request).person.pk)
    if one is None or one.state != "done" or not one.archive.is_file():
        raise Http404
    name = f"{kinds()[one.kind].zh}-{len(one.items)}.zip"
    return FileResponse(one.archive.open("rb"), as_attachment=True, filename=name, content_type="application/zip")
