"""A table of readings → series by indicator, and what is wrong with which row."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from luoshi.amounts import Amount, Incompatible, split
from luoshi.days import Months, months_in
from luoshi.measure.reading import Reading, Scope, Series
from luoshi.plan.model import Openness
from luoshi.problems import Problem, problem

Rows = Sequence[Sequence[str]]
Key = tuple[str, bool]

_NUMBER = re.compile(r"([-−－]?\d[\d,，]*(?:\.\d+)?)\s*(\D*)")
_HEADING_ROWS = 20  # a table may begin with a title and notes
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Readings:
    """Every series by the name of its indicator, and the problems of the rows that were left out or look odd."""

    series: Mapping[Key, Series]
    problems: tuple[Problem, ...] = ()

    def of(self, *names: str, growth: bool) -> Series | None:
        """The series of the first of ``names`` that there is one for."""
        keys = [(_stem(name)[0], growth) for name in names if name]
        return next((self.series[key] for key in keys if key in self.series), None)


def readings(rows: Rows, today: date, wanted: Mapping[str, Sequence[str]] | None = None) -> Readings:
    """Read a table: a row of headings, then a reading a row. Rows that cannot be used are left out and named.

    Headings, scopes and marks are those of ``readings.toml``. Periods that end after ``today`` are left out, as is
    every row but the latest revision of a period. ``wanted`` are the units of the targets by name
    (:func:`luoshi.measure.units_of`); where rows of one name are in units that do not go together, those that go with
    the target's are kept, and without a target those that most rows go with.
    """
    at, columns = _headings(rows)
    if at < 0:
        return Readings({}, (problem("M001", columns="、".join(_words()["columns"][k][0] for k in _needed())),))
    found: list[Problem] = []
    by_name: dict[Key, list[Reading]] = {}
    for number, row in enumerate(rows[at + 1 :], at + 2):
        cells = {key: row[place].strip() if place < len(row) else "" for key, place in columns.items()}
        if not any(cells.values()):
            continue
        made = _reading(cells, number, today)
        if isinstance(made, Problem):
            found.append(made)
        else:
            by_name.setdefault(_stem(cells["name"]), []).append(made)
    series = {}
    units = {_stem(name)[0]: tuple(several) for name, several in (wanted or {}).items()}
    for key, several in by_name.items():
        one, odd = _series(key, several, ("%",) if key[1] else units.get(key[0], ()))
        found += odd
        series[key] = one
    return Readings(series, tuple(found))


def _headings(rows: Rows) -> tuple[int, dict[str, int]]:
    """Where the row of headings is, and which column is which; −1 where there is none."""
    names = {alias: key for key, aliases in _words()["columns"].items() for alias in aliases}
    for at, row in enumerate(rows[:_HEADING_ROWS]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            key = names.get(re.sub(r"[\s*（(].*$", "", cell.strip()).lower())
            if key is not None:
                columns.setdefault(key, place)
        if all(key in columns for key in _needed()):
            return at, columns
    return -1, {}


def _reading(cells: Mapping[str, str], row: int, today: date) -> Reading | Problem:
    when = months_in(cells["period"])
    if not cells["name"] or when is None:
        return problem("M003", row=row, found=_short(cells["period"]) or "（空）")
    amount = _amount(cells["value"], cells.get("unit", ""))
    if amount is None:
        return problem("M002", row=row, found=_short(cells["value"]) or "（空）")
    if amount.unit and split(amount.unit.split("/")[0]) is None:
        return problem("M004", row=row, unit=_short(amount.unit))
    if amount.value < 0 and not _may_be_negative(cells["name"], amount.unit):
        return problem("M028", row=row, name=_short(cells["name"]), found=_short(cells["value"]))
    scope = _scope(cells.get("scope", ""), when)
    if when.begin > today or (scope != "point" and when.end > today):
        return problem("M006", row=row, period=when)
    return Reading(
        when,
        amount,
        scope,
        cells.get("source", ""),
        cells.get("evidence", ""),
        int(_meaning("level", cells.get("level", "")) or 0),
        int(_meaning("revision", cells.get("revision", "")) or 0),
        _meaning("broken", cells.get("broken", "")) == "yes",
        row,
        _openness(cells.get("openness", "")),
    )


def _openness(said: str) -> Openness | None:
    """As the table says; a word that is not in the list closes the reading, for a slip must not publish it."""
    meant = _meaning("openness", said)
    if meant == "public":
        return "public"
    return "secret" if meant == "secret" else "internal" if said.strip() else None


def _amount(cell: str, unit: str) -> Amount | None:
    """The amount in a cell; the unit beside the number goes before that of the column."""
    found = _NUMBER.fullmatch(cell.strip())
    if found is None:
        return None
    value = Decimal(re.sub("[,，]", "", found[1].replace("−", "-").replace("－", "-")))
    return Amount(value, found[2].strip() or unit.strip())


def _may_be_negative(name: str, unit: str) -> bool:
    """Whether a value below nought makes sense: money, rates, differences do; things that are counted do not."""
    words = _words()["negative"]
    known = split(unit.partition("/")[0])
    counted = known is not None and unit != "" and known[1].dimension not in words["dimensions"]
    return not counted or _stem(name)[1] or any(word in name for word in words["names"])


def _scope(said: str, when: Months) -> Scope:
    """The scope as the table says; without a word, several months from January (1—9月) are cumulative."""
    meant = _meaning("scope", said)
    if meant == "point":
        return "point"
    if meant == "cumulative":
        return "cumulative"
    return "cumulative" if not meant and when.from_january and when.count > 1 else "single"


def _series(key: Key, several: list[Reading], wanted: Sequence[str]) -> tuple[Series, list[Problem]]:
    """One series in one unit: the latest revision of every period, what was revised named."""
    name, growth = key
    unit = _unit(several, wanted)
    found: list[Problem] = []
    kept: dict[tuple[Months, bool], Reading] = {}
    for one in several:
        try:
            same = one if one.amount.unit == unit else replace(one, amount=one.amount.to(unit))
        except Incompatible:
            found.append(problem("M005", row=one.row, name=name, unit=one.amount.unit, wanted=unit))
            continue
        when = _normal(same)
        before = kept.get((when.period, when.scope == "cumulative"))
        if before is not None and before.value != when.value:
            found.append(_twice(name, before, when))
        if before is None or when.revision >= before.revision:
            kept[when.period, when.scope == "cumulative"] = when
    ordered = tuple(sorted(kept.values(), key=lambda one: (one.period.end, one.period.count)))
    return Series(name, unit, ordered, growth), found


def _unit(several: Sequence[Reading], wanted: Sequence[str]) -> str:
    """The unit of the first reading that goes with the target's; without one, with most of the readings."""
    units = [one.amount.unit for one in several]
    fitting = [unit for unit in units if any(_together(unit, other) for other in wanted)]
    return max(fitting or units, key=lambda unit: 1 if fitting else sum(_together(unit, other) for other in units))


