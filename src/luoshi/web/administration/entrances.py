"""The security administrator's pages of who comes in: what needs a look, who is locked out, who is signed in where."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luoshi.store import entrances as store
from luoshi.store.fetching import all_people
from luoshi.store.granting import grants_found
from luoshi.store.labelling import changes_in, label_entries
from luoshi.store.tokens import all_tokens
from luoshi.web.access import access, needs
from luoshi.web.administration.guarding import Listing, at, chosen
from luoshi.web.shell.language import say
from luoshi.web.shell.tables import Column

SOON, UNUSED = timedelta(days=30), timedelta(days=90)


@needs("manage_roles")
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """What needs a look, with a number each, and where to see it."""
    now, day = timezone.now(), access(request).day
    locked, sessions = store.lockouts(now), store.signed_in(now)
    people = all_people().filter(is_active=True)
    bare = store.keyed(people.filter(grants__role__in=store.key_roles()), has=False).distinct()
    tokens = all_tokens().filter(revoked=False, expires__gt=now)
    recent = [one for one in label_entries()[:200] if one.at > now - SOON]
    figures = (
        (len(locked), "lockouts", say("被锁定", "Locked out"), say("谁登不进来，可以解锁", "who cannot sign in"), True),
        (len(sessions), "sessions", say("正在登录", "Signed in"), say("谁在哪里登录着，可以结束", "who, where"), False),
        (bare.count(), "accounts", say("该有第二道验证而没有", "Second key missing"),
         say("角色要求而没有启用的", "required by a role and not there"), True),
        (store.stale(people, now - UNUSED).count(), "accounts", say("90 天没有登录", "Unused for 90 days"),
         say("不用的账号请系统管理员停用", "ask the system administrator to close them"), True),
        (grants_found(state="soon", day=day).count(), "grants", say("30 天内到期的角色", "Roles that end soon"),
         say("代理、借调到期前看一看", "look before they end"), True),
        (tokens.count(), "tokens", say("有效的接口令牌", "Tokens in use"), say("谁的程序能进来", "whose"), False),
        (sum(one.lowered for one in changes_in(recent, titles=False)), "label_history",
         say("30 天内公开属性放宽", "Labels lowered in 30 days"), say("谁、为什么", "by whom, and why"), True),
    )  # fmt: skip
    parts = [dict(zip(("count", "to", "title", "text", "look"), one, strict=True)) for one in figures]
    return render(request, "administration/security.html", {"parts": parts})


def _locked() -> Listing:
    columns = (
        Column("name", say("用户名", "User name")), Column("place", say("从哪里", "From"), "code"),
        Column("tries", say("输错", "Wrong"), "number"), Column("since", say("锁定于", "Locked at")),
        Column("until", say("到", "Until")),
    )  # fmt: skip

    def row(one: store.Locked) -> dict[str, Any]:
        return {"id": f"{one.name}@{one.address}", "name": one.name, "place": one.address, "tries": one.tries,
                "since": at(one.since), "until": at(one.until)}  # fmt: skip

    return Listing("locked", say("被锁定的", "Locked out"), columns, row,
                   say("现在没有人被锁定。", "Nobody is locked out now."))  # fmt: skip


def _failed() -> Listing:
    columns = (
        Column("at", say("时间", "At")), Column("name", say("用户名", "User name")),
        Column("place", say("从哪里", "From"), "code"), Column("program", say("浏览器", "Browser")),
        Column("locked", say("结果", "Result"), "tag"),
    )  # fmt: skip

    def row(one: Any) -> dict[str, Any]:
        told = (say("因此锁定", "locked"), "bad") if one.locked_out else (say("密码不对", "wrong"), "plain")
        return {"at": at(one.attempt_time), "name": one.username or "", "place": one.ip_address or "",
                "program": one.user_agent[:60], "locked": {"text": told[0], "tone": told[1]}}  # fmt: skip

    return Listing("failed", say("密码输错的记录", "Wrong passwords"), columns, row,
                   say("还没有人输错过密码。", "No wrong password yet."))  # fmt: skip


@needs("manage_roles")
@require_GET
def lockouts(request: HttpRequest) -> HttpResponse:
    """Who is locked out now, and every wrong password."""
    failed = _failed()
    if kind := request.GET.get("as"):
        return failed.file(store.failures()[:50_000], kind)
    locked = _locked().table(request, store.lockouts(timezone.now()), chosen=True)
    context = {"locked": locked, "failed": failed.table(request, store.failures())}
    return render(request, "administration/lockouts.html", context)


@needs("manage_roles")
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Those that were chosen may try again."""
    by = access(request).acting()
    pairs = (one.rpartition("@") for one in chosen(request))
    done = sum(store.unlock(name, place, by) for name, _, place in pairs if name)
    _say(request, done, say(f"解锁了 {done} 个", f"{done} unlocked"))
    return redirect("administration:lockouts")


