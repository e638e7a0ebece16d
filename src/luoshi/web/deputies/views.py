"""The deputies' pages: ballots and packets; drafting, opening, voting, closing, counting, publishing."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from luoshi.publish.dossier import opened
from luoshi.publish.papers import Wish, papers
from luoshi.store.balloting import (
    advance_ballot,
    agreed,
    cast_votes,
    count_paper,
    draft_ballot,
    matters_on,
    paper_counts,
    turnout,
    votes_of,
)
from luoshi.store.dossiers import dossier_of
from luoshi.web import access
from luoshi.web.access import needs
from luoshi.web.deputies import words
from luoshi.web.deputies.forms import DraftForm, PaperForm, VoteForm, filled_in
from luoshi.web.deputies.result import result_of
from luoshi.web.shell.language import say
from luoshi.web.shell.sheets import sheet

if TYPE_CHECKING:
    from luoshi.store.models import Ballot

_PACKETS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
_STEPS = {"draft": "open", "open": "closed", "closed": "published"}
_DONE_STATES = ("closed", "published")


@needs("vote", "ballots")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every ballot that the person may see, and the packets of the public reports."""
    who = access.access(request)
    ballots = access.ballots(who).select_related("report")
    rows = [
        {"ballot": one, "state": words.state(one.state), "voted": who.may("vote") and bool(votes_of(one, who.person))}
        for one in ballots
    ]
    open_items = access.matters(who).filter(label="public").order_by().values("report")
    reports = access.reports(who).filter(label="public", pk__in=open_items)  # without an item a packet would be empty
    return render(request, "deputies/index.html", {"rows": rows, "reports": reports, "runs": who.may("ballots")})


