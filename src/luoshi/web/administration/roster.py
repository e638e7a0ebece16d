"""The people of the site: found, sorted, taken away as a table; one changed, an account opened again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store.enrolling import Enrolled, facts_of
from luoshi.store.fetching import all_people, all_units
from luoshi.store.persons import STATES, Asked, change_person, people_asked, reopen_person
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.administration.forms import Reason
from luoshi.web.administration.views import trail
from luoshi.web.roles import roles
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.sheets import sheet
from luoshi.web.shell.tables import Column, Export, Table, sort_of

if TYPE_CHECKING:
    from luoshi.store.models import Person

_SIZE = 50
_FACTS = ("name", "unit", "phone", "email")
_STATES = {"active": ("在用", "in use", "good"), "fresh": ("未改初始密码", "first password", "warning"),
           "closed": ("已停用", "closed", "bad")}  # fmt: skip
_COLUMNS = (
    Column("name", pair("姓名", "Name"), "title", sorts=True),
    Column("username", pair("用户名", "User name"), sorts=True),
    Column("unit", pair("单位", "Unit"), "unit", sorts=True),
    Column("phone", pair("电话", "Phone")),
    Column("roles", pair("角色", "Roles")),
    Column("posts", pair("岗位", "Posts")),
    Column("state", pair("账号", "Account"), "tag", sorts=True),
)


class Filter(forms.Form):
    """What the list is narrowed by; a value that is none of the choices narrows nothing."""

    words = forms.CharField(label=pair("姓名、用户名、电话", "Name, sign-in, phone"), required=False, max_length=60)
    unit = forms.ModelChoiceField(all_units().none(), label=pair("单位", "Unit"), required=False)
    role = forms.ChoiceField(label=pair("角色", "Role"), required=False)
    state = forms.ChoiceField(label=pair("账号", "Account"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        unit, role, state = self.fields["unit"], self.fields["role"], self.fields["state"]
        assert isinstance(unit, forms.ModelChoiceField)
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(state, forms.ChoiceField)
        unit.queryset, unit.empty_label = all_units(), say("全部", "All")
        every = ("", say("全部", "All"))
        role.choices = [every, *((one.name, say(one.zh, one.en)) for one in roles().values())]
        state.choices = [every, *((one, say(*_STATES[one][:2])) for one in STATES)]
        self.full_clean()

    def asked(self, order: str) -> Asked:
        """What the store is asked for."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(**given, order=order)


class Facts(forms.Form):
    """What is known of a person; ``seen`` is what the page showed."""

    name = forms.CharField(label=pair("姓名", "Name"), max_length=60)
    unit = forms.ModelChoiceField(
        all_units().none(), label=pair("单位", "Unit"), required=False,
        help_text=pair("只用来查找；权限来自角色和岗位", "for finding only; rights come of roles and posts"),
    )  # fmt: skip
    phone = forms.CharField(label=pair("电话", "Phone"), max_length=40, required=False)
    email = forms.EmailField(label=pair("邮箱", "E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset, unit.empty_label = all_units().filter(closed=False), "—"


@needs("manage_people", "manage_roles")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everybody that the address asks for, with roles and posts; as a file with ``as=``."""
    who, form = access.access(request), Filter(request.GET)
    order = sort_of(request.GET.get("sort", ""), _COLUMNS, "username")
    found = people_asked(all_people(), form.asked(order), who.day)
    if kind := request.GET.get("as"):
        heads = [*(one.heading for one in _COLUMNS), say("邮箱", "E-mail")]
        return sheet(say("人员", "people"), heads, _cells(found, who.day), kind)
    page = Paginator(found, _SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    exports = [Export(name, f"?{query.urlencode()}&as={kind}") for name, kind in (("Excel", "xlsx"), ("CSV", "csv"))]
    rows = [_row(one, who.day) for one in page]
    none = say("没有找到。换个词，或清除条件。", "Nobody found: use other words, or clear the filters.")
    table = Table("people", say("人员", "People"), _COLUMNS, rows, order, page, exports, empty=none)
    context = {"trail": trail(), "form": form, "table": table, "may_people": who.may("manage_people")}
    return render(request, "administration/people.html", context)


def _row(one: Person, day: date) -> dict[str, Any]:
    state = "closed" if not one.is_active else "active" if one.password_set else "fresh"
    zh, en, tone = _STATES[state]
    return {
        "name": {"text": one.name, "address": reverse("administration:person", kwargs={"pk": one.pk})},
        "username": one.username,
        "unit": {"name": str(one.unit)} if one.unit else "—",
        "phone": one.phone or "—",
        "roles": "、".join(_granted(one)) or "—",
        "posts": "、".join(_held(one, day)) or "—",
        "state": {"text": say(zh, en), "tone": tone},
    }


def _cells(found: Any, day: date) -> Iterator[list[Any]]:
    for one in found:
        row = _row(one, day)
        shown = [row["name"]["text"], one.username, str(one.unit or ""), one.phone, row["roles"], row["posts"]]
        yield [*shown, row["state"]["text"], one.email]


def _granted(one: Person) -> Iterator[str]:
    for grant in one.grants.all():
        role = roles().get(grant.role)
        name = say(role.zh, role.en) if role else grant.role
        yield f"{name}（{grant.unit}）" if grant.unit else name


def _held(one: Person, day: date) -> Iterator[str]:
    for held in one.posts.all():
        if held.since <= day and (held.until is None or day <= held.until):
            yield f"{held.post.unit} {held.post.title}"


@needs("manage_people")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a person; whoever saw it otherwise looks again."""
    person = access.person(request, pk)
    form = Facts(request.POST or None, initial={fact: getattr(person, fact) for fact in _FACTS})
    moved = False
    if request.method == "POST" and form.is_valid():
        given, seen = form.cleaned_data, {fact: request.POST.get(f"seen_{fact}", "") for fact in _FACTS}
        new = Enrolled(person.username, **given)
        if change_person(person, new, seen, access.access(request).acting()):
            messages.success(request, say("改好了", "Changed"))
            return redirect("administration:person", pk=pk)
        moved = True
        person.refresh_from_db()
    context = {
        "trail": [*trail(), (person.name, reverse("administration:person", kwargs={"pk": pk}))],
        "person": person,
        "form": form,
        "now": facts_of(person),
        "moved": moved,
    }
    status = 409 if moved else 422 if form.errors else 200
    return render(request, "administration/person_edit.html", context, status=status)


@needs("manage_people")
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again, with the reason."""
    person, form = access.person(request, pk), Reason(request.POST)
    if not form.is_valid():
        messages.error(request, say("没有启用：请写明原因", "Not opened: give the reason"))
    else:
        reopen_person(person, access.access(request).acting(), form.cleaned_data["reason"])
        messages.success(request, say("账号重新启用了", "The account is open again"))
    return redirect("administration:person", pk=pk)