def _sessions(own: str) -> Listing:
    columns = (
        Column("name", say("谁", "Who"), "title"), Column("place", say("从哪里", "From"), "code"),
        Column("program", say("浏览器", "Browser")), Column("since", say("登录于", "Since")),
        Column("seen", say("最近在用", "Last seen")), Column("state", say("状态", "State"), "tag"),
    )  # fmt: skip

    def row(one: store.SignedIn) -> dict[str, Any]:
        here = {"text": say("就是这里", "this one"), "tone": "ink"}
        state = here if one.id == own else {"text": say("登录着", "signed in"), "tone": "good"}
        name = {"text": str(one.who), "beside": one.who.username if one.who else ""}
        return {"id": one.id, "name": name, "place": one.place or "—", "program": program(one.program),
                "since": at(one.since), "seen": at(one.seen), "state": state}  # fmt: skip

    return Listing("sessions", say("正在登录", "Signed in"), columns, row,
                   say("没有别的登录。", "Nobody else is signed in."))  # fmt: skip


def program(agent: str) -> str:
    """A browser as people call it."""
    names = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    name = next((word for mark, word in names if mark in agent), agent[:30] or "—")
    phone = say("手机", "phone") if "Mobile" in agent else ""
    return f"{name} {phone}".strip()


@needs("manage_roles")
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Who is signed in, where and since when."""
    words = request.GET.get("words", "")[:60]
    found = [one for one in store.signed_in(timezone.now()) if words in f"{one.who} {one.who and one.who.username}"]
    listing = _sessions(store.session_id(request.session.session_key or ""))
    if kind := request.GET.get("as"):
        return listing.file(found, kind)
    table = listing.table(request, found, chosen=True)
    return render(request, "administration/sessions.html", {"table": table, "words": words, "mine": False})


@needs("manage_roles")
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End those that were chosen; with ``all`` every other session of the same people."""
    by, now = access(request).acting(), timezone.now()
    picked = set(chosen(request))
    found = [one for one in store.signed_in(now) if one.id in picked]
    if request.POST.get("all"):
        own = store.session_id(request.session.session_key or "")
        done = sum(store.end_sessions(person, by, now, but=own) for person in {one.person for one in found})
    else:
        done = sum(store.end_session(one.id, by, now) for one in found)
    _say(request, done, say(f"结束了 {done} 处登录", f"{done} ended"))
    return redirect("administration:sessions")


@needs("profile")
@require_GET
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Where a person is signed in."""
    found = store.signed_in(timezone.now(), access(request).person.pk)
    listing = _sessions(store.session_id(request.session.session_key or ""))
    if kind := request.GET.get("as"):
        return listing.file(found, kind)
    context = {"table": listing.table(request, found, chosen=True), "mine": True}
    return render(request, "administration/sessions.html", context)


@needs("profile")
@require_POST
def end_my_sessions(request: HttpRequest) -> HttpResponse:
    """End those of the own sessions that were chosen, or all but this one."""
    who, now = access(request), timezone.now()
    if request.POST.get("all"):
        own = store.session_id(request.session.session_key or "")
        done = store.end_sessions(who.person.pk, who.acting(), now, but=own)
    else:
        done = sum(store.end_session(one, who.acting(), now, who.person.pk) for one in chosen(request))
    _say(request, done, say(f"结束了 {done} 处登录", f"{done} ended"))
    return redirect("administration:my_sessions")


def _say(request: HttpRequest, done: int, told: str) -> None:
    if done:
        messages.success(request, told)
    else:
        messages.warning(request, say("没有选中什么，先在表里勾选。", "Nothing was chosen: tick rows first."))
