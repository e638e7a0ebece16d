"""The check of the result picture: every leaf goes back to the comparison or the dossier, and to the reports' text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from luoshi.compare import Comparison, Promise
from luoshi.measure import Measured
from luoshi.measure.telling import short, unit_of
from luoshi.plan import Figure
from luoshi.problems import Problem, problem
from luoshi.publish.dossier import Case, Dossier
from luoshi.publish.onepage.board import Count, Label, Ordinal, leaves
from luoshi.publish.onepage.result.board import Amount, Cited, Entry, Fact, Given, Kept, Leaf, Pair, Seat, Side
from luoshi.publish.onepage.result.selection import badge
from luoshi.publish.onepage.result.stories import day, fate_of
from luoshi.publish.onepage.truth import ANY_DIGIT, WITH_WHAT, untrue
from luoshi.publish.onepage.wording import clean, squeeze
from luoshi.source import Document


class Ground(Protocol):
    """What a result picture is judged by; a story is named by its id."""

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of the reports by their id."""

    def stands(self) -> Iterable[tuple[str, int, int, str]]:
        """What must stand in the texts: report, start, end, words."""

    def fates(self) -> Mapping[str, str]:
        """The fate of every story."""

    def hollow(self, story: str) -> bool:
        """Whether its light rests on the unit's own word alone."""

    def paired(self) -> frozenset[str]:
        """The stories that have a number on both sides."""

    def number(self, story: str, side: Side, at: int) -> str:
        """A number as it is written, unit and all."""

    def told(self, story: str, member: str) -> str:
        """A fact given with a story."""

    def fact(self, report: str, member: str) -> str:
        """A fact about a report or the whole."""


@dataclass(frozen=True)
class OfComparison:
    """A comparison, judged promise by promise."""

    found: Comparison
    texts: Mapping[str, str]
    report: str

    @cached_property
    def _promises(self) -> Mapping[str, Promise]:
        return {one.id: one for one in self.found.promises}

    def _promise(self, story: str) -> Promise:
        return self._promises[story]

    def stands(self) -> Iterable[tuple[str, int, int, str]]:
        for one in self.found.promises:
            if one.report == self.report:
                yield from ((q.report, q.start, q.end, q.text) for q in (one.quote, *one.outcome.quotes))

    def fates(self) -> Mapping[str, str]:
        return self._fates

    @cached_property
    def _fates(self) -> Mapping[str, str]:
        return {one.id: one.verdict for one in self.found.promises if one.report == self.report}

    def hollow(self, story: str) -> bool:
        return story not in self.fates()  # what reports say has no light

    def paired(self) -> frozenset[str]:
        mine = (one for one in self.found.promises if one.report == self.report)
        return frozenset(one.id for one in mine if one.number and one.outcome.numbers and one.outcome.quotes)

    def number(self, story: str, side: Side, at: int) -> str:
        one = self._promise(story)
        number = one.number if side == "said" else one.outcome.numbers[at]
        quote = one.quote if side == "said" else one.outcome.quotes[min(at, len(one.outcome.quotes) - 1)]
        stands = quote.sentence + quote.text
        return number.text if number and number.text in stands else ""

    def told(self, story: str, member: str) -> str:
        return self._promise(story).outcome.because if member == "why" else ""

    def fact(self, report: str, member: str) -> str:
        if member == "place":
            return self.found.place or ""
        one = next((one for one in self.found.reports if one.id == report), None)
        return str(getattr(one, member, "")) if one else ""


@dataclass(frozen=True)
class OfDossier:
    """A dossier, judged case by case."""

    found: Dossier
    texts: Mapping[str, str]

    def _case(self, story: str) -> Case:
        return self.found.by_id[story]

    @cached_property
    def _figures(self) -> Mapping[str, Figure]:
        return {one.id: one for one in self.found.plan.figures}

    def _measured(self, story: str) -> Measured | None:
        return next((one for one in self._case(story).measured if one.points and one.target.id in self._figures), None)

    def stands(self) -> Iterable[tuple[str, int, int, str]]:
        report = str(self.found.plan.document.year or "")
        return ((report, one.start, one.end, one.text) for one in self.found.plan.figures)

    def fates(self) -> Mapping[str, str]:
        return self._fates

    @cached_property
    def _fates(self) -> Mapping[str, str]:
        return {case.matter.id: self._fate(case) for case in self.found.cases if case.place is not None}

    def _fate(self, case: Case) -> str:
        own = fate_of(case, self.found.today)
        one = self._measured(case.matter.id)
        return one.light.colour if one and own != "done" else own

    def hollow(self, story: str) -> bool:
        one = self._measured(story)
        return one.light.hollow if one else self._case(story).light.hollow

    def paired(self) -> frozenset[str]:
        return frozenset(name for name in self.fates() if self._measured(name))

    def number(self, story: str, side: Side, at: int) -> str:
        one = self._measured(story)
        if one is None or at:
            return ""
        if side == "came":
            return short(one.points[-1].value) + unit_of(one.target)
        return self._figures[one.target.id].text

    def told(self, story: str, member: str) -> str:
        case, one = self._case(story), self._measured(story)
        point = one.points[-1] if one else None
        said = {
            "why": one.light.why if one else case.light.why,
            "lead": case.matter.lead,
            "due": day(case.matter.due) if case.matter.due else "",
            "when": str(point.period) if point else "",
            "origin": "，".join(
                filter(None, (str(point.period), point.reading.source, point.reading.evidence)) if point else ()
            ),
        }
        return said[member]

    def fact(self, report: str, member: str) -> str:
        about = self.found.plan.document
        known = {"place": about.place, "year": about.year, "source": about.source, "sha256": about.sha256}
        if member == "today":
            return day(self.found.today)
        return str(known[member] or "") if report in ("", str(about.year)) else ""


