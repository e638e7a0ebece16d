"""Views of the register that people keep under a name, for themselves or for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from luoshi.store.saved_views import change_view, forget_view, save_view, views_of
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.models import SavedView

_PAGE = "register"


class ViewForm(forms.Form):
    """A name for the view at hand."""

    name = forms.CharField(max_length=60)
    query = forms.CharField(max_length=1000, required=False)
    shared = forms.BooleanField(required=False)
    renew = forms.BooleanField(required=False)


@needs("matters")
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the page under a name."""
    who = _inside(request)
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.warning(request, say("请给视图起个名字，最多 60 字。", "Give the view a name of up to 60 letters."))
        return _back(request.POST.get("query", ""))
    given = form.cleaned_data
    if given["shared"] and not who.may("supervise"):
        access.refuse(request, "supervise")
    problems = save_view(who.person, _PAGE, given["name"], given["query"], who.acting(), shared=given["shared"])
    for one in problems:
        messages.warning(request, say(f"{one.message}{one.advice}", one.english))
    if not problems:
        messages.success(request, say(f"已保存视图：{given['name']}", f"Kept: {given['name']}"))
    return _back(given["query"])


@needs("matters")
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name for an own view, the filters at hand, or everybody's; a shared one is for the office to change."""
    who = _inside(request)
    view = _view(request, who, pk)
    form = ViewForm(request.POST)
    if not form.is_valid():
        messages.warning(request, say("请给视图起个名字，最多 60 字。", "Give the view a name of up to 60 letters."))
        return _back(request.POST.get("query", ""))
    given = form.cleaned_data
    if given["shared"] and not who.may("supervise"):
        access.refuse(request, "supervise")
    query = given["query"] if given["renew"] else view.query
    problems = change_view(view, who.person, given["name"], query, who.acting(), shared=given["shared"])
    for one in problems:
        messages.warning(request, say(f"{one.message}{one.advice}", one.english))
    if not problems:
        messages.success(request, say(f"已改好视图：{given['name']}", f"Changed: {given['name']}"))
    return _back(query)


@needs("matters")
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an own view; a shared one is for the office to forget."""
    who = _inside(request)
    view = _view(request, who, pk)
    forget_view(view, who.acting())
    messages.success(request, say(f"已删除视图：{view.name}", f"Forgotten: {view.name}"))
    return _back("")


def _view(request: HttpRequest, who: access.Access, pk: int) -> SavedView:
    """The view, for whoever may change it: an own one, or a shared one for the office; else 404 or 403."""
    view = views_of(who.person, _PAGE).filter(pk=pk).first()
    if view is None:
        raise Http404
    if view.person_id is None and not who.may("supervise"):
        access.refuse(request, "supervise")
    return view


def _inside(request: HttpRequest) -> access.Access:
    """Whoever keeps views: people of the offices and units."""
    who = access.access(request)
    if who.sees not in ("all", "own"):
        access.refuse(request, "report")
    return who


def _back(query: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('register:index')}?{query}")
