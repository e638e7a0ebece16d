"""The auditor's pages: the record searched and taken away, each entry with all it says; every look is recorded, too."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.store.administering import entries_found, entries_of_auditors
from luoshi.store.ledger import record
from luoshi.store.writing import writing
from luoshi.web.access import access, needs
from luoshi.web.administration.guarding import MOST, Listing, at
from luoshi.web.roles import roles
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.tables import Column

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.store.models import LedgerEntry


@cache
def _actions() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(resources.files(__package__).joinpath("actions.toml").read_text(encoding="utf-8"))


def action_word(action: str) -> str:
    """What an action of the record is called."""
    group, _, name = action.partition(".")
    row = _actions().get(group, {}).get(name)
    return say(row["zh"], row["en"]) if row else action


class Search(forms.Form):
    """What is looked for in the record."""

    words = forms.CharField(label=pair("内容或编号", "Words or subject"), required=False, max_length=60)
    actor = forms.CharField(label=pair("谁", "Who"), required=False, max_length=60)
    action = forms.ChoiceField(label=pair("动作", "Action"), required=False)
    since = forms.DateField(label=pair("从", "From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=pair("到", "To"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(f"{group}.{name}", say(row["zh"], row["en"]))
                 for group, rows in _actions().items() for name, row in rows.items()]  # fmt: skip
        self.fields["action"].choices = [("", say("全部", "All")), *named]  # type: ignore[attr-defined]


def _listing() -> Listing:
    columns = (
        Column("sequence", say("编号", "No."), "number"), Column("at", say("时间", "At")),
        Column("who", say("谁", "Who"), "title"), Column("action", say("动作", "Action"), "title"),
        Column("subject", say("对象", "Subject"), "code"), Column("summary", say("内容", "Summary")),
        Column("seal", say("封条", "Seal"), "title"),
    )  # fmt: skip
    return Listing("record", say("台账", "The record"), columns, _row,
                   say("没有符合的。放宽条件再找。", "Nothing fits: ask for less."))  # fmt: skip


def _row(one: LedgerEntry) -> dict[str, Any]:
    role = roles().get(one.role)
    return {"id": one.sequence, "sequence": one.sequence, "at": at(one.at),
            "who": {"text": one.actor, "beside": say(role.zh, role.en) if role else ""},
            "action": {"text": action_word(one.action), "beside": one.action}, "subject": one.subject,
            "summary": one.summary,
            "seal": {"text": f"{one.seal[:8]}…",
                     "address": reverse("administration:entry", kwargs={"sequence": one.sequence})}}  # fmt: skip


def _file(found: QuerySet[LedgerEntry], kind: str) -> HttpResponse:
    """The entries as a file, with whole seals and the words of the record itself."""
    names = ("sequence", "at", "actor", "role", "action", "subject", "summary", "seal")
    heads = (say("编号", "Number"), say("时间", "At"), say("谁", "Who"), say("角色", "Role"), say("动作", "Action"),
             say("对象", "Subject"), say("内容", "Summary"), say("封条", "Seal"))  # fmt: skip
    columns = tuple(Column(name, head) for name, head in zip(names, heads, strict=True))
    return Listing("record", say("台账", "record"), columns, lambda row: row).file(found.values(*names)[:MOST], kind)


@needs("audit")
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The entries that fit; as a file with ``as=csv`` or ``as=xlsx``."""
    form = Search(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = entries_found(**given)
    asked = {name: value for name, value in given.items() if value}
    if kind := request.GET.get("as"):
        made = _file(found, kind)
        _looked(request, "record.export", asked)
        return made
    table = _listing().table(request, found)
    if asked:
        _looked(request, "record.search", asked)
    return render(request, "administration/record.html", {"form": form, "table": table})


def _looked(request: HttpRequest, action: str, asked: Mapping[str, object]) -> None:
    with writing():
        record(access(request).acting(), action, "", " ".join(f"{name}={value}" for name, value in asked.items()))


@needs("audit")
@require_GET
def entry(request: HttpRequest, sequence: int) -> HttpResponse:
    """One entry with all that it says, and the seals before and after."""
    found = entries_found().defer(None).filter(sequence=sequence).select_related("person").first()
    if found is None:
        raise Http404
    said = json.dumps(json.loads(found.body)["given"], ensure_ascii=False, indent=2)
    context = {"entry": found, "said": said, "word": action_word(found.action), "role": roles().get(found.role)}
    return render(request, "administration/entry.html", context)


@needs("manage_roles")
@require_GET
def auditors(request: HttpRequest) -> HttpResponse:
    """What the auditors did: shown to the security administrator, so that nobody is without somebody who looks."""
    found = entries_of_auditors()
    if kind := request.GET.get("as"):
        return _file(found, kind)
    listing = _listing()
    columns = tuple(one for one in listing.columns if one.key != "seal")
    table = Listing("record", listing.caption, columns, _row, say("审计员还什么都没做过。", "Nothing yet.")).table(
        request, found
    )
    return render(request, "administration/auditors.html", {"table": table})
