"""Which figures of a later report may tell what became of a promised number, ranked; code first, then words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from luoshi.compare.editions import Edition
from luoshi.compare.figures import Reading, readings
from luoshi.compare.model import Candidate
from luoshi.compare.names import SAME, bare, contained, name_of
from luoshi.compare.pledges import Pledge, same_thing
from luoshi.compare.words import pattern, table

Meaning = Callable[[str, str], float]

_WEIGHTS = {"name": 0.4, "measure": 0.2, "years": 0.2, "role": 0.1, "place": 0.1}
_ROLES = {
    "review": 1.0, "": 1.0, "opening": 0.9, "problems": 0.6, "guidance": 0.5, "targets": 0.5, "plan": 0.5,
    "livelihood": 0.5, "government": 0.5, "box": 0.4, "caption": 0.4,
}  # fmt: skip
_RIGHT_YEARS = 0.6
_SHOWN = 6
# Beside figures that the catalogue knows, one that it does not know must be called the same.
_UNCODED = 0.9


@dataclass(frozen=True)
class Rated:
    """A reading of a later report with how well it fits a promise, as a whole and in its parts."""

    reading: Reading
    score: float
    parts: dict[str, float]

    @property
    def of_the_years(self) -> bool:
        """Whether the number is of the years that the promise is for."""
        return self.parts["years"] >= _RIGHT_YEARS

    def candidate(self) -> Candidate:
        """The candidate as a comparison shows it."""
        one = self.reading
        quote = one.edition.quote(one.figure.start, one.figure.end, one.figure.text)
        return Candidate(quote=quote, score=round(self.score, 3), number=one.number())


class Shelf:
    """The figures of one edition that report something, found by code or by words."""

    def __init__(self, edition: Edition, meaning: Meaning | None = None) -> None:
        self.edition = edition
        self._meaning = meaning
        self._done = [
            one for one in readings(edition) if one.figure.tense == "done" and one.role in _ROLES and not one.start
        ]
        self._by_code: dict[str | None, list[Reading]] = {}
        for one in self._done:
            self._by_code.setdefault(one.code, []).append(one)

    @property
    def reported(self) -> Sequence[Reading]:
        """Every reported figure."""
        return self._done

    def of_code(self, code: str | None) -> list[Reading]:
        """The reported figures of an indicator of the catalogue."""
        return self._by_code.get(code, [])

    def rated(self, pledge: Pledge, code: str | None = None) -> list[Rated]:
        """The candidates for a promised number, best first; with ``code`` those of another indicator (a part of it)."""
        wanted = code or pledge.code
        pool = self._done
        if wanted and (code or self.of_code(wanted)):
            pool = [*self.of_code(wanted), *self.of_code(None)]
        found = [one for reading in pool if (one := self._rate(pledge, reading, wanted)) is not None]
        return sorted(found, key=lambda one: (-one.score, one.reading.figure.start))

    def _rate(self, pledge: Pledge, reading: Reading, wanted: str | None) -> Rated | None:
        assert pledge.reading is not None
        name = 1.0 if wanted and wanted == reading.code else self._same(pledge, reading)
        if name < (_UNCODED if wanted and self._by_code.get(wanted) else SAME):
            return None
        size = max(len(self.edition.text), reading.figure.end, 1)
        parts = {
            "name": name,
            "measure": 1.0 if pledge.reading.figure.measure == reading.figure.measure else 0.3,
            "years": _years(pledge, reading),
            "role": _ROLES[reading.role],
            "place": 1 - reading.figure.start / size,
        }
        return Rated(reading, sum(_WEIGHTS[key] * value for key, value in parts.items()), parts)

    def _same(self, pledge: Pledge, reading: Reading) -> float:
        assert pledge.reading is not None
        if not reading.name or _kinds_differ(pledge.reading, reading) or _beside(pledge, reading):
            return 0.0
        if bare(pledge.reading.name) in table("indicator")["places"]:
            return contained(name_of(pledge.text), reading.edition.clause_at(reading.figure.start))
        found = same_thing(pledge.code, pledge.reading.name, reading.code, reading.name)
        if found < SAME and self._meaning is not None and not (pledge.code and reading.code):
            found = self._meaning(pledge.reading.name, reading.name)
        return found


def _beside(pledge: Pledge, reading: Reading) -> bool:
    """Whether the number counts something about the thing that was not promised (入驻49个老旧小区)."""
    words = list(pattern("indicator", "beside").finditer(reading.clause))
    return bool(words) and words[-1].end() == len(reading.clause) and words[-1][0] not in pledge.text


def _kinds_differ(promised: Reading, reported: Reading) -> bool:
    """Whether two numbers count different kinds of thing (家 and 公里): then their names mean nothing."""
    mine, theirs = promised.figure, reported.figure
    if mine.measure != theirs.measure:
        return False
    return mine.unit != theirs.unit and promised.unit[0] != reported.unit[0]


def _years(pledge: Pledge, reading: Reading) -> float:
    """How well the years of a reported number fit those of the promise."""
    promised, due = pledge.reading, pledge.due.year
    assert promised is not None
    several = bool(promised.years and promised.years[0] < promised.years[1])
    if promised.average != reading.average or (reading.since and not promised.since):
        return 0.4
    if reading.sums_years and not (several or promised.average):
        return 0.4
    if reading.years is None:
        settled = reading.edition.reviewed == due or promised.average
        hint = bool(pattern("span", "several").search(reading.edition.titles(reading.figure.section)))
        return (0.7 if hint and not (several or promised.average) else 0.9) if settled else 0.3
    first, last = reading.years
    if last != due:
        return 0.1
    if reading.partial and not promised.partial:
        return 0.3
    return 1.0 if several == (first < last) else 0.4


def shown(rated: Sequence[Rated]) -> tuple[Candidate, ...]:
    """The first candidates, for people to look over."""
    return tuple(one.candidate() for one in rated[:_SHOWN])
