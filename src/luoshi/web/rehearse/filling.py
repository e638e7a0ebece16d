"""Filling an empty site with the sample district: all of it in one transaction, or nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from luoshi.door import open_text, read_corrected
from luoshi.examples import sample
from luoshi.measure import readings, units_of
from luoshi.plan import Plan
from luoshi.rehearsal import TODAY, Unplayable, clusters_table, opening, readings_table, steps
from luoshi.store.columns import body_of
from luoshi.store.fetching import all_reports
from luoshi.store.finding import all_matters
from luoshi.store.lighting import replay
from luoshi.store.moment import playing
from luoshi.store.moving import label_matter
from luoshi.store.playing import Played, play
from luoshi.store.readings import save_readings
from luoshi.store.rehearsed import label_report, name_place, settle_messages
from luoshi.store.reports import bring_in
from luoshi.store.writing import writing
from luoshi.web.rehearse.beside import add_ballot, add_comments, add_files
from luoshi.web.rehearse.data import district, morning
from luoshi.web.rehearse.living import SIGN_INS
from luoshi.web.rehearse.people import Passwords, People, SignIn, add_people

if TYPE_CHECKING:
    from luoshi.source import Document
    from luoshi.store.models import Report

_DIRECTOR, _STATISTICS = "罗静", "丁一"


def filled() -> bool:
    """Whether the site holds a district already."""
    return all_reports().exists()


def fill(home: Path, until: date = TODAY, said: Callable[[str], None] = lambda _: None) -> tuple[SignIn, ...]:
    """Play the whole year into the empty site at ``home``; how people sign in, which ``home`` also keeps.

    ``said`` hears what is being done. Raises :class:`Unplayable` or
    :class:`luoshi.store.playing.Refused` where the store refuses what the story does; then nothing was kept.
    """
    passwords = Passwords()
    with writing():
        plan, document = _read("songgang-2023")
        said("单位、人员 · units and people")
        with _on(district()["began"]):
            people = add_people(opening(plan))
            name_place(district()["place"], people.by_name(_DIRECTOR))
        said("两份报告 · two reports")
        five_years = _read("songgang-2021")
        _bring_in(*five_years, 0, people)
        report = _bring_in(plan, document, 1, people)
        said("一年的督查 · a year of supervision")
        _play(plan, report, until, people)
        said("读数、佐证、讨论 · readings, evidence, discussion")
        _readings(plan, readings_table(), until, people)
        _readings(five_years[0], clusters_table(), until, people)
        _labels(report, people)
        replay(all_matters().select_related("body", "report"), until)
        add_files(report, people)
        add_comments(report, people)
        add_ballot(report, people)
        settle_messages(until)
        sign_ins = passwords.keep()
    _write(home / SIGN_INS, sign_ins)
    return sign_ins


def sign_ins_of(home: Path) -> tuple[SignIn, ...]:
    """How people sign in to the district at ``home``; empty where the file is gone."""
    file = home / SIGN_INS
    return tuple(SignIn(**one) for one in json.loads(file.read_text(encoding="utf-8"))) if file.exists() else ()


def _on(day: date, nth: int = 0) -> AbstractContextManager[None]:
    return playing(morning(day, nth))


def _read(name: str) -> tuple[Plan, Document]:
    document, notes = open_text(sample(name))  # type: ignore[arg-type]
    return read_corrected(document, notes, None), document


def _bring_in(plan: Plan, document: Document, nth: int, people: People) -> Report:
    said = district()["reports"][nth]
    docket = opening(plan) if nth else None
    with _on(said["day"]):
        by = people.by_name(_DIRECTOR)
        made = bring_in(plan, document.text, said["day"], by, file_name=f"{said['name']}.txt", docket=docket)
        if made.report is None:
            raise Unplayable("; ".join(one.message for one in made.problems))
        label_report(made.report, said["label"], by)
    return made.report


def _play(plan: Plan, report: Report, until: date, people: People) -> None:
    """Every move of the story, on its day."""
    rows = dict(all_matters().filter(report=report).values_list("item", "pk"))
    play(rows.values(), _moves(plan, until, rows, people), until)


def _moves(plan: Plan, until: date, rows: Mapping[str, int], people: People) -> Iterator[Played]:
    day, nth = date.min, 0
    for step in steps(plan, until):
        day, nth = step.day, nth + 1 if step.day == day else 0
        yield Played(rows[step.matter], step.event, people.by(step.event.by), morning(day, nth))


def _readings(plan: Plan, table: Sequence[Sequence[str]], until: date, people: People) -> None:
    said = district()["readings"]
    read = readings(table, until, units_of(plan))
    with _on(said["day"]):
        save_readings(read.series.values(), people.by_name(_STATISTICS), source=said["source"])


def _labels(report: Report, people: People) -> None:
    """What the report promised in public is public, but what somebody labelled otherwise."""
    said = district()["labels"]
    for nth, row in enumerate(all_matters().filter(report=report).select_related("body").exclude(state="extracted")):
        if body_of(row).openness is None:
            with _on(said["day"], nth):
                label_matter(row.pk, "public", people.by_name(_DIRECTOR), expected=row.revision, reason=said["reason"])


def _write(file: Path, sign_ins: tuple[SignIn, ...]) -> None:
    text = json.dumps([one.written() for one in sign_ins], ensure_ascii=False, indent=2)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
        handle.write(text)
