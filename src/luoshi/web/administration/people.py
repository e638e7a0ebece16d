"""People: the system administrator makes and closes accounts, the security administrator grants roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.administering import let_go, new_password, new_person
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
    return shown(request, access.person(request, pk))


def shown(request: HttpRequest, person: Person, **more: Any) -> HttpResponse:
    """The page of ``person``, with what a form did not accept."""
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
        return shown(request, person, reason_form=form)
    if problems := let_go(person, who.acting(), form.cleaned_data["reason"], who.day):
        return shown(request, person, problems=problems)
    messages.success(request, say("账号已停用", "The account is closed"))
    return redirect("administration:person", pk=pk)
