"""The accounts as the security administrator looks at them: second keys, first passwords, long unused."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from luoshi.store import entrances as store
from luoshi.store.administering import people_found
from luoshi.store.fetching import all_people
from luoshi.web.access import access, needs
from luoshi.web.administration.guarding import Listing, Why, at, chosen, numbers
from luoshi.web.roles import roles
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.tables import Column

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.store.models import Person

UNUSED = timedelta(days=90)


class Accounts(forms.Form):
    """Which accounts to list."""

    words = forms.CharField(label=pair("姓名或用户名", "Name"), required=False, max_length=60)
    role = forms.ChoiceField(label=pair("角色", "Role"), required=False)
    state = forms.ChoiceField(label=pair("看哪些", "Which"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", say("全部", "All"))
        states = (
            ("missing", say("该有第二道验证而没有", "second key missing")),
            ("bare", say("没有第二道验证", "without a second key")), ("keyed", say("有第二道验证", "with one")),
            ("first", say("还是初始密码", "still the first password")),
            ("stale", say("90 天没有登录", "unused for 90 days")),
        )  # fmt: skip
        self.fields["role"].choices = [every, *role_choices()]  # type: ignore[attr-defined]
        self.fields["state"].choices = [every, *states]  # type: ignore[attr-defined]


class Required(forms.Form):
    """The roles that need a second key."""

    roles = forms.MultipleChoiceField(label=pair("哪些角色必须有第二道验证", "Roles that need a second key"),
                                      widget=forms.CheckboxSelectMultiple, required=False,
                                      help_text=pair("下次登录起生效：还没有启用的，先启用才能办别的。",
                                                     "In force from the next sign-in on."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = role_choices()  # type: ignore[attr-defined]


def role_choices() -> list[tuple[str, str]]:
    """Every role with what it is called."""
    return [(one.name, say(one.zh, one.en)) for one in roles().values()]


def _found(words: str = "", role: str = "", state: str = "") -> QuerySet[Person]:
    people = store.with_key(people_found(all_people().filter(is_active=True), words))
    if role:
        people = people.filter(grants__role=role).distinct()
    match state:
        case "missing":
            return store.keyed(people.filter(grants__role__in=store.key_roles()), has=False).distinct()
        case "bare" | "keyed":
            return store.keyed(people, has=state == "keyed")
        case "first":
            return people.filter(password_set=None)
        case "stale":
            return store.stale(people, timezone.now() - UNUSED)
        case _:
            return people


def _listing(needed: frozenset[str]) -> Listing:
    columns = (
        Column("name", say("姓名", "Name"), "title"), Column("roles", say("角色", "Roles")),
        Column("key", say("第二道验证", "Second key"), "tag"), Column("password", say("密码设于", "Password of")),
        Column("seen", say("上次登录", "Last sign-in")),
    )  # fmt: skip

    def row(one: Any) -> dict[str, Any]:
        held = [grant.role for grant in one.grants.all()]
        lacks = not one.has_key and needed & set(held)
        key = (
            (say("已启用", "on"), "good") if one.has_key else (say("应启用", "missing"), "bad") if lacks else ("—", "")
        )
        said = "、".join(say(roles()[name].zh, roles()[name].en) for name in held if name in roles())
        return {"id": one.pk, "name": {"text": one.name, "beside": one.username,
                                       "address": f"/administration/people/{one.pk}/"},
                "roles": said or "—", "key": {"text": key[0], "tone": key[1]} if key[1] else "—",
                "password": at(one.password_set) if one.password_set else say("初始密码", "first one"),
                "seen": at(one.last_login) if one.last_login else say("从未", "never")}  # fmt: skip

    return Listing("accounts", say("账号的登录安全", "How accounts sign in"), columns, row,
                   say("没有这样的账号。", "No such account."))  # fmt: skip


def _page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    needed, form = store.key_roles(), Accounts(request.GET)
    table = _listing(needed).table(request, _found(**(form.cleaned_data if form.is_valid() else {})), chosen=True)
    context = {"form": form, "table": table, "why": Why(), "required": Required(initial={"roles": sorted(needed)})}
    return render(request, "administration/accounts.html", context | more, status=status)


@needs("manage_roles")
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Every open account: second key, age of the password, last sign-in."""
    if kind := request.GET.get("as"):
        form = Accounts(request.GET)
        return _listing(store.key_roles()).file(_found(**(form.cleaned_data if form.is_valid() else {})), kind)
    return _page(request)


@needs("manage_roles")
@require_POST
def require_keys(request: HttpRequest) -> HttpResponse:
    """Choose the roles that need a second key."""
    form = Required(request.POST)
    if not form.is_valid():
        return _page(request, 422, required=form)
    store.require_keys(form.cleaned_data["roles"], access(request).acting())
    messages.success(request, say("记下了，下次登录起生效", "Kept: in force from the next sign-in on"))
    return redirect("administration:accounts")


@needs("manage_roles")
@require_POST
def reset_keys(request: HttpRequest) -> HttpResponse:
    """Take the second keys of those chosen away (a lost phone), with a reason; their sessions end."""
    why, by, now = Why(request.POST), access(request).acting(), timezone.now()
    people = all_people().filter(pk__in=numbers(chosen(request)))
    if not why.is_valid() or not people:
        if not people:
            why.add_error(None, say("没有选中人：先在表里勾选。", "Nobody was chosen: tick rows first."))
        return _page(request, 422, why=why)
    done = sum(store.reset_key(one, by, why.cleaned_data["reason"], now) for one in people)
    messages.success(
        request, say(f"重置了 {done} 人的第二道验证，他们的登录都已结束", f"Second keys of {done} taken away")
    )
    return redirect("administration:accounts")
