"""Digests: what one person is told on one day, in words. What is labelled 工作秘密 is counted and never named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources

from jinja2 import Environment, Template

from luoshi.store.outbox import Letter
from luoshi.store.watching import office_people, open_bodies, posts_to_remind
from luoshi.supervise import Digest, Matter, Rules, reminders
from luoshi.supervise.reminders import Line
from luoshi.supervise.words import data, word

_LONGEST = 20  # lines that are written out; the rest is counted


def digests(today: date, rules: Rules) -> tuple[Letter, ...]:
    """The letters of ``today``, one a person; none on a day that is not worked."""
    if not rules.calendar.is_workday(today):
        return ()
    labels: dict[str, str] = {}
    made, _ = reminders(_noted(labels), posts_to_remind(), today, rules)
    lines: dict[int, list[Line]] = {}
    for digest in made:
        for person in _people(digest):
            theirs = lines.setdefault(person, [])
            theirs += [line for line in digest.lines if line not in theirs]
    return tuple(letter(person, today, found, labels) for person, found in sorted(lines.items()))


def letter(person: int, today: date, lines: Iterable[Line], labels: dict[str, str]) -> Letter:
    """What ``person`` is told; of matters that ``labels`` calls secret, and of unknown ones, only how many."""
    every = sorted(lines, key=lambda line: (line.obligation.due, line.obligation.title))
    shown = [line for line in every if labels.get(line.obligation.matter) in ("public", "internal")][:_LONGEST]
    given = {"today": today, "count": len(every), "hidden": len(every) - len(shown)}
    text = _template().render(lines=[_told(line) for line in shown], **given)
    return Letter(person, f"落实：{today} 有 {len(every)} 件事要看", text)


def _noted(labels: dict[str, str]) -> Iterable[Matter]:
    """The open matters one by one; ``labels`` gets the strictest label of each id."""
    for body, label in open_bodies():
        labels[body.id] = "secret" if "secret" in (label, labels.get(body.id)) else label
        yield body


def _people(digest: Digest) -> list[int]:
    """The people by number; what no post can be told goes to the office."""
    return [int(digest.person)] if digest.person.isdecimal() else office_people()


def _told(line: Line) -> dict[str, str]:
    owed = line.obligation
    steps = {row["name"]: row["zh"] for row in data("rhythm.toml")["ladder"]}
    detail = owed.detail if owed.what == "node" else ""
    step = steps[line.step]
    return {"title": owed.title, "what": word("owed", owed.what), "detail": detail, "due": str(owed.due), "step": step}


@cache
def _template() -> Template:
    text = resources.files(__package__).joinpath("digest.txt").read_text(encoding="utf-8")
    # Plain text for a message, never a page: nothing is escaped.
    return Environment(autoescape=False, trim_blocks=True, lstrip_blocks=True).from_string(text)