def check(board: Kept, ground: Ground) -> list[Problem]:
    """What the board shows and its ground does not bear out; empty when all is true."""
    odd = [
        problem("W021", text=words, found=stands[:40], start=start, end=end)
        for report, start, end, words in ground.stands()
        if (stands := ground.texts.get(report, "")[start:end]) != words
    ]
    if odd:
        return odd[:1]
    found = [one for leaf in leaves(board, Leaf) for one in _leaf(leaf, ground)]
    numbers = [note.ordinal.value for note in board.notes]
    if numbers != list(range(1, len(numbers) + 1)):
        found.append(untrue(str(numbers), "1, 2, 3 …"))
    for part in board.parts:
        shown: tuple[Pair | Entry, ...] = (*part.cards, *part.rows, *part.lines)
        for one in shown:
            found += _judged(one, ground, len(numbers))
    return list(dict.fromkeys(found))


def _judged(one: Pair | Entry, ground: Ground, notes: int) -> list[Problem]:
    """A card or line bears the badge of its own story, and its notes are there."""
    wrong = [note for note in (one.said_note, one.came_note) if note and not 1 <= note.value <= notes]
    missing = [untrue(str(note.value), str(notes)) for note in wrong]
    fate = ground.fates().get(one.story)
    true = badge(fate, hollow=ground.hollow(one.story)) if fate else None
    return missing if one.badge == true else [*missing, untrue(one.badge.word.text, true.word.text if true else "")]


def _leaf(leaf: object, ground: Ground) -> list[Problem]:
    if isinstance(leaf, Cited):
        return _cited(leaf, ground)
    if isinstance(leaf, Given | Fact):
        known = (
            ground.told(leaf.story, leaf.member) if isinstance(leaf, Given) else ground.fact(leaf.report, leaf.member)
        )
        return _whole(leaf, known)
    if isinstance(leaf, Amount):
        known = ground.number(leaf.story, leaf.side, leaf.at)
        same = bool(known) and squeeze(leaf.text + leaf.unit) == squeeze(known)
        return [] if same else [untrue(leaf.text + leaf.unit, known)]
    return _own(leaf, ground)


def _own(leaf: object, ground: Ground) -> list[Problem]:
    """Our own words hold no number; what is counted is counted anew."""
    match leaf:
        case Label():
            return [untrue(leaf.text, "")] if ANY_DIGIT.search(leaf.text) else []
        case Seat():
            true: int | None = leaf.start + 1
        case Count():
            true = recount(leaf.of, ground)
        case Ordinal():
            true = leaf.value  # whether it counts on is a matter of its sequence
        case _:
            raise AssertionError(leaf)
    return [] if true == leaf.value else [untrue(leaf.text, str(true))]


def _whole(leaf: Given | Fact, known: str) -> list[Problem]:
    """The fact as it is, or its beginning where it is cut; a fingerprint may be cut anywhere."""
    shown = squeeze(leaf.text)
    true = squeeze(clean(known))
    begun = shown.endswith("…") and true.startswith(shown.rstrip("…"))
    same = shown == true or begun or (leaf.member == "sha256" and len(shown) == 16 and true.startswith(shown))
    return [] if same and shown else [untrue(leaf.text, known)]


def _cited(leaf: Cited, ground: Ground) -> list[Problem]:
    """Words stand in the report; composed ones may be put otherwise, their numbers stand there as they are."""
    document = Document.from_text(ground.texts.get(leaf.report, ""), leaf.report)
    source = squeeze(document.text[leaf.start : leaf.end])
    shown = squeeze(leaf.text.strip("…"))
    if shown not in source:
        around = squeeze(_sentence(document.text, leaf.start, leaf.end))
        numbers = WITH_WHAT.findall(shown) if leaf.loose else [leaf.text]
        lost = [number for number in numbers if number not in (around if leaf.loose else source)]
        if lost:
            return [untrue(lost[0], source[:40], leaf.start, leaf.end)]
    return []


def _sentence(text: str, start: int, end: int) -> str:
    low = max(text.rfind(stop, 0, start) for stop in "。！？\n") + 1
    ends = [at for stop in "。！？\n" if (at := text.find(stop, end)) >= 0]
    return text[low : min(ends, default=len(text))]


def recount(of: str, ground: Ground) -> int | None:
    """Count anew what a count names."""
    what, _, which = of.partition(":")
    counts = Counter(ground.fates().values())
    named = which.split(",")
    if what == "stories":
        return sum(counts.values())
    if what == "rest":
        whole, shown = map(int, which.split("-"))
        return whole - shown
    if what in ("fate", "fates"):
        return sum(counts[fate] for fate in named)
    fates = ground.fates()
    return sum(fates[story] in named for story in ground.paired()) if what == "pairs" else None
