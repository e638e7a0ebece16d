"""The targets of a report that a person may see, each measured on the day; the only place where pages get them."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from luoshi.measure import Measured, Series, Target, consistency, measure, sentences, targets
from luoshi.measure.path import words as path_words
from luoshi.measure.telling import short, unit_of
from luoshi.problems import Problem
from luoshi.store.indicating import Agreed, agreed_of
from luoshi.store.readings import series_until, stamps_of
from luoshi.web import access
from luoshi.web.access import Access
from luoshi.web.indicators.kept import Judged, judged
from luoshi.web.matter.origin import plan
from luoshi.web.shell.language import in_english, say

if TYPE_CHECKING:
    from luoshi.store.models import Matter, Report


@dataclass(frozen=True, slots=True)
class Row:
    """A target with its item's row where it has one, what was measured, and what was agreed about it.

    ``problems`` says what is odd: about the target, and between its readings.
    """

    target: Target
    matter: Matter | None
    measured: Measured
    agreed: Agreed
    problems: tuple[Problem, ...]

    @property
    def unit(self) -> str:
        return unit_of(self.target)

    @property
    def value(self) -> str:
        """The last value, as people say it; empty before there is one."""
        now = self.measured.standing
        return f"{short(now.value)}{self.unit}" if now else ""

    @property
    def expected(self) -> str:
        """Where it should be by the same day."""
        now = self.measured.standing
        return f"{short(now.expected)}{self.unit}" if now and now.expected is not None else ""

    @property
    def wanted(self) -> str:
        return f"{short(self.target.value)}{self.unit}"

    @property
    def why(self) -> str:
        light = self.measured.light
        return light.english if in_english() else light.why

    @property
    def said(self) -> tuple[str, ...]:
        """Where it is, its light, where it is going, what is needed: in sentences."""
        return tuple(one[1 if in_english() else 0] for one in sentences(self.measured))

    @property
    def path_word(self) -> str:
        named = path_words()["path"][self.measured.path.kind]
        return say(named["zh"], named["en"])

    @property
    def named(self) -> str:
        """The name that readings are kept under: the indicator's where the plan knows one."""
        return self.target.names[1] if len(self.target.names) > 1 else self.target.id


def chosen_report(request: HttpRequest) -> Report | None:
    """The report that the address names, else the newest; None where there is none to see. Raises Http404."""
    found = access.reports(access.access(request)).select_related("body")
    asked = request.GET.get("report", "")
    if not asked:
        return found.first()
    if not asked.isdecimal():
        raise Http404
    return access.report(request, int(asked))


def rows(who: Access, report: Report, names: Collection[str] | None = None) -> list[Row]:
    """Every target of ``report`` that ``who`` may see, measured on the person's day; or those that ``names`` mean."""
    seen = {one.item: one for one in access.matters(who).filter(report=report).select_related("lead")}
    found = targets(plan(report))
    wanted = [one for one in found if who.sees == "all" or one.item in seen]
    if names is not None:
        wanted = [one for one in wanted if one.id in names or not set(names).isdisjoint(one.names)]
    agreed = agreed_of(report)
    known = _judged(who, report, wanted, agreed)
    return [
        Row(one, seen.get(one.item or ""), it.measured, agreed.get(one.id, Agreed()), it.problems)
        for one, it in zip(wanted, known, strict=True)
    ]


def row(who: Access, report: Report, target: str) -> Row:
    """The one target, or 404 where there is none that ``who`` may see."""
    found = next((one for one in rows(who, report, {target}) if one.target.id == target), None)
    if found is None:
        raise Http404
    return found


def levels_of(who: Access, one: Row) -> Series | None:
    """The readings of a target that are no growths."""
    return _first(_series(who, [one.target]), one.target.names, grown=False)


def may_enter(who: Access, one: Row) -> bool:
    """Whether ``who`` enters readings of it: the office of all, a unit of the items that it leads."""
    if not who.may("readings"):
        return False
    return who.sees == "all" or (one.matter is not None and one.matter.lead_id in who.units)


def _judged(who: Access, report: Report, wanted: Sequence[Target], agreed: Mapping[str, Agreed]) -> list[Judged]:
    """Each target measured, whatever of it is not known yet: by what it rests on."""
    stamps = stamps_of({name for one in wanted for name in one.names}, who.day)
    whole = (report.pk, report.revision, report.created, who.day, who.sees == "public")

    def key(one: Target) -> Hashable:
        said = agreed.get(one.id, Agreed())
        return (*whole, one.id, said.revision, tuple(stamps.get(name) for name in one.names))

    def make(missing: Sequence[Target]) -> list[Judged]:
        series = _series(who, missing)
        return [_judge(one, series, agreed.get(one.id, Agreed()), who.day) for one in missing]

    return judged([(one, key(one)) for one in wanted], make)


def _series(who: Access, wanted: Iterable[Target]) -> Mapping[tuple[str, bool], Series]:
    """The readings that ``who`` may see of the targets."""
    found = series_until(who.day, {name for one in wanted for name in one.names})
    return _public(found) if who.sees == "public" else found


def _judge(target: Target, series: Mapping[tuple[str, bool], Series], agreed: Agreed, today: date) -> Judged:
    levels, rates = (_first(series, target.names, grown=grown) for grown in (False, True))
    made = measure(target, levels, rates, today, said=agreed.said(target.id), override=agreed.override())
    odd = [*made.problems]
    for one in (levels, rates):
        odd += consistency(one) if one is not None else ()
    return Judged(made, tuple(dict.fromkeys(odd)))


def _first(series: Mapping[tuple[str, bool], Series], names: Iterable[str], *, grown: bool) -> Series | None:
    return next((series[name, grown] for name in names if (name, grown) in series), None)


def _public(series: Mapping[tuple[str, bool], Series]) -> dict[tuple[str, bool], Series]:
    """Only readings that are labelled 公开; where a newer revision is not, there is none for its period."""
    kept = {
        key: replace(one, readings=tuple(reading for reading in one.readings if reading.openness == "public"))
        for key, one in series.items()
    }
    return {key: one for key, one in kept.items() if one.readings}
