"""The doctor on a page: what ``luoshi doctor`` says of this site, and what to do where something is the matter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from luoshi.store.doctor import examine
from luoshi.web.access import needs
from luoshi.web.administration.views import trail
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet


@needs("manage_site")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everything that is looked at, what is not well first."""
    signs = sorted(examine(), key=lambda sign: sign.well)
    if kind := request.GET.get("as"):
        heads = [say("好不好", "Well"), say("看的是什么", "What"), say("看到的", "Seen")]
        rows = [(say("好", "yes") if one.well else say("不好", "no"), one.what, one.seen) for one in signs]
        return sheet(say("体检", "doctor"), heads, rows, kind)
    bad = sum(not one.well for one in signs)
    return render(request, "administration/doctor.html", {"trail": trail(), "signs": signs, "bad": bad})
