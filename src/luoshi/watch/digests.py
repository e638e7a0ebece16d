"""Digests: what one person is told on one day, in words. What is labelled 工作秘密 is counted and never named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, Template

from luoshi.store.outbox import Letter
from luoshi.store.watching import office_people, open_bodies, people_of_units, posts_to_remind
from luoshi.supervise import Holder, Matter, Post, Rules, holder, reminders
from luoshi.supervise.words import data, word

if TYPE_CHECKING:
    from luoshi.store.models import Message
    from luoshi.supervise.obligations import Obligation

_LONGEST = 20  # lines that are written out; the rest is counted
_MADE_UP = 14  # days
_NAMED = ("public", "internal")


def digests(today: date, rules: Rules, papers: Sequence[Message] = (), last: date | None = None) -> tuple[Letter, ...]:
    """The letters of ``today``, one a person; none on a day that is not worked.

    ``papers`` are those to units that nobody was told of yet. ``last`` is the day of the last digests: what was to be
    said on a working day since, on which the clock stood still, is said today.
    """
    if not rules.calendar.is_workday(today):
        return ()
    labels: dict[str, str] = {}
    matters, posts = list(_noted(labels)), posts_to_remind()
    office = office_people(today)
    steps: dict[int, dict[Obligation, str]] = {}
    for day in (*_missed(last, today, rules), today):
        made, _ = reminders(matters, [_of(one, day, today) for one in posts], day, rules)
        for digest in made:
            for person in [int(digest.person)] if digest.person.isdecimal() else office:
                steps.setdefault(person, {}).update({line.obligation: line.step for line in digest.lines})
    told = _papers(papers, today)
    return tuple(_letter(person, today, steps.get(person, {}), told.get(person, []), labels)
                 for person in sorted({*steps, *told}))  # fmt: skip


def _missed(last: date | None, today: date, rules: Rules) -> Iterator[date]:
    """The working days between ``last`` and ``today``, of the last two weeks: what is older was said again since."""
    day = max(last or today, today - timedelta(days=_MADE_UP)) + timedelta(days=1)
    while day < today:
        if rules.calendar.is_workday(day):
            yield day
        day += timedelta(days=1)


def _of(post: Post, day: date, today: date) -> Post:
    """The post as ``today``'s holder has it, for a day that is made up for: whoever left is told nothing."""
    if day == today:
        return post
    now = holder(post, today)
    return post.model_copy(update={"holders": (Holder(person=now, since=date.min),) if now else ()})


def _papers(papers: Iterable[Message], today: date) -> dict[int, list[Message]]:
    readers = people_of_units(today)
    told: dict[int, list[Message]] = {}
    for paper in papers:
        for person in readers.get(paper.unit_id or 0, ()):
            told.setdefault(person, []).append(paper)
    return told


def _letter(
    person: int, today: date, steps: Mapping[Obligation, str], papers: list[Message], labels: dict[str, str]
) -> Letter:
    """What ``person`` is told; of matters that ``labels`` calls secret, and of unknown ones, only how many."""
    every = sorted(steps, key=lambda owed: (owed.due, owed.title))
    shown = [owed for owed in every if labels.get(owed.matter) in _NAMED][:_LONGEST]
    named = [paper for paper in papers if paper.matter is not None and paper.matter.label in _NAMED][:_LONGEST]
    count = len(every) + len(papers)
    given = {"today": today, "count": count, "hidden": count - len(shown) - len(named)}
    lines = [_told(owed, steps[owed]) for owed in shown]
    text = _template().render(lines=lines, papers=[{"day": one.day, "title": one.title} for one in named], **given)
    return Letter(person, f"落实：{today} 有 {count} 件事要看", text)


def _noted(labels: dict[str, str]) -> Iterable[Matter]:
    """The open matters one by one; ``labels`` gets the strictest label of each id."""
    for body, label in open_bodies():
        labels[body.id] = "secret" if "secret" in (label, labels.get(body.id)) else label
        yield body


def _told(owed: Obligation, step: str) -> dict[str, str]:
    steps = {row["name"]: row["zh"] for row in data("rhythm.toml")["ladder"]}
    detail = owed.detail if owed.what == "node" else ""
    return {"title": owed.title, "what": word("owed", owed.what), "detail": detail, "due": str(owed.due)} | {
        "step": steps[step]
    }


@cache
def _template() -> Template:
    text = resources.files(__package__).joinpath("digest.txt").read_text(encoding="utf-8")
    # Plain text for a message, never a page: nothing is escaped.
    return Environment(autoescape=False, trim_blocks=True, lstrip_blocks=True).from_string(text)
