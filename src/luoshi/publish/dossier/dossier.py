"""Everything that a paper, a picture, a page or a table is made from, as it stood on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from luoshi.compare import Comparison
from luoshi.measure import Given, Measured, Readings, Report, measure_plan
from luoshi.plan import Commitment, Figure, Item, Plan
from luoshi.problems import Problem
from luoshi.publish.dossier.office import Office, office_of
from luoshi.publish.sentences import Sentences
from luoshi.source import Document
from luoshi.supervise import Docket, Entry, Light, Matter, Rules, light, matters, progress_class, rules


@dataclass(frozen=True, slots=True)
class Case:
    """One matter with all that belongs to it. ``item`` is None where the matter comes from another plan.

    ``sentence`` holds the report's own sentences, one a line; ``place`` the stretch of the text they stand in.
    ``progress`` is the class 进度类 (``behind``, ``on_track``, …).
    """

    matter: Matter
    item: Item | None
    light: Light
    progress: str
    commitments: tuple[Commitment, ...] = ()
    figures: tuple[Figure, ...] = ()
    measured: tuple[Measured, ...] = ()
    entries: tuple[Entry, ...] = ()
    sentence: str = ""
    place: tuple[int, int] | None = None


@dataclass(frozen=True)
class Dossier:
    """Plan, text and what became of them by ``today``; made by :func:`dossier`, cut by ``opened`` to what is open."""

    plan: Plan
    document: Document
    today: date
    office: Office
    rules: Rules
    matters: tuple[Matter, ...]
    lights: Mapping[str, Light]
    classes: Mapping[str, str]
    entries: tuple[Entry, ...] = ()
    readings: Readings | None = None
    paths: Mapping[str, Given] = field(default_factory=dict)
    measured: Report | None = None
    comparison: Comparison | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """A case a matter: those of the plan in the order of the text, then those carried over."""
        items = {item.id: item for item in self.plan.items}
        clauses = {one.id: one for one in self.plan.commitments}
        figures = {one.id: one for one in self.plan.figures}
        sentences = Sentences(self.document)
        return tuple(self._case(one, items.get(one.id), clauses, figures, sentences) for one in self.matters)

    @cached_property
    def by_id(self) -> Mapping[str, Case]:
        """Every case by the id of its matter."""
        return {case.matter.id: case for case in self.cases}

    def _case(
        self,
        matter: Matter,
        item: Item | None,
        clauses: Mapping[str, Commitment],
        figures: Mapping[str, Figure],
        sentences: Sentences,
    ) -> Case:
        found = Case(
            matter,
            item,
            self.lights[matter.id],
            self.classes[matter.id],
            entries=tuple(self._entries.get(matter.id, ())),
        )
        if item is None:
            return found
        promised = tuple(clauses[name] for name in item.commitments if name in clauses)
        names = dict.fromkeys((*item.figures, *(name for one in promised for name in one.figures)))
        own = tuple(figures[name] for name in names if name in figures)
        stretches = [(one.start, one.end) for one in (promised or own)]
        return Case(
            **{name: getattr(found, name) for name in ("matter", "item", "light", "progress", "entries")},
            commitments=promised,
            figures=own,
            measured=tuple(self._targets[name] for name in names if name in self._targets),
            sentence=sentences.of(stretches),
            place=(min(stretches)[0], max(end for _, end in stretches)) if stretches else None,
        )

    @cached_property
    def _entries(self) -> Mapping[str, list[Entry]]:
        """The lines of the ledger by matter: asked for every matter, so found once."""
        found: dict[str, list[Entry]] = {}
        for one in self.entries:
            found.setdefault(one.matter, []).append(one)
        return found

    @cached_property
    def _targets(self) -> Mapping[str, Measured]:
        return {one.target.id: one for one in self.measured.measured} if self.measured else {}


def dossier(
    plan: Plan,
    document: Document,
    today: date,
    *,
    docket: Docket | None = None,
    readings: Readings | None = None,
    paths: Mapping[str, Given] | None = None,
    comparison: Comparison | None = None,
    texts: Mapping[str, str] | None = None,
    office: Office | None = None,
    by: Rules | None = None,
) -> Dossier:
    """The dossier of ``plan`` on ``today``: states of ``docket``, lights by the rules ``by``, readings measured.

    Without a docket every item is freshly extracted; without readings nothing is measured. ``texts``
    are the texts of the reports of ``comparison`` by their ids, for its picture. Raises nothing; what the
    docket has that the plan has not is in ``problems``.
    """
    by, paths = by or rules(), paths or {}
    found, odd = matters(plan, today, docket)
    return Dossier(
        plan,
        document,
        today,
        office or office_of(plan),
        by,
        found,
        lights=_lights(found, today, by),
        classes={one.id: progress_class(one, today) for one in found},
        entries=docket.entries if docket else (),
        readings=readings,
        paths=paths,
        measured=measure_plan(plan, readings, today, said=paths) if readings else None,
        comparison=comparison,
        texts=texts or {},
        problems=odd,
    )


def _lights(found: Iterable[Matter], today: date, by: Rules) -> dict[str, Light]:
    return {one.id: light(one, today, by.profile) for one in found}
