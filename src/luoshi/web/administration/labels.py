"""Labels 公开, 内部, 工作秘密: what nobody has labelled, many at once, reports and evidence; and who changed which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.store import labelling as store
from luoshi.store.fetching import all_files
from luoshi.store.moving import label_evidence, label_matter
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.administration.guarding import MOST, PICK, Listing, at, chosen
from luoshi.web.matter import words
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.tables import Column

if TYPE_CHECKING:
    from luoshi.problems import Problem

KINDS = ("matter", "proposed", "evidence", "report")


class Label(forms.Form):
    """The label for what was chosen, and why."""

    openness = forms.ChoiceField(label=pair("标为", "Label as"), widget=forms.RadioSelect)
    reason = forms.CharField(label=pair("理由", "Reason"), max_length=200,
                             help_text=pair("放宽的（例如工作秘密改内部），写明谁审过、依据什么。",
                                            "Where it is lowered: who has looked at it, on what ground."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["openness"].choices = label_choices()  # type: ignore[attr-defined]


class Which(forms.Form):
    """Which things to list."""

    of = forms.CharField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(label=pair("名称", "Name"), required=False, max_length=60)
    label = forms.ChoiceField(label=pair("公开属性", "Label"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("none", say("还没有标", "none yet"))
        self.fields["label"].choices = [("", say("全部", "All")), none, *label_choices()]  # type: ignore[attr-defined]


def label_choices() -> list[tuple[str, str]]:
    """Every label with what it is called."""
    return [(one, words.label_tag(one)["text"]) for one in store.LABELS]


def _of(request: HttpRequest) -> str:
    asked = request.GET.get("of") or request.POST.get("of") or KINDS[0]
    return asked if asked in KINDS else KINDS[0]


def _found(request: HttpRequest, of: str) -> Any:
    """What there is to label of a kind, narrowed down by what was asked for; matters without a label come first."""
    form, who = Which(request.GET), access.access(request)
    given = form.cleaned_data if form.is_valid() else {}
    matters = access.matters(who).select_related("report")
    if of in ("matter", "proposed"):
        found = (
            store.proposed(matters) if of == "proposed" else matters.order_by("labelled", "report_id", "place", "pk")
        )
        found = found.filter(title__contains=given.get("words", ""))
        if given.get("label") == "none":
            return store.to_label(found)
        return found.filter(labelled=True, label=given["label"]) if given.get("label") else found
    name = "name__contains" if of == "evidence" else "title__contains"
    files = all_files().filter(matter__in=access.matters(who)).order_by("-pk")
    rows = files if of == "evidence" else access.reports(who).order_by("-pk")
    rows = rows.filter(**{name: given.get("words", "")})
    return rows.filter(label=given["label"]) if given.get("label") in store.LABELS else rows


def _listing(of: str) -> Listing:
    heads = {"matter": say("事项", "Item"), "evidence": say("佐证", "Evidence"), "report": say("报告", "Report")}
    columns = (
        Column("name", heads.get(of, heads["matter"]), "title"), Column("where", say("在哪里", "Where")),
        Column("label", say("现在", "Now"), "tag"),
    )  # fmt: skip
    row = {"evidence": _file_row, "report": _report_row}.get(of, _matter_row)
    return Listing("labels", say("公开属性", "Labels"), columns, row,
                   say("没有要看的：都标过了，或没有符合的。", "Nothing to look at here."))  # fmt: skip


def _matter_row(one: Any) -> dict[str, Any]:
    tag = words.label_tag(one.label) if one.labelled else {"text": say("还没有标", "none yet"), "tone": "warning"}
    name = {"text": one.title, "address": reverse("matter:show", kwargs={"pk": one.pk}), "beside": one.lead_name}
    return {"id": f"{one.pk}-{one.revision}", "name": name, "where": one.report.title, "label": tag}


def _file_row(one: Any) -> dict[str, Any]:
    name = {"text": one.name, "address": reverse("matter:file", kwargs={"pk": one.pk}), "beside": ""}
    return {"id": f"{one.pk}-{one.matter.revision}", "name": name, "where": one.matter.title,
            "label": words.label_tag(one.label)}  # fmt: skip


def _report_row(one: Any) -> dict[str, Any]:
    name = {"text": one.title, "address": reverse("reader:show", kwargs={"pk": one.pk})}
    return {"id": f"{one.pk}-{one.label}", "name": name, "where": "", "label": words.label_tag(one.label)}


@needs("manage_labels")
@require_GET
def labels(request: HttpRequest) -> HttpResponse:
    """What is to be labelled, by kind; a label for many at once."""
    of = _of(request)
    if kind := request.GET.get("as"):
        return _listing(of).file(_found(request, of)[:MOST], kind)
    return _page(request, of)


def _page(request: HttpRequest, of: str, status: int = 200, **more: Any) -> HttpResponse:
    who = access.access(request)
    said = {"matter": say("事项", "Items"), "proposed": say("佐证比事项公开的", "Evidence opener than its item"),
            "evidence": say("佐证", "Evidence"), "report": say("报告", "Reports")}  # fmt: skip
    here = reverse("administration:labels")
    tabs = [(title, f"{here}?of={name}") for name, title in said.items()]
    tabs.append((say("变更记录", "Changes"), reverse("administration:label_history")))
    table = _listing(of).table(request, _found(request, of), chosen=of != "proposed")
    theirs = access.matters(who)
    counted = store.counted(theirs, all_files().filter(matter__in=theirs))
    counted = [{**row, "of": said[str(row["of"])]} for row in counted]
    context = {"of": of, "tabs": tabs, "here": f"{here}?of={of}", "table": table, "form": Label(auto_id="set-%s"),
               "which": Which({**request.GET.dict(), "of": of}), "counted": counted, "pick": PICK}  # fmt: skip
    return render(request, "administration/labels.html", context | more, status=status)


@needs("manage_labels")
@require_POST
def label(request: HttpRequest) -> HttpResponse:
    """Label what was chosen; what somebody changed meanwhile is left alone, and said."""
    of, form = _of(request), Label(request.POST, auto_id="set-%s")
    pairs = [(int(pk), seen) for pk, _, seen in (one.partition("-") for one in chosen(request)) if pk.isdecimal()]
    if form.is_valid() and not pairs:
        form.add_error(None, say("没有选中什么：先在表里勾选。", "Nothing was chosen: tick rows first."))
    if not form.is_valid():
        return _page(request, of, 422, form=form)
    problems = [_one(request, of, pk, seen, form.cleaned_data) for pk, seen in pairs]
    done = problems.count(())
    if done:
        messages.success(request, say(f"标好了 {done} 个", f"{done} labelled"))
    for one in [found for row in problems for found in row][:5]:
        messages.error(request, say(f"{one.message}{one.advice}", f"{one.english} {one.message}"))
    return redirect(f"{reverse('administration:labels')}?of={of}")


def _one(request: HttpRequest, of: str, pk: int, seen: str, given: dict[str, Any]) -> tuple[Problem, ...]:
    chosen_label, reason = given["openness"], given["reason"]
    who = access.access(request)
    if of == "report":
        return store.label_report(access.report(request, pk), chosen_label, who.acting(), expected=seen, reason=reason)
    revision = int(seen) if seen.isdecimal() else -1
    if of == "evidence":
        file = access.evidence(request, pk)
        by = who.acting(access.matter(request, file.matter_id))
        return label_evidence(file, chosen_label, by, expected=revision, reason=reason).problems
    by = who.acting(access.matter(request, pk))
    return label_matter(pk, chosen_label, by, expected=revision, reason=reason).problems


@needs("manage_labels", "manage_roles")
@require_GET
def label_history(request: HttpRequest) -> HttpResponse:
    """Every change of a label: by whom, from what to what, why. Names only for those who see matters."""
    titles = access.access(request).may("manage_labels")
    listing = _changes(titles)
    if kind := request.GET.get("as"):
        return listing.file(store.label_entries()[:MOST], kind)
    table = listing.table(request, store.label_entries())
    return render(request, "administration/label_history.html", {"table": table, "titles": titles})


def _changes(titles: bool) -> Listing:
    columns = (
        Column("at", say("时间", "At")), Column("who", say("谁", "Who")), Column("what", say("什么", "What"), "title"),
        Column("before", say("原来", "Before"), "tag"), Column("after", say("现在", "After"), "tag"),
        Column("way", say("方向", "Way"), "tag"), Column("reason", say("理由", "Reason")),
    )  # fmt: skip
    return Listing("changes", say("公开属性变更", "Changes of labels"), columns, _change,
                   say("还没有人改过公开属性。", "No label was changed yet."),
                   load=lambda entries: store.changes_in(entries, titles))  # fmt: skip


def _change(one: store.Change) -> dict[str, Any]:
    kind, _, pk = one.subject.partition(":")
    said = {"matter": say("事项", "item"), "report": say("报告", "report"), "reading": say("读数", "reading")}
    tag = {name: words.label_tag(label) if label in store.LABELS else {"text": "—"}
           for name, label in (("before", one.before), ("after", one.after))}  # fmt: skip
    way = {"text": say("放宽", "lowered"), "tone": "warning"} if one.lowered else {"text": "—"}
    return {"at": at(one.at), "who": one.who, "what": {"text": one.title or f"{said.get(kind, kind)} {pk}"}, **tag,
            "way": way, "reason": one.reason}  # fmt: skip
