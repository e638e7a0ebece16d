"""The ledger as a grid: a column a report, a row an indicator, project or line held, a cell that year's promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.compare import Comparison, Promise
from luoshi.publish.ledger.wording import words

_KINDS = ("target", "project", "recognition", "hold", "action")


@dataclass(frozen=True)
class Row:
    """One story over the years; ``cells`` are the promises by the year of their report."""

    name: str
    kind: str
    cells: dict[str, tuple[Promise, ...]]
    tally: bool = False


@dataclass(frozen=True)
class Group:
    """Rows of one sort under a heading."""

    name: str
    rows: tuple[Row, ...]


def grid(comparison: Comparison) -> tuple[Group, ...]:
    """The rows in groups: indicators of the catalogue and whatever was promised more than once; the rest is counted.

    Rows go by how many years they have, then by the place where they first appear.
    """
    stories: dict[str, list[Promise]] = {}
    for promise in comparison.promises:
        stories.setdefault(promise.thread, []).append(promise)
    shown = {key: found for key, found in stories.items() if _stands_alone(found)}
    named = words()["groups"]
    national = any(report.level == "national" for report in comparison.reports)
    groups = [Group(named[sort], _rows(shown.values(), sort, national)) for sort in ("number", "named", "hold")]
    rest = [promise for key, found in stories.items() if key not in shown for promise in found]
    groups.append(Group(named["once"], tuple(_tallies(rest))))
    return tuple(group for group in groups if group.rows)


def _stands_alone(found: Sequence[Promise]) -> bool:
    known = any(one.number and one.number.code for one in found)
    often = len({one.report for one in found}) > 1
    return (known or often) and (often or found[0].kind in ("target", "hold"))


def _sort(found: Sequence[Promise]) -> str:
    if any(one.number for one in found):
        return "number"
    return "named" if found[0].kind in ("project", "recognition") else "hold"


def _rows(stories: Iterable[list[Promise]], sort: str, national: bool) -> tuple[Row, ...]:
    found = [one for one in stories if _sort(one) == sort]
    ranked = sorted(enumerate(found), key=lambda pair: (-len({one.report for one in pair[1]}), pair[0]))
    return tuple(Row(_name(one, national), one[0].kind, _cells(one)) for _, one in ranked)


def _name(found: Sequence[Promise], national: bool) -> str:
    first = found[0]
    name = words()["national"].get(first.name, first.name) if national else first.name
    measure = words()["measures"].get(first.number.measure, "") if first.number else ""
    return f"{name}{' ' if measure else ''}{measure}"


def _cells(found: Iterable[Promise]) -> dict[str, tuple[Promise, ...]]:
    cells: dict[str, tuple[Promise, ...]] = {}
    for one in found:
        cells[one.report] = (*cells.get(one.report, ()), one)
    return cells


def _tallies(rest: Sequence[Promise]) -> Iterable[Row]:
    for kind in _KINDS:
        found = [one for one in rest if one.kind == kind]
        if found:
            yield Row(words()["kinds"][kind], kind, _cells(found), tally=True)
