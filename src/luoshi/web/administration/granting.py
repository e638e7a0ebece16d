"""Roles and tokens: the security administrator gives and takes them, and sees who has which until when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.administering import grant
from luoshi.store.granting import grants_found, state_of
from luoshi.store.people import grant_role, take_role
from luoshi.store.tokens import revoke, tokens_found
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.administration.forms import NewRole
from luoshi.web.administration.guarding import Listing, at, chosen, numbers
from luoshi.web.administration.people import shown
from luoshi.web.api.keys import SCOPES
from luoshi.web.roles import roles
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.tables import Column

_TONES = {"good": "good", "soon": "warning", "coming": "ink", "over": "plain"}


def state_word(state: str) -> str:
    """What the state of a grant is called."""
    return {"good": say("有效", "in force"), "soon": say("30 天内到期", "ends soon"),
            "coming": say("还没开始", "not yet"), "over": say("已到期", "over")}[state]  # fmt: skip


class Grants(forms.Form):
    """Which grants to list."""

    words = forms.CharField(label=pair("姓名、用户名、单位", "Name or unit"), required=False, max_length=60)
    role = forms.ChoiceField(label=pair("角色", "Role"), required=False)
    state = forms.ChoiceField(label=pair("状态", "State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", say("全部", "All"))
        named = [(one.name, say(one.zh, one.en)) for one in roles().values()]
        self.fields["role"].choices = [every, *named]  # type: ignore[attr-defined]
        self.fields["state"].choices = [every, *((one, state_word(one)) for one in _TONES)]  # type: ignore[attr-defined]


def _listing(day: Any) -> Listing:
    columns = (
        Column("name", say("谁", "Who"), "title"), Column("role", say("角色", "Role")),
        Column("unit", say("单位", "Unit")), Column("since", say("从", "From"), "date"),
        Column("until", say("到", "Until"), "date"), Column("by", say("谁授予的", "Granted by")),
        Column("state", say("状态", "State"), "tag"),
    )  # fmt: skip

    def row(one: Any) -> dict[str, Any]:
        role, state = roles().get(one.role), state_of(one, day)
        return {"id": one.pk, "name": {"text": one.person.name, "beside": one.person.username,
                                       "address": f"/administration/people/{one.person_id}/"},
                "role": say(role.zh, role.en) if role else one.role, "unit": str(one.unit) if one.unit else "—",
                "since": one.since or timezone.localtime(one.granted).date(), "until": one.until, "by": one.granted_by,
                "state": {"text": state_word(state), "tone": _TONES[state]}}  # fmt: skip

    return Listing("grants", say("角色", "Roles"), columns, row,
                   say("没有符合的。到“人员”里打开一个人，授予角色。", "None: open a person."))  # fmt: skip


@needs("manage_roles")
@require_GET
def grants(request: HttpRequest) -> HttpResponse:
    """Who has which role, from when until when."""
    form, day = Grants(request.GET), access.access(request).day
    found = grants_found(day=day, **(form.cleaned_data if form.is_valid() else {}))
    if kind := request.GET.get("as"):
        return _listing(day).file(found, kind)
    table = _listing(day).table(request, found)
    return render(request, "administration/grants.html", {"form": form, "table": table})


@needs("manage_roles")
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant a role; an administrator has one and no other."""
    person, form = access.person(request, pk), NewRole(request.POST)
    if not form.is_valid():
        return shown(request, person, role_form=form)
    given = form.cleaned_data
    by, days = access.access(request).acting(), {"since": given["since"], "until": given["until"]}
    if problems := grant_role(person, given["role"], by, unit=given["unit"], **days):
        return shown(request, person, role_form=form, problems=problems)
    messages.success(request, say("角色已授予", "The role is granted"))
    return redirect("administration:person", pk=pk)


@needs("manage_roles")
@require_POST
def take(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a role away."""
    person = access.person(request, pk)
    found = grant(person, number)
    if found is None:
        raise Http404
    take_role(person, found.role, access.access(request).acting(), unit=found.unit)
    messages.success(request, say("角色已收回", "The role is taken away"))
    return redirect("administration:person", pk=pk)


class Tokens(forms.Form):
    """Which tokens to list."""

    words = forms.CharField(label=pair("姓名或程序", "Person or program"), required=False, max_length=60)
    state = forms.ChoiceField(label=pair("状态", "State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", say("全部", "All")), *((one, token_word(one)) for one in ("good", "over", "revoked"))]
        self.fields["state"].choices = named  # type: ignore[attr-defined]


def token_word(state: str) -> str:
    """What the state of a token is called."""
    return {"good": say("有效", "good"), "over": say("已过期", "expired"), "revoked": say("已作废", "revoked")}[state]


def _tokens(now: Any) -> Listing:
    columns = (
        Column("name", say("谁的", "Whose"), "title"), Column("program", say("程序", "Program")),
        Column("scopes", say("能做什么", "May")), Column("made", say("做于", "Made")),
        Column("until", say("到期", "Until"), "date"), Column("used", say("上次用", "Last used")),
        Column("state", say("状态", "State"), "tag"),
    )  # fmt: skip

    def row(one: Any) -> dict[str, Any]:
        state = "revoked" if one.revoked else "good" if one.expires > now else "over"
        scopes = "、".join(say(*SCOPES[name]) if name in SCOPES else name for name in one.scopes.split())
        return {"id": one.pk, "name": {"text": one.person.name, "beside": one.person.username}, "program": one.name,
                "scopes": scopes, "made": at(one.created), "until": timezone.localtime(one.expires).date(),
                "used": at(one.last_used),
                "state": {"text": token_word(state), "tone": "good" if state == "good" else "plain"}}  # fmt: skip

    return Listing("tokens", say("接口令牌", "Tokens"), columns, row,
                   say("还没有令牌。每个人在“我的接口令牌”里给自己的程序做。", "No tokens yet."))  # fmt: skip


@needs("manage_roles")
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of everybody; those that are good can be revoked."""
    form, now = Tokens(request.GET), timezone.now()
    found = tokens_found(now, **(form.cleaned_data if form.is_valid() else {}))
    if kind := request.GET.get("as"):
        return _tokens(now).file(found, kind)
    table = _tokens(now).table(request, found, chosen=True)
    return render(request, "administration/tokens.html", {"form": form, "table": table})


@needs("manage_roles")
@require_POST
def revoke_tokens(request: HttpRequest) -> HttpResponse:
    """Revoke those that were chosen."""
    by = access.access(request).acting()
    found = list(tokens_found(timezone.now()).filter(pk__in=numbers(chosen(request)), revoked=False))
    for one in found:
        revoke(one, by)
    if found:
        messages.success(request, say(f"作废了 {len(found)} 个令牌", f"{len(found)} revoked"))
    else:
        messages.warning(request, say("没有选中有效的令牌，先在表里勾选。", "Tick tokens that are good first."))
    return redirect("administration:tokens")
