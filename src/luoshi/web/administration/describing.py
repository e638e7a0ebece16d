"""The site's own settings: place, names for papers, what counts as open; what each is for and when it last changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luoshi.store.calendars import CALENDAR
from luoshi.store.describing import PLACE, chosen_when, describe_site, office_text, site
from luoshi.store.dossiers import OFFICE
from luoshi.store.rules import LIGHTS, SLIPS
from luoshi.web.access import access, needs
from luoshi.web.administration.views import trail
from luoshi.web.public.forms import OfficeForm
from luoshi.web.shell.language import pair, say

_OPENNESS = {
    "report": ("报告没有标注时", "A report that nobody labelled"),
    "matter": ("事项没有标注时", "An item that nobody labelled"),
    "carried": ("往年转来的事项没有标注时", "An item carried over that nobody labelled"),
    "evidence": ("佐证没有标注时", "Evidence that nobody labelled"),
    "reading": ("指标读数没有标注时", "A reading that nobody labelled"),
}
_LABELS = {"public": ("公开", "public"), "internal": ("内部", "internal"), "secret": ("工作秘密", "work secret")}
_KNOWN = {
    PLACE: ("网站的地名", "Name of the place", "settings", "每一页的页眉、网页标题", "head and title of every page"),
    OFFICE: (
        "发文机关和公开的缺省",
        "Office and openness",
        "settings",
        "文书、公开网站、开放数据",
        "papers, public site",
    ),
    CALENDAR: ("工作日历", "Calendar", "calendar", "时限、提醒、排进度", "limits, reminders, schedules"),
    LIGHTS: ("亮灯规则", "Lights", "profiles", "每一项的灯", "the light of each item"),
    SLIPS: ("督查单规则", "Slips", "profiles", "什么时候该发督查单", "when a slip is due"),
}


class SiteForm(OfficeForm):
    """The place, the office's names, and what counts as open; ``seen`` is the revision that the page showed."""

    place_name = forms.CharField(
        label=pair("网站的地名", "Name of the place"), max_length=60, required=False,
        help_text=pair("写在每一页的页眉和网页标题里", "in the head and title of every page"),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in _OPENNESS.items():
            choices = [(one, say(*said)) for one, said in _LABELS.items()]
            self.fields[f"open_{name}"] = forms.ChoiceField(label=say(*words), choices=choices)
        self.order_fields(["place_name"])

    def first(self) -> Iterator[forms.BoundField]:
        """The fields that are no defaults of openness."""
        return (one for one in self if not one.is_hidden and not one.name.startswith("open_"))

    def openness(self) -> Iterator[forms.BoundField]:
        """The defaults of openness."""
        return (one for one in self if one.name.startswith("open_"))


@needs("manage_site")
def index(request: HttpRequest) -> HttpResponse:
    """Show the settings, and keep them where they are still as they were seen."""
    now = site()
    opened = {f"open_{name}": value for name, value in now.named().openness.model_dump().items()}
    initial = {**now.typed(), **opened, "place_name": now.place, "seen": now.seen}
    form, moved = SiteForm(request.POST or None, initial=initial), False
    if request.method == "POST" and form.is_valid():
        kept = _keep(request, form)
        if kept == ():
            messages.success(request, say("设置已保存", "The settings are kept"))
            return redirect("administration:settings")
        moved = kept is None
        for one in kept or ():
            form.add_error(None, f"{one.message}{one.advice}")
    when = chosen_when()
    known = [
        {
            "title": say(zh, en),
            "use": say(use, use_en),
            "at": when.get(name),
            "address": reverse(f"administration:{page}"),
        }
        for name, (zh, en, page, use, use_en) in _KNOWN.items()
    ]
    context = {"trail": trail(), "form": form, "moved": moved, "now": now, "known": known}
    return render(
        request, "administration/settings.html", context, status=409 if moved else 422 if form.errors else 200
    )


def _keep(request: HttpRequest, form: SiteForm) -> Any:
    given = form.cleaned_data
    names = {name: str(given[name]) for name in OfficeForm.base_fields}
    openness = {name: given[f"open_{name}"] for name in _OPENNESS}
    text = office_text(names, openness)
    return describe_site(given["place_name"], text, given["seen"], access(request).acting())
