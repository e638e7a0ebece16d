"""Checking a draft: upload, findings, what was mended since, files to take away."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

import luoshi
from luoshi.check import Diagnostic, Result, check
from luoshi.door import open_text, read_corrected
from luoshi.plan import Plan
from luoshi.problems import Problem, Unreadable, problem
from luoshi.publish.findings import Lines, page, sarif
from luoshi.source import Document
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.checking.forms import LONGEST, SEVERITIES, DraftForm
from luoshi.web.matter import words
from luoshi.web.shell.language import in_english, say
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST = 20 * 1024 * 1024
_FILES = {"html": "text/html; charset=utf-8", "sarif": "application/sarif+json"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was read, and what was found in it."""

    name: str
    text: str
    plan: Plan
    result: Result


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; ``at`` is the number of the finding it belongs to, 0 for none."""

    text: str
    at: int = 0
    severity: str = ""


@needs("check")
def index(request: HttpRequest) -> HttpResponse:
    """Choose a draft, then see what was found in it."""
    form = DraftForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "checking/index.html", {"form": form})
    if not form.is_valid():
        return render(request, "checking/index.html", {"form": form, "wrong": True}, status=422)
    checked, wrong = _checked(form)
    if checked is None:
        return render(request, "checking/index.html", {"form": form, "refused": wrong}, status=422)
    return render(request, "checking/index.html", {"form": form, **_shown(form, checked)})


@needs("check")
@require_POST
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The findings as a page, for review tools, or as a table."""
    if not access.access(request).may("export"):
        access.refuse(request, "export")
    if kind not in (*_FILES, "xlsx", "csv"):
        raise Http404
    form = DraftForm(request.POST)
    checked = _checked(form)[0] if form.is_valid() else None
    if checked is None:
        return render(request, "checking/index.html", {"form": form, "wrong": True}, status=422)
    labelled = words.label_tag(form.cleaned_data["openness"])["text"]
    name = f"{Path(checked.name).stem}-{say('检查', 'findings')}（{labelled}）"
    if kind not in _FILES:
        return sheet(name, _heads(), _rows(checked), kind)
    made = (page(checked.result, checked.plan, checked.text) if kind == "html"
            else sarif(checked.result, checked.plan, checked.text, version=luoshi.__version__))  # fmt: skip
    response = HttpResponse(made.encode("utf-8", "surrogatepass"), content_type=_FILES[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return response


def _heads() -> list[str]:
    return [say(*one) for one in (("行", "Line"), ("程度", "Severity"), ("规则", "Rule"), ("题目", "Title"),
            ("原文", "Words"), ("发现", "Found"), ("算式", "Sum"), ("为何", "Why"),
            ("怎么办", "What to do"))]  # fmt: skip


def _rows(checked: Checked) -> list[tuple[Any, ...]]:
    lines = Lines(checked.text)
    return [
        (lines.at(one.place.start).line, severity_word(one.severity), one.code, one.rule.title, one.place.text,
         one.message, one.sum, one.rule.why, one.rule.advice)
        for one in checked.result.found
    ]  # fmt: skip


def _checked(form: DraftForm) -> tuple[Checked | None, tuple[Problem, ...]]:
    """The draft read and checked, or why it cannot be. A file that came is gone when this returns."""
    given = form.cleaned_data
    try:
        document, notes = _opened(given["file"]) if given["file"] else _typed(given["text"], given["name"])
    except Unreadable as error:
        return None, error.problems
    plan = read_corrected(document, notes)
    found = _kept(form, check(plan, document.text, settings=form.settings()))
    return Checked(document.source, document.text, plan, found), ()


def _kept(form: DraftForm, result: Result) -> Result:
    shown = form.shown()
    return replace(result, found=tuple(one for one in result.found if one.severity in shown))


def _opened(file: UploadedFile) -> tuple[Document, tuple[Problem, ...]]:
    """The text of a file that was uploaded. Raises Unreadable."""
    name = (file.name or "draft").replace("\\", "/").rsplit("/", 1)[-1]
    if (file.size or 0) > LARGEST:
        size = f"{(file.size or 0) / (1 << 20):.1f} MB"
        raise Unreadable([problem("I006", name=name, size=size, limit=f"{LARGEST >> 20} MB")])
    with tempfile.TemporaryDirectory(prefix="luoshi-") as folder:
        place = Path(folder) / f"draft{Path(name).suffix[:8]}"
        place.write_bytes(file.read())
        document, notes = open_text(place)
    if len(document.text) > LONGEST:
        limit = f"{LONGEST:,} 字"
        raise Unreadable([problem("I006", name=name, size=f"{len(document.text):,} 字", limit=limit)])
    return replace(document, source=name), notes


def _typed(text: str, name: str) -> tuple[Document, tuple[Problem, ...]]:
    if not text.strip():
        raise Unreadable([problem("I005", name=name or "—")])
    return Document(text.replace("\r\n", "\n"), source=name), ()


def _shown(form: DraftForm, checked: Checked) -> dict[str, Any]:
    found = list(enumerate(checked.result.found, 1))
    lines = Lines(checked.text)
    cards = [(at, one, lines.at(one.place.start).line, severity_word(one.severity)) for at, one in found]
    groups = [(severity_word(name), name, [card for card in cards if card[1].severity == name]) for name in SEVERITIES]
    marks = dict.fromkeys(one.mark for one in checked.result.found)
    before = dict(line.split("\t", 1) for line in form.cleaned_data["before"].split("\n") if "\t" in line)
    return {
        "checked": checked,
        "groups": [group for group in groups if group[2]],
        "lines": _lines(checked.text, checked.result.found),
        "label": words.label_tag(form.cleaned_data["openness"]),
        "hidden": _hidden(form, checked),
        "mended": [said for mark, said in before.items() if mark not in marks],
        "fresh": {mark for mark in marks if before and mark not in before},
        "again": bool(before),
        "english": in_english(),
    }


def _hidden(form: DraftForm, checked: Checked) -> list[tuple[str, str]]:
    """What the next request has to bring back, because nothing of it stays here."""
    found = "\n".join(f"{one.mark}\t{one.code} {one.message}" for one in checked.result.found)
    given = form.cleaned_data
    kept = (("text", checked.text), ("name", checked.name), ("openness", given["openness"]), ("least", given["least"]))
    return [*kept, ("before", found), *(("rules", code) for code in given["rules"])]


def severity_word(name: str) -> str:
    """What a severity is called."""
    return {"error": say("错误", "error"), "warning": say("提醒", "warning"), "note": say("说明", "note")}[name]


def _lines(text: str, found: tuple[Diagnostic, ...]) -> list[tuple[int, list[Piece]]]:
    """Every line that has words, cut where findings begin and end; the gravest wins where they overlap."""
    lines, made = Lines(text), []
    numbered = list(enumerate(found, 1))
    for line in range(1, lines.at(len(text)).line + 1):
        start, end = lines.span(line)
        if text[start:end].strip():
            here = [(at, one) for at, one in numbered if one.place.start < end and one.place.end > start]
            made.append((line, _pieces(text, start, end, here)))
    return made


def _pieces(text: str, start: int, end: int, here: list[tuple[int, Diagnostic]]) -> list[Piece]:
    cuts = {start, end, *(min(max(place, start), end) for _, one in here for place in one.place[:2])}
    pieces = []
    for left, right in pairwise(sorted(cuts)):
        over = [(at, one) for at, one in here if one.place.start <= left and right <= one.place.end]
        at, worst = min(over, key=lambda two: (SEVERITIES.index(two[1].severity), two[0]), default=(0, None))
        pieces.append(Piece(text[left:right], at, worst.severity if worst else ""))
    return pieces
