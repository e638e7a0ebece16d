"""The reports that are compared: one plan each, its text where it is at hand, and whether they can be compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from luoshi.compare.model import Quote, Report
from luoshi.compare.words import pattern
from luoshi.plan import Figure, Plan, Section
from luoshi.problems import Problem, problem

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?[”’」』]?")
_CLAUSE = re.compile(r"[^，,；;。！？!?\n：:（）()]+")
_LONGEST = 400
_OPENING = 24
_GREETING = re.compile("^(?:各位代表|同志们)[，,！!：:]")
_SUFFIX = re.compile("(?:特别行政区|自治区|自治州|自治县|[省市区县州盟旗])$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas; ``sentence`` is the place of the whole sentence."""

    start: int
    end: int
    text: str
    sentence: tuple[int, int]
    role: str


@dataclass(frozen=True)
class Edition:
    """One report: its plan, and its text (empty where only the plan is at hand; then no sentence can be quoted)."""

    plan: Plan
    text: str = ""

    @property
    def year(self) -> int:
        """The report's year; 0 where the plan does not know it."""
        facts = self.plan.document
        return facts.year or (facts.term[0].year if facts.term else 0)

    @property
    def id(self) -> str:
        """The name of the report within a comparison: its year."""
        return str(self.year)

    @property
    def reviewed(self) -> int:
        """The last year that the report looks back on: the one before the years of its plan."""
        facts = self.plan.document
        return (facts.term[0].year if facts.term else self.year) - 1

    @property
    def horizon(self) -> int:
        """The last year of the plan."""
        facts = self.plan.document
        return facts.term[1].year if facts.term else self.year

    def report(self) -> Report:
        """The report as a comparison names it."""
        facts = self.plan.document
        return Report(
            id=self.id,
            title=facts.title,
            place=facts.place,
            level=facts.level,
            year=self.year,
            reviewed=self.reviewed,
            source=facts.source,
            sha256=facts.sha256,
        )

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The plan's sections by their id."""
        return {section.id: section for section in self.plan.sections}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The plan's figures by their id."""
        return {figure.id: figure for figure in self.plan.figures}

    def role(self, section: str | None) -> str:
        """What the section is for; empty where the plan has none."""
        return self.sections[section].role if section in self.sections else ""

    def titles(self, section: str | None) -> str:
        """The titles of the section and of those around it."""
        found = []
        while section in self.sections:
            found.append(self.sections[section].title)
            section = self.sections[section].parent
        return " ".join(found)

    @cached_property
    def _outline(self) -> tuple[list[int], list[str]]:
        inner = sorted(self.plan.sections, key=lambda one: (one.start, -one.end))
        return [one.start for one in inner], [one.role for one in inner]

    def role_at(self, at: int) -> str:
        """The role of the innermost section that begins last before ``at``."""
        starts, roles = self._outline
        found = bisect_right(starts, at) - 1
        return roles[found] if found >= 0 else ""

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause of the text."""
        return tuple(self._clauses())

    def clause_at(self, at: int) -> str:
        """The words of the clause around a place; empty where there is none."""
        nth = bisect_right(self.clauses, at, key=lambda one: one.start) - 1
        return self.clauses[nth].text if nth >= 0 and at < self.clauses[nth].end else ""

    def _clauses(self) -> Iterator[Clause]:
        for sentence in _SENTENCE.finditer(self.text):
            role = self.role_at(sentence.start())
            for part in _CLAUSE.finditer(self.text, *sentence.span()):
                if part[0].strip():
                    yield Clause(part.start(), part.end(), part[0], sentence.span(), role)

    def several(self, at: int) -> bool:
        """Whether the text at ``at`` speaks of several years at once: the last opening before it says so (五年来)."""
        places, several = self._stretches
        nth = bisect_right(places, at) - 1
        return nth >= 0 and several[nth]

    @cached_property
    def _stretches(self) -> tuple[list[int], list[bool]]:
        """Where a sentence or a title opens years to speak of, and whether they are several."""
        titles = [(one.start, one.title) for one in self.sections.values() if one.title]
        sentences = [
            (one.start(), _GREETING.sub("", one[0].lstrip())[:_OPENING].split("，")[0] + "，")
            for one in _SENTENCE.finditer(self.text)
        ]
        said = {at: self._opened(words) for at, words in (*titles, *sentences)}
        known = sorted((at, several) for at, several in said.items() if several is not None)
        return [at for at, _ in known], [several for _, several in known]

    def _opened(self, words: str) -> bool | None:
        """Whether words open several years (True) or one (False); None where they open none."""
        several, one = pattern("span", "opens_several").search(words), pattern("span", "opens_one").search(words)
        if one and one["year"] and int(one["year"]) != self.reviewed:
            one = None
        if several is None or one is None:
            return None if several is one else one is None
        return several.start() < one.start()

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The place of the sentence around a stretch; a very long one is cut to what stands near."""
        if not self.text:
            return start, start
        low = max(self.text.rfind(mark, 0, start) for mark in "。！？!?\n") + 1
        ends = [at for mark in "。！？!?\n" if (at := self.text.find(mark, end)) >= 0]
        high = min(ends) + 1 if ends else len(self.text)
        low, high = max(low, start - _LONGEST), min(high, end + _LONGEST)
        while low < start and self.text[low].isspace():
            low += 1
        return low, high

    def quote(self, start: int, end: int, text: str = "") -> Quote:
        """The words at a place with their sentence; ``text`` is what the plan keeps of them."""
        words = self.text[start:end] or text
        low, high = self.sentence(start, end)
        sentence = self.text[low:high].rstrip("\n")
        return Quote(
            report=self.id,
            start=start,
            end=end,
            text=words,
            sentence=sentence,
            sentence_start=low if sentence else None,
        )