@needs("ballots")
def draft(request: HttpRequest) -> HttpResponse:
    """A new ballot. The important matters are chosen already."""
    who = access.access(request)
    reports = list(access.reports(who).filter(label="public"))
    rows = list(access.matters(who).filter(label="public", report__in=reports).order_by("report_id", "place"))
    first = {
        "report": reports[0].pk if reports else None,
        "opens": who.day,
        "closes": who.day,
        "secret": True,
        "matters": [row.pk for row in rows if row.important],
    }
    form = DraftForm(reports, rows, request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        chosen = {int(pk) for pk in said["matters"]}
        report = next(one for one in reports if str(one.pk) == said["report"])
        of = [row for row in rows if row.pk in chosen]
        days = (said["opens"], said["closes"])
        made = draft_ballot(report, said["title"], days, of, who.acting(), secret=said["secret"])
        return redirect("deputies:ballot", made.pk)
    return render(request, "deputies/draft.html", {"form": form, "none": not rows}, status=_status(form))


@needs("vote", "ballots")
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A ballot: to vote in, to run, or its result."""
    return _page(request, access.ballot(request, pk))


@needs("vote")
@require_POST
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """The vote of the person who is signed in."""
    ballot, who = access.ballot(request, pk), access.access(request)
    form = VoteForm(list(matters_on(ballot)), request.POST)
    if not form.is_valid():
        return _page(request, ballot, vote=form)
    if problems := cast_votes(ballot, form.chosen(), who.day, who.acting()):
        form.refused(problems)
        return _page(request, ballot, vote=form)
    messages.success(request, say("已投票；截止以前可以改", "Voted; until it closes you may change it"))
    return redirect("deputies:ballot", pk)


@needs("ballots")
@require_POST
def advance(request: HttpRequest, pk: int) -> HttpResponse:
    """Open, close or publish: one step on from what the person saw."""
    ballot = access.ballot(request, pk)
    step, seen = request.POST.get("state", ""), request.POST.get("expected", "")
    if step not in _STEPS.values() or not seen.isdecimal():
        return HttpResponse(status=400)
    for one in advance_ballot(ballot, step, access.access(request).acting(), expected=int(seen)):
        messages.error(request, f"{one.message}（{one.code}）")
    return redirect("deputies:ballot", pk)


@needs("ballots")
@require_POST
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What one person counted of the paper ballots."""
    ballot = access.ballot(request, pk)
    form = PaperForm(list(matters_on(ballot)), request.POST)
    if not form.is_valid():
        return _page(request, ballot, paper=form)
    if problems := count_paper(ballot, form.counts(), access.access(request).acting()):
        form.refused(problems)
        return _page(request, ballot, paper=form)
    messages.success(request, say("您的清点已记下", "Your count is kept"))
    return redirect("deputies:ballot", pk)


@needs("vote", "ballots")
@require_GET
def result(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The result as a table to take away."""
    ballot = access.ballot(request, pk)
    if not _told(request, ballot):
        raise Http404
    heads = [say("序号", "No."), say("任务", "Item"), say("牵头单位", "Lead unit")]
    for _, word in words.choices():
        heads += [word, f"{word}（%）"]
    rows = [
        [line.place, line.title, line.lead, *(cell for _, count, share in line.shown for cell in (count, share))]
        for line in result_of(ballot)
    ]
    return sheet(ballot.title, [*heads, say("票数", "Votes")], [[*row, sum(row[3::2])] for row in rows], kind)


@needs("ballots")
@require_GET
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of the ballot as a QR code, to be shown in the hall; it lets nobody in who does not sign in."""
    ballot, out = access.ballot(request, pk), BytesIO()
    there = request.build_absolute_uri(reverse("deputies:ballot", args=[ballot.pk]))
    segno.make(there, error="m", micro=False).save(out, kind="svg", scale=4, border=2, svgclass=None, lineclass=None)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@needs("vote", "ballots")
@require_GET
def packet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The packet of a public report: what deputies judge by, made of what is open and nothing else."""
    report = access.report(request, pk)
    if kind not in _PACKETS or report.label != "public":
        raise Http404
    whole = opened(dossier_of(report, access.access(request).day))
    made = papers(whole, "deputies", Wish(formats=(kind,)))  # type: ignore[arg-type]
    if not made.files:
        messages.warning(request, "；".join(one.message for one in made.problems))
        return redirect("deputies:index")
    name, content = next(iter(made.files.items()))
    response = HttpResponse(content, content_type=_PACKETS[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _page(
    request: HttpRequest, ballot: Ballot, *, vote: VoteForm | None = None, paper: PaperForm | None = None
) -> HttpResponse:
    who, rows = access.access(request), list(matters_on(ballot))
    runs, told = who.may("ballots"), _told(request, ballot)
    votes = votes_of(ballot, who.person) if who.may("vote") else {}
    votes_now = who.may("vote") and ballot.state == "open" and ballot.opens <= who.day <= ballot.closes
    context: dict[str, Any] = {
        "ballot": ballot,
        "state": words.state(ballot.state),
        "rows": rows,
        "runs": runs,
        "step": _STEPS.get(ballot.state, "") if runs else "",
        "turnout": turnout(ballot) if runs or told else None,
        "voted": bool(votes),
        "lines": result_of(ballot) if told else (),
        "choices": words.choices(),
        "trail": [(say("人大代表", "Deputies"), reverse("deputies:index"))],
        "wrong": vote or paper,
    }
    if votes_now:
        form = vote or VoteForm(rows, initial={f"m{row}": choice for row, choice in votes.items()})
        context |= {"vote_form": form, "vote_rows": [(form[f"m{row.pk}"], row) for row in rows]}
    if runs and ballot.state == "closed":
        context |= _paper(ballot, who, rows, paper)
    return render(request, "deputies/ballot.html", context, status=422 if vote or paper else 200)


def _paper(ballot: Ballot, who: access.Access, rows: list[Any], given: PaperForm | None) -> dict[str, Any]:
    """The count of the paper ballots: one's own, and whether two agree; never what the other one wrote."""
    counts = paper_counts(ballot)
    form = given or PaperForm(rows, initial=filled_in(counts.get(who.person.pk, {})))
    return {
        "paper_form": form,
        "paper_rows": form.rows(rows),
        "counters": len(counts),
        "counted": who.person.pk in counts,
        "agreed": agreed(counts.values()) is not None,
    }


def _told(request: HttpRequest, ballot: Ballot) -> bool:
    """Whether the person may see the result: the office once it is closed, deputies once it is published."""
    runs = access.access(request).may("ballots")
    return ballot.state == "published" or (runs and ballot.state in _DONE_STATES)


def _status(form: DraftForm) -> int:
    return 422 if form.is_bound and form.errors else 200
