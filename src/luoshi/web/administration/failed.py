"""Messages that were given up: to whom, why, once more or put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.outbox import discard, outbox, try_again
from luoshi.web.access import access, needs
from luoshi.web.administration.views import trail
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Message

_SIZE = 50
_MOST = 500  # chosen at once


@needs("manage_site")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The messages that failed, the newest first, with why; how many wait to be tried again."""
    found = outbox("failed")
    if kind := request.GET.get("as"):
        heads = [say("日期", "Day"), say("收件人", "To"), say("试了几次", "Tries"), say("原因", "Why")]
        return sheet(say("没发出去的通知", "failed messages"), heads, map(_cells, found), kind)
    page = Paginator(found, _SIZE).get_page(request.GET.get("page"))
    waiting = outbox("waiting").filter(tries__gt=0).count()
    return render(request, "administration/failed.html", {"trail": trail(), "page": page, "waiting": waiting})


def _cells(one: Message) -> tuple[object, ...]:
    return one.day, one.person.name if one.person else one.addressee, one.tries, one.fault


@needs("manage_site")
@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Try the chosen ones once more, or put them aside."""
    by, again = access(request).acting(), request.POST.get("do") == "again"
    chosen = [int(one) for one in request.POST.getlist("chosen")[:_MOST] if one.isdecimal()]
    done = sum(try_again(pk, by, timezone.now()) if again else discard(pk, by) for pk in chosen)
    if not chosen:
        messages.warning(request, say("先选几条", "Choose some first"))
    elif again:
        messages.success(request, say(f"{done} 条下一次走钟时再发", f"{done} are sent again with the next tick"))
    else:
        messages.success(request, say(f"{done} 条放下了", f"{done} put aside"))
    return redirect("administration:failed")