def _together(unit: str, other: str) -> bool:
    """Whether amounts in the two units can be compared."""
    try:
        Amount(Decimal(1), unit).to(other)
    except Incompatible:
        return False
    return True


def _normal(one: Reading) -> Reading:
    """A cumulative reading written as its last month (2023年9月, 累计) covers everything since January."""
    if one.scope != "cumulative" or one.period.from_january:
        return one
    return replace(one, period=Months(one.period.last[0], 1, one.period.last[1]))


def _twice(name: str, before: Reading, after: Reading) -> Problem:
    code = "M008" if after.revision > before.revision else "M007"
    return problem(code, row=after.row, name=name, period=after.period, before=before.value, after=after.value)


def _stem(name: str) -> Key:
    """An indicator's name without blanks and without the ending that says its readings are rates of change."""
    bare = re.sub(r"\s+|[（(]\s*(?:同比|增速).*?[）)]", "", name)
    for ending in sorted(_words()["growth"]["endings"], key=len, reverse=True):
        if bare.endswith(ending) and len(bare) > len(ending):
            return bare.removesuffix(ending), True
    return bare, bare != re.sub(r"\s+", "", name)


def _meaning(group: str, said: str) -> str | None:
    words = said.strip().lower()
    return next((key for key, aliases in _words()[group].items() if words and words in aliases), None)


def _needed() -> list[str]:
    return list(_words()["needed"]["columns"])


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("luoshi.measure").joinpath("readings.toml").read_text(encoding="utf-8"))
