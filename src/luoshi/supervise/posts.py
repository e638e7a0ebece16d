"""Duties belong to posts, not to people: who holds a post on a day, and what a successor takes over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812
from datetime import timedelta
from typing import Literal

from luoshi.plan.model import Node
from luoshi.problems import Problem, problem
from luoshi.supervise.model import Matter

Duty = Literal["liaison", "head", "leader", "office"]


class Holder(Node):
    """A person who holds a post from ``since`` to ``until``, both included; no ``until`` is to this day."""

    person: str
    since: Day
    until: Day | None = None


class Post(Node):
    """A post (岗位) of a unit, what it is for, and who has held it."""

    id: str
    unit: str
    title: str
    duty: Duty
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True)
class Handover:
    """The sheet of a handover: what passes to the successor, and what of it is late or waits for an answer."""

    post: str
    day: Day
    old: str
    new: str
    matters: tuple[str, ...]
    overdue: tuple[str, ...]
    slips: tuple[str, ...]
    requests: tuple[str, ...]


def holder(post: Post, day: Day) -> str | None:
    """Who holds ``post`` on ``day``; None where it is vacant."""
    for one in reversed(post.holders):
        if one.since <= day and (one.until is None or day <= one.until):
            return one.person
    return None


def find(posts: Iterable[Post], unit: str, duty: Duty) -> Post | None:
    """The first post of ``unit`` for ``duty``."""
    return next((post for post in posts if post.unit == unit and post.duty == duty), None)


def succeed(post: Post, person: str, day: Day) -> tuple[Post, tuple[Problem, ...]]:
    """``post`` with ``person`` as its holder from ``day``; whoever held it goes the day before.

    The matters are untouched: their duty lies with the post.
    """
    if post.holders and day <= post.holders[-1].since:
        return post, (problem("D041", post=post.title, day=day, since=post.holders[-1].since),)
    before = tuple(_left(one, day) for one in post.holders)
    return post.model_copy(update={"holders": (*before, Holder(person=person, since=day))}), ()


def handover(post: Post, matters: Iterable[Matter], day: Day, open_states: Iterable[str]) -> Handover:
    """The sheet of what ``post`` carries on ``day``, from its holder the day before to its holder that day."""
    alive = set(open_states)
    theirs = [one for one in matters if one.state in alive and (post.id == one.leader or post.unit == one.lead)]
    return Handover(
        post=post.title,
        day=day,
        old=holder(post, day - timedelta(days=1)) or "",
        new=holder(post, day) or "",
        matters=tuple(one.id for one in theirs),
        overdue=tuple(one.id for one in theirs if one.due is not None and one.due < day),
        slips=tuple(one.id for one in theirs if any(slip.answered is None for slip in one.slips)),
        requests=tuple(one.id for one in theirs if any(asked.granted is None for asked in one.requests)),
    )


def _left(one: Holder, day: Day) -> Holder:
    """A holder who stayed past ``day`` leaves the day before it."""
    last = day - timedelta(days=1)
    return one.model_copy(update={"until": last}) if one.until is None or one.until > last else one
