"""What everybody sets for themselves: where messages go, tokens for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from luoshi import notify
from luoshi.problems import Problem
from luoshi.store.outbox import add_address, addresses_of, tried
from luoshi.store.outbox import remove_address as forget
from luoshi.store.people import make_token
from luoshi.store.tokens import revoke, tokens_of
from luoshi.web.access import access, needs
from luoshi.web.administration.forms import NewAddress, NewToken
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.models import Address


@needs("profile")
def notices(request: HttpRequest) -> HttpResponse:
    """Where the person's messages go; nothing is sent anywhere else."""
    who = access(request)
    form = NewAddress(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if (fault := _added(request, form.cleaned_data["address"])) is None:
            messages.success(request, say("地址记下了，发一条试试吧", "Kept: send a trial message"))
            return redirect("administration:notices")
        form.add_error("address", fault)
    context = {"form": form, "addresses": addresses_of(who.person), "channels": notify.channels()}
    return render(request, "administration/notices.html", context, status=422 if form.errors else 200)


def _added(request: HttpRequest, text: str) -> str | None:
    """Keep an address; what is wrong with it otherwise."""
    who = access(request)
    address, problems = notify.address_of(text)
    if address is None:
        return f"{problems[0].message}{problems[0].advice}"
    shown = notify.with_secrets_hidden(address.url)
    kept = add_address(who.person, address.channel, address.url, shown, who.acting())
    return None if kept is not None else say("最多留三个地址", "Three addresses at most")


@needs("profile")
@require_POST
def trial(request: HttpRequest, address: int) -> HttpResponse:
    """Send a message that says nothing, to see whether it comes."""
    found = _mine(request, address)
    problem = _tried(found)
    tried(found, timezone.now(), problem.message if problem else "")
    if problem is None:
        messages.success(request, say("发出去了，请看看收到没有", "Sent: see whether it came"))
    else:
        messages.error(request, f"{problem.message}{problem.advice}")
    return redirect("administration:notices")


def _tried(found: Address) -> Problem | None:
    allowed, _ = notify.places(settings.ENVIRONMENT.notify_allow)
    to = notify.Address(found.channel, found.url)
    message = notify.Message(to, "落实：试一试", "这是一条试发的通知。This is a trial message.")
    return notify.send([message], allowed=allowed)[0].problem


@needs("profile")
@require_POST
def remove_address(request: HttpRequest, address: int) -> HttpResponse:
    """Nothing goes there any more."""
    forget(_mine(request, address), access(request).acting())
    messages.success(request, say("地址删掉了", "Removed"))
    return redirect("administration:notices")


def _mine(request: HttpRequest, pk: int) -> Address:
    found = next((one for one in addresses_of(access(request).person) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


@needs("profile")
def tokens(request: HttpRequest) -> HttpResponse:
    """The person's tokens; a new one is shown this once."""
    who, form = access(request), NewToken(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        until = timezone.now() + form.lasts
        secret = make_token(who.person, form.cleaned_data["name"], form.cleaned_data["scopes"], until, who.acting())
        form = NewToken()
    context = {"form": form, "tokens": tokens_of(who.person), "secret": secret, "now": timezone.now()}
    made = render(request, "administration/my_tokens.html", context, status=422 if form.errors else 200)
    made["Cache-Control"] = "no-store"
    return made


@needs("profile")
@require_POST
def revoke_own(request: HttpRequest, token: int) -> HttpResponse:
    """The token is good for nothing any more."""
    found = tokens_of(access(request).person).filter(pk=token).first()
    if found is None:
        raise Http404
    revoke(found, access(request).acting())
    messages.success(request, say("令牌已作废", "The token is revoked"))
    return redirect("administration:my_tokens")
