"""What somebody chooses: rules, last year's report, what fails; and single findings that are let pass with a reason."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from luoshi.check import Suppression
from luoshi.problems import Problem, problem
from luoshi.store import drafts
from luoshi.store.drafts import Choice
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.checking import views
from luoshi.web.checking.checked import checked, offered
from luoshi.web.checking.choices import configured, name_of, rules_of
from luoshi.web.checking.forms import ChooseForm, PassForm
from luoshi.web.reader.uploading import told
from luoshi.web.shell.language import say


@needs("check")
@require_POST
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Check the draft another way from now on."""
    one, who = access.draft(request, key), access.access(request)
    form = ChooseForm(offered(one, who), request.POST, request.FILES)
    wrong: tuple[Problem, ...] = ()
    if form.is_valid():
        given = form.cleaned_data
        choice = Choice(rules_of(given["rules"]), given["fail"], given["earlier"], one.choice.passed)
        if given["config"]:
            choice, wrong = configured(choice, given["config"])
        if not wrong:
            drafts.choose(one, choice, given["openness"])
            messages.success(request, say("照新的设置查过了。", "Checked by the new settings."))
            return views.back(key)
    context = views.shown(request, one) | {"choose": form, "refused": told(wrong)}
    return render(request, "checking/show.html", context | {"wrong": form if form.errors else None}, status=422)


@needs("check")
@require_POST
def let_pass(request: HttpRequest, key: str) -> HttpResponse:
    """Let a finding pass, with a reason: it is listed among what was let pass until that is undone."""
    one = access.draft(request, key)
    form = PassForm(request.POST)
    found = checked(one, access.access(request))
    seen = found.result.found if found else ()
    which = next((each for each in seen if each.mark == request.POST.get("mark")), None)
    if not form.is_valid() or which is None:
        wrong = problem("K004", rule=which.code if which else "", words=which.place.text[:20] if which else "")
        context = views.shown(request, one) | {"refused": told((wrong,))}
        return render(request, "checking/show.html", context, status=422)
    passing = Suppression(which.code, form.cleaned_data["reason"], mark=which.mark)
    drafts.choose(one, replace(one.choice, passed=(*one.choice.passed, passing)))
    messages.success(
        request, say("放过了，列在最后，可以撤回。", "Let pass; it is listed at the end and can be undone.")
    )
    return views.back(key)


@needs("check")
@require_POST
def undo(request: HttpRequest, key: str, mark: str) -> HttpResponse:
    """Let it pass no longer."""
    one = access.draft(request, key)
    left = tuple(each for each in one.choice.passed if name_of(each) != mark)
    drafts.choose(one, replace(one.choice, passed=left))
    return views.back(key)