def arranged(editions: Sequence[Edition]) -> tuple[tuple[Edition, ...], tuple[Problem, ...]]:
    """The editions in the order of their years, and what is odd about them. V001–V005 and V007 are errors."""
    found: list[Problem] = []
    for nth, one in enumerate(editions, 1):
        if not one.year:
            found.append(problem("V001", nth=nth, title=one.plan.document.title or one.plan.document.source))
    for one, other in combinations(editions, 2):
        found += _pair(one, other)
    ordered = tuple(sorted(editions, key=lambda one: one.year))
    if len(editions) < 2:
        found.append(problem("V002", count=len(editions)))
    if not found and ordered != tuple(editions):
        found.append(problem("V006", order="、".join(one.id for one in ordered)))
    silent = [one for one in ordered[:-1] if not promising(one)]
    none = len(silent) == len(ordered) - 1
    found += [problem("V007" if none else "V012", year=one.id) for one in silent]
    found += [problem("V008", year=one.id) for one in ordered[1:] if not one.text]
    for one, other in pairwise(ordered):
        if one.year and other.reviewed > one.reviewed + 1:
            found.append(problem("V009", first=one.id, second=other.id))
    return ordered, tuple(found)


def _pair(one: Edition, other: Edition) -> Iterator[Problem]:
    mine, theirs = one.plan.document, other.plan.document
    if mine.sha256 and mine.sha256 == theirs.sha256:
        yield problem("V003", title=mine.title or mine.source, year=one.id)
    elif not same_place(mine.place, theirs.place):
        yield problem("V004", one=mine.place, other=theirs.place)
    elif one.year and one.year == other.year:
        yield problem("V005", year=one.id, one=mine.source, other=theirs.source)


def same_place(one: str | None, other: str | None) -> bool:
    """Whether two names can be one place (保定市清苑区, 清苑区, 清苑); a name nobody knows can be any."""
    if not one or not other:
        return True
    short, long = sorted((_SUFFIX.sub("", one), _SUFFIX.sub("", other)), key=len)
    return short in long


def promising(edition: Edition) -> bool:
    """Whether the plan promises anything that could be checked."""
    return any(one.kind != "slogan" for one in edition.plan.commitments) or any(
        figure.tense == "plan" for figure in edition.plan.figures
    )
