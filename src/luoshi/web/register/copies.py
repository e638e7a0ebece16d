"""The register to work in (填报表) as it goes out: the real workbook, its CSV, or a copy for every unit in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from luoshi.publish.register import copies_of, register_csv_of, register_of
from luoshi.store.units import names_by_unit
from luoshi.web import access
from luoshi.web.access import Access, needs
from luoshi.web.register.data import data
from luoshi.web.register.views import found_by
from luoshi.web.register.working import Side, side_of, working
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import KINDS

if TYPE_CHECKING:
    from luoshi.publish.dossier import Dossier
    from luoshi.store.models import Report

_TYPES = {**KINDS, "zip": "application/zip"}
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST = 60
Files = Iterator[tuple[str, bytes]]


@needs("supervise", "report")
@require_GET
def working_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The items that the address asks for: xlsx or csv to fill in, or units, a workbook for each of them in a zip."""
    who = access.access(request)
    side = side_of(who)
    if side is None:
        access.refuse(request, "report")
    if side is None or kind not in ("xlsx", "csv", "units") or (kind == "units" and side.name != "office"):
        raise Http404
    chosen: dict[int, list[int]] = {}
    for report, pk in found_by(request).values_list("report_id", "pk"):
        chosen.setdefault(report, []).append(pk)
    if not 0 < len(chosen) <= data()["working"]["reports"]:
        return _back(request, len(chosen))
    reports = access.reports(who).filter(pk__in=list(chosen)).select_related("body").order_by("pk")
    several = len(chosen) > 1
    made = [file for report in reports for file in _files(who, report, chosen[report.pk], kind, side, several=several)]
    if kind != "units" and len(made) == 1:
        return _sent(made[0][0], made[0][1], kind)
    return _sent(f"{say('填报表', 'register')}.zip", _zip(made), "zip")


def _files(who: Access, report: Report, pks: list[int], kind: str, side: Side, *, several: bool) -> Files:
    """The files of one report: one, or one a unit; in a folder of their own where there are several reports."""
    whole, _ = working(who, report, pks)
    stem = _FORBIDDEN.sub("_", report.title).strip(" .")[:_LONGEST] or "_"
    if kind == "units":
        folder = f"{stem}/" if several else ""
        yield from ((f"{folder}{name}", made) for name, made in copies_of(whole, _units(who, whole)))
    else:
        unit = f"-{side.unit}" if side.unit else ""
        written = {"xlsx": register_of, "csv": register_csv_of}[kind]
        yield f"{say('填报表', 'register')}-{stem}{unit}.{kind}", written(whole, side.unit, side.names)


def _units(who: Access, whole: Dossier) -> dict[str, frozenset[str]]:
    """Every unit with a part in ``whole``, under all its names; one that the site does not know under its own."""
    found = {name for one in whole.matters for name in (one.lead, *one.help) if name}
    units = {one.pk: one.name for one in access.units(who)}
    known = {units[pk]: names for pk, names in names_by_unit(units).items()}
    strangers = found - {name for names in known.values() for name in names}
    every = {**known, **{name: frozenset((name,)) for name in strangers}}
    return {name: names for name, names in sorted(every.items()) if names & found}


def _zip(files: list[tuple[str, bytes]]) -> bytes:
    """The files in one, without a moment in it: the same files give the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as held:
        for name, content in files:
            held.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()


def _sent(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_TYPES[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _back(request: HttpRequest, reports: int) -> HttpResponse:
    """Nothing was found, or of too many reports: back to the list, with what to do."""
    if reports:
        most = data()["working"]["reports"]
        told = say(f"这些任务分在 {reports} 份报告里，一次最多出 {most} 份：请先在筛选里选一份报告。",
                   f"These items are of {reports} reports; at most {most} at once: choose a report first.")  # fmt: skip
    else:
        told = say(
            "没有符合条件的任务，没有出表：请放宽筛选条件。",
            "No item was found, so there is no file: widen the filters.",
        )
    messages.warning(request, told)
    return HttpResponseRedirect(f"{reverse('register:index')}?{request.GET.urlencode()}")
