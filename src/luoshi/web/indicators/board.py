"""The targets of a report that a person may see, each measured on the day; the only place where pages get them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from luoshi.measure import Measured, Series, Target, consistency, measure, sentences, targets
from luoshi.measure.path import words as path_words
from luoshi.measure.telling import short, unit_of
from luoshi.problems import Problem
from luoshi.store.indicating import Agreed, agreed_of
from luoshi.store.readings import series_until
from luoshi.web import access
from luoshi.web.access import Access
from luoshi.web.matter.origin import plan
from luoshi.web.shell.language import in_english, say

if TYPE_CHECKING:
    from luoshi.store.models import Matter, Report


@dataclass(frozen=True, slots=True)
class Row:
    """A target with its item's row where it has one, what was measured, and what was agreed about it."""

    target: Target
    matter: Matter | None
    measured: Measured
    agreed: Agreed
    levels: Series | None
    rates: Series | None

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
    def problems(self) -> tuple[Problem, ...]:
        """What is odd: about the target, and between its readings."""
        found = [*self.measured.problems]
        for series in (self.levels, self.rates):
            found += consistency(series) if series is not None else ()
        return tuple(dict.fromkeys(found))

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


def rows(who: Access, report: Report) -> list[Row]:
    """Every target of ``report`` that ``who`` may see, measured on the person's day."""
    seen = {one.item: one for one in access.matters(who).filter(report=report).select_related("lead")}
    wanted = [one for one in targets(plan(report)) if who.sees == "all" or one.item in seen]
    series = series_until(who.day, {name for one in wanted for name in one.names})
    if who.sees == "public":
        series = _public(series)
    agreed = agreed_of(report)
    return [_row(one, seen, series, agreed.get(one.id, Agreed()), who.day) for one in wanted]


def row(who: Access, report: Report, target: str) -> Row:
    """The one target, or 404 where there is none that ``who`` may see."""
    found = next((one for one in rows(who, report) if one.target.id == target), None)
    if found is None:
        raise Http404
    return found


def may_enter(who: Access, one: Row) -> bool:
    """Whether ``who`` enters readings of it: the office of all, a unit of the items that it leads."""
    if not who.may("readings"):
        return False
    return who.sees == "all" or (one.matter is not None and one.matter.lead_id in who.units)


def _row(target: Target, seen: Mapping[str, Matter], series: Mapping[tuple[str, bool], Series], agreed: Agreed,
         today: date) -> Row:  # fmt: skip
    levels, rates = (_first(series, target.names, grown=grown) for grown in (False, True))
    measured = measure(target, levels, rates, today, said=agreed.said(target.id), override=agreed.override())
    return Row(target, seen.get(target.item or ""), measured, agreed, levels, rates)


def _first(series: Mapping[tuple[str, bool], Series], names: Iterable[str], *, grown: bool) -> Series | None:
    return next((series[name, grown] for name in names if (name, grown) in series), None)


def _public(series: Mapping[tuple[str, bool], Series]) -> dict[tuple[str, bool], Series]:
    """Only readings that are labelled 公开; where a newer revision is not, there is none for its period."""
    kept = {
        key: replace(one, readings=tuple(reading for reading in one.readings if reading.openness == "public"))
        for key, one in series.items()
    }
    return {key: one for key, one in kept.items() if one.readings}
