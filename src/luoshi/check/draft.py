"""A plan laid out for the rules: its text in half-width forms, sentences, figures by place and by indicator.

Without the document's text the words that the plan itself quotes stand at their places, and ``␣`` everywhere else:
rules see what the plan holds and nothing between.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from luoshi.check.catalogue import bounds
from luoshi.check.finding import Place
from luoshi.plan import Commitment, Figure, Plan, Section
from luoshi.source import Span, fold

GAP = "␣"
_STOPS = re.compile(r"[。！？!?\n]")
_PARTS = re.compile(r"[。；;！？!?\n]")
PROMISING = frozenset({"targets", "plan", "livelihood", "government", "guidance"})


class Draft:
    """What the rules read. ``text`` is the document's or what the plan holds of it; ``folded`` the same, half-width."""

    def __init__(self, plan: Plan, text: str | None = None, earlier: Draft | None = None) -> None:
        self.plan = plan
        self.whole = text is not None
        self.text = pieced(plan) if text is None else text
        self.folded = fold(self.text)
        self.earlier = earlier
        self.figures = sorted(map(coded, plan.figures), key=lambda one: (one.start, one.end))
        self._starts = [one.start for one in self.figures]
        self._sections = {one.id: one for one in plan.sections}

    @cached_property
    def year(self) -> int | None:
        """The year the report plans for."""
        return self.plan.document.year

    @cached_property
    def years(self) -> int:
        """How many years the report plans for: 1 for an annual report, 5 for one at the start of a term."""
        term = self.plan.document.term
        return term[1].year - term[0].year + 1 if term else 1

    @cached_property
    def by_code(self) -> dict[str, list[Figure]]:
        """The figures of every indicator that the catalogue knows, in text order."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for one in self.figures:
            if one.indicator and one.indicator.code:
                found[one.indicator.code].append(one)
        return found

    @cached_property
    def figure(self) -> dict[str, Figure]:
        """Figures by their identifier."""
        return {one.id: one for one in self.figures}

    @cached_property
    def commitment(self) -> dict[str, Commitment]:
        """Commitments by their identifier."""
        return {one.id: one for one in self.plan.commitments}

    def figures_in(self, start: int, end: int) -> list[Figure]:
        """The figures that begin within a stretch of the text."""
        return self.figures[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def section(self, one: Figure | Commitment | Section) -> Section | None:
        """The section a finding of the plan stands in (of a section: itself)."""
        return self._sections.get((one.id if isinstance(one, Section) else one.section) or "")

    def role(self, one: Figure | Commitment) -> str:
        """The role of the section it stands in; empty if none is named."""
        found = self.section(one)
        return found.role if found else ""

    def outermost(self, section: str | None) -> str:
        """The identifier of the outermost section around a section; empty where there is none."""
        at = section or ""
        while (found := self._sections.get(at)) and found.parent:
            at = found.parent
        return at

    def headings(self, section: str | None) -> list[str]:
        """The titles of a section and of every section around it, the innermost first."""
        titles = []
        at = section
        while at and (found := self._sections.get(at)):
            titles.append(found.title)
            at = found.parent
        return titles

    def heading(self, at: int) -> str:
        """The heading above a place, as written; that of the section around it where it has none."""
        inside = [one for one in self.plan.sections if one.start <= at < one.end and (one.number or one.title)]
        return f"{inside[-1].number}{inside[-1].title}" if inside else ""

    @cached_property
    def _ends(self) -> list[int]:
        return [found.end() for found in _STOPS.finditer(self.text)]

    @cached_property
    def _cuts(self) -> list[int]:
        return [found.end() for found in _PARTS.finditer(self.text)]

    def sentence(self, at: int) -> Span:
        """The sentence around a place, to its 。 or the end of its line."""
        return self._around(self._ends, at)

    def part(self, at: int) -> Span:
        """The part of a sentence around a place, between ； or 。 and the next."""
        return self._around(self._cuts, at)

    def parts(self) -> Iterator[Span]:
        """Every part of a sentence, in text order."""
        start = 0
        for end in [*self._cuts, len(self.text)]:
            if end > start:
                yield Span(start, end)
            start = end

    def _around(self, ends: list[int], at: int) -> Span:
        index = bisect_right(ends, at)
        return Span(ends[index - 1] if index else 0, ends[index] if index < len(ends) else len(self.text))

    def before(self, at: int, most: int = 30) -> str:
        """The folded words before a place, within its part of the sentence, at most ``most`` characters."""
        return self.folded[max(self.part(at).start, at - most) : at]

    def after(self, at: int, most: int = 30) -> str:
        """The folded words behind a place, within its part of the sentence."""
        return self.folded[at : min(self.part(max(at - 1, 0)).end, at + most)]

    def place(self, start: int, end: int, note: str = "") -> Place:
        """A place of this text."""
        return Place(start, end, self.text[start:end], note)

    def at(self, one: Figure | Commitment, note: str = "") -> Place:
        """The place of a figure or a commitment."""
        return self.place(one.start, one.end, note)

    def phrase(self, one: Figure, note: str = "") -> Place:
        """The place of a figure together with the words that name what it measures, where they stand near by."""
        named = one.indicator
        near = (
            named is not None and self.part(named.start) == self.part(one.start) and abs(named.start - one.start) < 40
        )
        start = min(one.start, named.start) if named and near else one.start
        end = max(one.end, named.end) if named and near else one.end
        return self.place(start, end, note)


def coded(one: Figure) -> Figure:
    """A figure with the code that its own words name, where a plan (typed by hand, say) gives a wider one."""
    if one.indicator is None:
        return one
    words = fold(one.indicator.text)
    code = next((code for code, names in bounds()["codes"].items() if re.search(names, words)), one.indicator.code)
    if code == one.indicator.code:
        return one
    return one.model_copy(update={"indicator": one.indicator.model_copy(update={"code": code, "name": words})})


def pieced(plan: Plan) -> str:
    """The text as far as the plan quotes it: every piece at its place, gaps in between."""
    quoted = [(one.start, one.text) for one in plan.commitments]
    quoted += [(figure.start, figure.text) for figure in plan.figures]
    quoted += [(rung.start, rung.text) for rung in plan.ladder]
    quoted += [(part.start, f"{part.number}{part.title}\n") for part in plan.sections if part.title]
    quoted += [(one.indicator.start, one.indicator.text) for one in plan.figures if one.indicator]
    quoted += [(one.period.start, one.period.text) for one in plan.figures if one.period]
    length = max([plan.document.characters, *(at + len(words) for at, words in quoted)], default=0)
    made = [GAP] * length
    for at, words in quoted:
        made[at : at + len(words)] = words
    for left in plan.unread:
        if left.why == "mark" and left.end - left.start == 1 and left.start < length:
            made[left.start] = "，"
    return "".join(made)
