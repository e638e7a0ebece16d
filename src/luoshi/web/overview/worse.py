"""What got worse in the last seven days, what is due next, what units ask of leaders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from luoshi.store.columns import body_of
from luoshi.store.finding import WORST_FIRST
from luoshi.store.lighting import turns_between
from luoshi.store.posts import leaders_posts
from luoshi.store.summing import due_within, moved_since, unfinished, week_before
from luoshi.web import access
from luoshi.web.access import Access
from luoshi.web.matter import words
from luoshi.web.overview.data import data
from luoshi.web.shell.language import say

if TYPE_CHECKING:
    from luoshi.store.models import Matter

_ASKED_AT_MOST = 400


@dataclass(frozen=True, slots=True)
class Turn:
    """An item, what happened to it, and when; where its light turned, from which to which."""

    row: Matter
    what: str
    day: date
    before: str = ""
    now: str = ""
    hollow: bool = False

    @property
    def address(self) -> str:
        return reverse("matter:show", args=[self.row.pk])


def worse(who: Access) -> list[Turn]:
    """What turned worse in seven days: lights that turned, the worst first; then what was chased, returned, overdue."""
    turned = lights_turned(who, who.day)
    seen = {one.row.pk for one in turned}
    return [*turned, *(one for one in _happened(who) if one.row.pk not in seen)]


def lights_turned(who: Access, day: date) -> list[Turn]:
    """The items whose light is worse on ``day`` than seven days before, the worst first; two or three queries."""
    bad = data()["bad"]
    turns = {pk: turn for pk, turn in turns_between(week_before(day), day).items()
             if turn[1][0] in bad and _rank(turn[1][0]) < _rank(turn[0][0])}  # fmt: skip
    made = [Turn(row, "", turns[row.pk][2], turns[row.pk][0][0], *turns[row.pk][1])
            for row in access.matters(who).filter(pk__in=list(turns))]  # fmt: skip
    return sorted(made, key=lambda one: (_rank(one.now), -one.day.toordinal(), one.row.pk))


def _rank(colour: str) -> int:
    return WORST_FIRST.index(colour)


def _happened(who: Access) -> list[Turn]:
    """Unfinished items that were chased, returned … or went past their deadline in seven days, newest first."""
    since = week_before(who.day)
    moves = moved_since(since, tuple(data()["worse"]))
    mine = access.matters(who)
    turned = [Turn(row, words.move_word(moves[row.pk][0]), timezone.localdate(moves[row.pk][1]))
              for row in unfinished(mine).filter(pk__in=list(moves))]  # fmt: skip
    late = due_within(mine, since, who.day - timedelta(days=1)).exclude(pk__in=list(moves))
    turned += [Turn(row, say("过了期限", "past its deadline"), row.due) for row in late if row.due]
    return sorted(turned, key=lambda one: (one.day, one.row.pk), reverse=True)


def soon(who: Access) -> list[Matter]:
    """The next deadlines."""
    until = who.day + timedelta(days=data()["days"])
    return list(due_within(access.matters(who), who.day, until)[: data()["deadlines"]])


@dataclass(frozen=True, slots=True)
class Asked:
    """What units ask of one leader: pairs of an item and the words of the report."""

    leader: str
    asks: tuple[tuple[Matter, str], ...]


def asked(who: Access) -> list[Asked]:
    """What is asked in the latest reports of unfinished items, by leader; items under nobody come last."""
    seats = {one.code: f"{one.title} {one.holder}".strip() for one in leaders_posts(who.day)}
    found: dict[str, list[tuple[Matter, str]]] = {code: [] for code in (*seats, "")}
    for row, words_ in _asks(who):
        found[row.leader if row.leader in seats else ""].append((row, words_))
    names = {**seats, "": say("没有定责任领导", "no leader yet")}
    return [Asked(names[code], tuple(asks)) for code, asks in found.items() if asks]


def _asks(who: Access) -> Iterator[tuple[Matter, str]]:
    since = who.day - timedelta(days=data()["asked_days"])
    rows = unfinished(access.matters(who)).filter(reported_on__gte=since).select_related("body", "lead")
    for row in rows.order_by("-reported_on", "pk")[:_ASKED_AT_MOST]:
        if ask := body_of(row).ask.strip():
            yield row, ask
