"""People: the system administrator makes and closes accounts, the security administrator grants roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.administering import grant, let_go, new_password, new_person
from luoshi.store.people import grant_role, take_role
from luoshi.store.tokens import all_tokens, revoke
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.administration.forms import NewPerson, NewRole, Reason
from luoshi.web.roles import roles
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.models import Person

_SIZE = 50


def _either(request: HttpRequest) -> None:
    """For those who manage people and those who grant roles."""
    who = access.access(request)
    if not who.may("manage_people") and not who.may("manage_roles"):
        access.refuse(request, "manage_people")


def _frame(request: HttpRequest) -> dict[str, Any]:
    who = access.access(request)
    return {"may_people": who.may("manage_people"), "may_roles": who.may("manage_roles")}


@needs("manage_people")
def add(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is shown this once."""
    form = NewPerson(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "administration/add.html", {"form": form}, status=422 if form.errors else 200)
    person, password = new_person(access.access(request).acting(), **form.cleaned_data)
    if person is None:
        form.add_error("username", say("这个用户名已经有了", "This user name is taken"))
        return render(request, "administration/add.html", {"form": form}, status=422)
    return _once(request, person, password)


def _once(request: HttpRequest, person: Person, password: str) -> HttpResponse:
    """The page that shows a password, and is kept nowhere."""
    back = reverse("administration:person", kwargs={"pk": person.pk})
    made = render(request, "administration/once.html", {"person": person, "secret": password, "back": back})
    made["Cache-Control"] = "no-store"
    return made


@needs("profile")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: account, roles, posts."""
    _either(request)
    return _shown(request, access.person(request, pk))


def _shown(request: HttpRequest, person: Person, **more: Any) -> HttpResponse:
    grants = [(one, roles()[one.role]) for one in person.grants.select_related("unit") if one.role in roles()]
    found = {"person": person, "grants": grants, "role_form": NewRole(), "reason_form": Reason(), "problems": ()}
    context = {**_frame(request), **found, **more}
    return render(request, "administration/person.html", context, status=422 if more else 200)


@needs("manage_people")
@require_POST
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """Another password for one sign-in."""
    person = access.person(request, pk)
    return _once(request, person, new_password(person, access.access(request).acting()))


@needs("manage_people")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account; not while posts are held."""
    person, who, form = access.person(request, pk), access.access(request), Reason(request.POST)
    if not form.is_valid():
        return _shown(request, person, reason_form=form)
    if problems := let_go(person, who.acting(), form.cleaned_data["reason"], who.day):
        return _shown(request, person, problems=problems)
    messages.success(request, say("账号已停用", "The account is closed"))
    return redirect("administration:person", pk=pk)


@needs("manage_roles")
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant a role; an administrator has one and no other."""
    person, form = access.person(request, pk), NewRole(request.POST)
    if not form.is_valid():
        return _shown(request, person, role_form=form)
    chosen = form.cleaned_data
    if problems := grant_role(person, chosen["role"], access.access(request).acting(), unit=chosen["unit"]):
        return _shown(request, person, role_form=form, problems=problems)
    messages.success(request, say("角色已授予", "The role is granted"))
    return redirect("administration:person", pk=pk)


@needs("manage_roles")
@require_POST
def take(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    """Take a role away."""
    person = access.person(request, pk)
    found = _grant(person, grant)
    take_role(person, found.role, access.access(request).acting(), unit=found.unit)
    messages.success(request, say("角色已收回", "The role is taken away"))
    return redirect("administration:person", pk=pk)


def _grant(person: Person, pk: int) -> Any:
    found = grant(person, pk)
    if found is None:
        raise Http404
    return found


@needs("manage_roles")
@require_GET
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of everybody."""
    page = Paginator(all_tokens(), _SIZE).get_page(request.GET.get("page"))
    return render(request, "administration/tokens.html", {"page": page})


@needs("manage_roles")
@require_POST
def revoke_any(request: HttpRequest, token: int) -> HttpResponse:
    """Revoke a token of anybody."""
    found = all_tokens().filter(pk=token).first()
    if found is None:
        raise Http404
    revoke(found, access.access(request).acting())
    messages.success(request, say("令牌已作废", "The token is revoked"))
    return redirect("administration:tokens")
