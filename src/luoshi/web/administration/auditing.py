"""The auditor's pages: the record searched, taken away, verified."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.administering import entries_found
from luoshi.store.verifying import anchor_line
from luoshi.store.verifying import verify as verified
from luoshi.web.access import needs
from luoshi.web.administration.forms import Search
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet

_SIZE, _MOST = 50, 50_000


@needs("audit")
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The entries that fit; as a file with ``as=csv`` or ``as=xlsx``."""
    form = Search(request.GET)
    found = entries_found(**(form.cleaned_data if form.is_valid() else {}))
    if kind := request.GET.get("as"):
        heads = [say("编号", "Number"), say("时间", "At"), say("谁", "Who"), say("角色", "Role"), say("动作", "Action"),
                 say("对象", "Subject"), say("内容", "Summary"), say("封条", "Seal")]  # fmt: skip
        names = ("sequence", "at", "actor", "role", "action", "subject", "summary", "seal")
        return sheet(say("台账", "record"), heads, found.values_list(*names)[:_MOST], kind)
    page = Paginator(found, _SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "administration/record.html", {"form": form, "page": page, "query": query.urlencode()})


@needs("audit")
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Go through the whole record."""
    verdict = verified()
    return render(request, "administration/verified.html", {"verdict": verdict, "anchor": anchor_line()})
