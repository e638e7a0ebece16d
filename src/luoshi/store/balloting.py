"""Ballots of deputies (满意度测评): drafted, opened, closed, published; one vote a deputy and matter.

A secret vote is kept under a key that only the site's secret, a file outside the database, can make: nobody who has
the database alone can tell whose it is. Its entry in the record names no person, its row no hour. What it cannot
hide is who was signed in meanwhile.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import Ballot, BallotMatter, Matter, PaperCount, Person, Report, Vote
from luoshi.store.writing import writing

CHOICES = ("good", "fair", "poor", "unknown")
STATES = {"draft": "起草", "open": "投票", "closed": "截止", "published": "公布"}
_NEXT = {"open": ("draft", "开始投票"), "closed": ("open", "截止"), "published": ("closed", "公布结果")}


def draft_ballot(
    report: Report, title: str, days: tuple[date, date], matters: Sequence[Matter], by: By, *, secret: bool = True
) -> Ballot:
    """A ballot about ``matters`` in their order; nobody sees it before it is opened."""
    with writing():
        made = Ballot.objects.create(report=report, title=title, opens=days[0], closes=days[1], secret=secret)
        BallotMatter.objects.bulk_create(
            BallotMatter(ballot=made, matter=matter, place=place) for place, matter in enumerate(matters)
        )
        ids = [matter.pk for matter in matters]
        record(by, "ballot.draft", f"ballot:{made.pk}", title, matters=ids, secret=secret, days=list(map(str, days)))
    return made


def advance_ballot(ballot: Ballot, state: str, by: By, *, expected: int) -> tuple[Problem, ...]:
    """Take the ballot one step on, to ``state``; compare-and-set on the revision that was seen."""
    before, what = _NEXT[state]
    with writing():
        there = Ballot.objects.filter(pk=ballot.pk, state=before, revision=expected)
        if there.update(state=state, revision=expected + 1) != 1:
            now = Ballot.objects.get(pk=ballot.pk).state
            return (problem("T050", state=STATES[now], what=what),)
        record(by, f"ballot.{state}", f"ballot:{ballot.pk}", ballot.title)
    return ()


def cast_votes(ballot: Ballot, choices: Mapping[int, str], today: date, by: By) -> tuple[Problem, ...]:
    """The vote of the deputy ``by`` about every matter of the ballot (by the matter's place row); all or none.

    Until the ballot closes a deputy may vote anew: the new vote takes the place of the old.
    """
    assert by.person is not None
    with writing():
        ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
        rows = set(BallotMatter.objects.filter(ballot=ballot).values_list("pk", flat=True))
        if wrong := _wrong(ballot, rows, choices, today):
            return wrong
        key = voter_key(ballot, by.person)
        Vote.objects.filter(matter_id__in=rows, voter=key).delete()
        at = _midnight(today) if ballot.secret else timezone.now()
        Vote.objects.bulk_create(Vote(matter_id=row, voter=key, choice=choices[row], at=at) for row in sorted(rows))
        record(By(None, by.role) if ballot.secret else by, "ballot.vote", f"ballot:{ballot.pk}", ballot.title)
    return ()


def voter_key(ballot: Ballot, person: Person) -> str:
    """What a vote is kept under: for a secret ballot nobody can make it without the site's secret."""
    if not ballot.secret:
        return f"person:{person.pk}"
    said = f"luoshi.vote\n{ballot.pk}\n{person.pk}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()


def votes_of(ballot: Ballot, person: Person) -> dict[int, str]:
    """How ``person`` voted, by the matter's place row; for the voter alone."""
    votes = Vote.objects.filter(matter__ballot=ballot, voter=voter_key(ballot, person))
    return dict(votes.values_list("matter_id", "choice"))


def matters_on(ballot: Ballot) -> QuerySet[BallotMatter]:
    """The matters of the ballot in their places."""
    return ballot.matters.select_related("matter__report", "matter__lead")


def turnout(ballot: Ballot) -> int:
    """How many have voted on line."""
    return Vote.objects.filter(matter__ballot=ballot).values("voter").distinct().count()


def online_votes(ballot: Ballot) -> dict[int, dict[str, int]]:
    """The votes on line by place row and choice."""
    found: dict[int, dict[str, int]] = {}
    for row, choice in Vote.objects.filter(matter__ballot=ballot).values_list("matter_id", "choice"):
        found.setdefault(row, dict.fromkeys(CHOICES, 0))[choice] += 1
    return found


def count_paper(ballot: Ballot, counts: Mapping[int, Mapping[str, int]], by: By) -> tuple[Problem, ...]:
    """What one person counted of the paper ballots, once the ballot is closed. A new count replaces one's own."""
    assert by.person is not None
    bad = sorted({count for row in counts.values() for count in row.values() if count < 0})
    if bad:
        return (problem("T053", given="、".join(map(str, bad))),)
    with writing():
        ballot = Ballot.objects.select_for_update().get(pk=ballot.pk)
        if ballot.state != "closed":
            return (problem("T050", state=STATES[ballot.state], what="录入纸质票"),)
        mine = PaperCount.objects.filter(matter__ballot=ballot, person=by.person)
        mine.delete()
        PaperCount.objects.bulk_create(
            PaperCount(matter_id=row, person=by.person, choice=choice, count=count)
            for row, of in counts.items()
            for choice, count in of.items()
        )
        said = {str(row): dict(of) for row, of in counts.items()}
        record(by, "ballot.paper", f"ballot:{ballot.pk}", ballot.title, counts=said)
    return ()


def paper_counts(ballot: Ballot) -> dict[int, dict[int, dict[str, int]]]:
    """Who (by id) counted what: person, place row, choice."""
    found: dict[int, dict[int, dict[str, int]]] = {}
    for one in PaperCount.objects.filter(matter__ballot=ballot).order_by("person_id"):
        found.setdefault(one.person_id, {}).setdefault(one.matter_id, {})[one.choice] = one.count
    return found


def agreed(counts: Iterable[Mapping[int, Mapping[str, int]]]) -> dict[int, dict[str, int]] | None:
    """The count that two people agree on; None where there are fewer than two or they differ."""
    whole = [{row: dict(of) for row, of in one.items()} for one in counts]
    return whole[0] if len(whole) >= 2 and all(one == whole[0] for one in whole) else None


def _wrong(ballot: Ballot, rows: set[int], choices: Mapping[int, str], today: date) -> tuple[Problem, ...]:
    if ballot.state != "open":
        return (problem("T050", state=STATES[ballot.state], what="投票"),)
    if not ballot.opens <= today <= ballot.closes:
        return (problem("T052", opens=ballot.opens, closes=ballot.closes, today=today),)
    missing = sum(choices.get(row) not in CHOICES for row in rows)
    return (problem("T051", count=missing),) if missing else ()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
