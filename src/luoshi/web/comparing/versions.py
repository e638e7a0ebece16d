"""Two versions of one report, draft and final: what was added, dropped, softened, moved."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from luoshi.compare import Change, Difference, Edition, diff
from luoshi.publish.ledger import change_kind, change_shift, difference_rows, difference_workbook
from luoshi.publish.ledger.wording import words
from luoshi.store.comparing import Place
from luoshi.store.fetching import all_reports
from luoshi.store.reports import plan_of
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.comparing.rows import in_reader
from luoshi.web.comparing.views import trail
from luoshi.web.reader.uploading import told
from luoshi.web.shell.language import pair, say
from luoshi.web.shell.sheets import KINDS, sheet

if TYPE_CHECKING:
    from luoshi.store.models import Report


class Two(forms.Form):
    """The two that are compared, and which changes are listed."""

    old = forms.TypedChoiceField(label=pair("旧的一版", "The old one"), coerce=int)
    new = forms.TypedChoiceField(label=pair("新的一版", "The new one"), coerce=int)
    change = forms.ChoiceField(label=pair("变化", "Change"), required=False)

    def __init__(self, place: Place, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        offered = [(str(one.pk), _called(one)) for one in place.reports]
        kinds = [(name, f"{words()['difference']['signs'][name]} {zh}") for name, zh in _kinds().items()]
        for name, choices in (("old", offered), ("new", offered), ("change", [("", say("全部", "all")), *kinds])):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


@needs("compare")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed from one report of a place to another."""
    place = access.place(request, pk)
    asked = _asked(request, place)
    form = Two(place, asked)
    found = _found(form) if form.is_valid() else None
    context: dict[str, Any] = {"place": place, "form": form, "found": found, "enough": len(place.reports) > 1}
    if found is not None:
        context |= {
            "counts": Counter(change_kind(one) for one in found.changes).items(),
            "rows": [_row(one, form) for one in _wanted(form, found).changes],
            "odd": told(found.problems),
            "query": asked.urlencode(),
            "may_export": access.access(request).may("export"),
        }
    return render(request, "comparing/versions.html", context | {"trail": trail()})


@needs("export")
@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The changes, narrowed as the page was, to take away."""
    if not access.access(request).may("compare"):
        access.refuse(request, "compare")
    place = access.place(request, pk)
    form = Two(place, _asked(request, place))
    if kind not in KINDS or not form.is_valid():
        raise Http404
    found = _wanted(form, _found(form))
    name = say(f"{place.name}两稿不同", f"{place.name} differences")
    if kind == "csv":
        return sheet(name, *difference_rows(found), kind)
    response = HttpResponse(difference_workbook(found), content_type=KINDS[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return response


def _called(report: Report) -> str:
    day = f"{timezone.localtime(report.created):%Y-%m-%d}"
    came = say(f"{day} 导入，第 {report.pk} 号", f"brought in {day}, no. {report.pk}")
    return f"{report.year or ''} {report.title}（{came}）".strip()


def _kinds() -> dict[str, str]:
    found: dict[str, str] = words()["difference"]["kinds"]
    return found


def _asked(request: HttpRequest, place: Place) -> QueryDict:
    """What is asked for; where nothing is, the last two versions of one year, else the last two reports."""
    asked = request.GET.copy()
    if "old" not in asked and len(place.reports) > 1:
        same = [(one, other) for one, other in zip(place.reports, place.reports[1:], strict=False)
                if one.year == other.year]  # fmt: skip
        old, new = same[-1] if same else place.reports[-2:]
        asked["old"], asked["new"] = str(old.pk), str(new.pk)
    return asked


def _found(form: Two) -> Difference:
    pair_ = [all_reports().get(pk=form.cleaned_data[name]) for name in ("old", "new")]
    return _difference(*((one.pk, one.revision) for one in pair_))


@lru_cache(maxsize=8)
def _difference(old: tuple[int, int], new: tuple[int, int]) -> Difference:
    """Kept for as long as neither report is corrected: both are named with their revision."""
    return diff(*(_edition(pk) for pk, _ in (old, new)))


def _edition(pk: int) -> Edition:
    report = all_reports().select_related("body").get(pk=pk)
    return Edition(plan_of(report), report.body.text)


def _wanted(form: Two, found: Difference) -> Difference:
    kind = form.cleaned_data["change"]
    return found.model_copy(update={"changes": tuple(one for one in found.changes if kind in ("", one.kind))})


def _row(one: Change, form: Two) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "word": change_kind(one),
        "old": one.old and (one.old.text, in_reader(form.cleaned_data["old"], one.old.text)),
        "new": one.new and (one.new.text, in_reader(form.cleaned_data["new"], one.new.text)),
        "shifts": [change_shift(shift) for shift in one.shifts if shift.aspect != "words"],
        "sections": [name for name in dict.fromkeys((one.old_section, one.new_section)) if name],
    }
