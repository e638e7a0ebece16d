"""The promise ledger of several years: the grid, and a page a year with every promise and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from luoshi.compare import Comparison, Promise
from luoshi.publish.labels import label
from luoshi.publish.ledger.grid import Row, grid
from luoshi.publish.ledger.wording import both, shapes, summary
from luoshi.publish.ledger.wording import words as ledger_words
from luoshi.publish.site.frame import File, Frame
from luoshi.publish.site.naming import slug

PAGE = 150


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict: ``name`` for the style sheet, its ``shape``, and the ``text`` that says the same in words."""

    name: str
    shape: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one report promised in one story; ``count`` where it stands for several promises."""

    mark: Mark | None
    text: str
    href: str
    count: int
    marks: tuple[tuple[Mark, int], ...]


def mark(verdict: str) -> Mark:
    """The mark of a verdict."""
    return Mark(verdict.replace("_", "-"), shapes()[verdict], label("verdict", verdict))


def ledger_pages(site: Frame, comparison: Comparison | None) -> Iterator[File]:
    """The ledger, where several reports were compared; nothing otherwise."""
    if comparison is None:
        return
    by_year: dict[str, list[Promise]] = {report.id: [] for report in comparison.reports}
    for one in comparison.promises:
        by_year.setdefault(one.report, []).append(one)
    where = {one.id: _path(year, at // PAGE + 1) for year, own in by_year.items() for at, one in enumerate(own)}
    groups = [
        (group.name, [(row, _cells(row, comparison, where), _is_due(row)) for row in group.rows])
        for group in grid(comparison)
    ]
    yield site.page(
        "ledger.html", "ledger.html", comparison=comparison, groups=groups, summary=summary(comparison),
        totals=_totals(comparison.promises), years={year: _path(year, 1) for year, own in by_year.items() if own},
        by_year={year: _totals(own) for year, own in by_year.items()},
    )  # fmt: skip
    for year, own in by_year.items():
        yield from _year(site, comparison, year, own, where)


def _year(
    site: Frame, comparison: Comparison, year: str, own: Sequence[Promise], where: dict[str, str]
) -> Iterator[File]:
    report = next((one for one in comparison.reports if one.id == year), None)
    pages = [_path(year, at + 1) for at in range(-(-len(own) // PAGE))]
    for at, path in enumerate(pages):
        part = own[at * PAGE : (at + 1) * PAGE]
        yield site.page(
            path, "year.html", report=report, year=year, part=part, pages=pages, total=len(own),
            marks={one.id: mark(one.verdict) for one in part}, totals=_totals(own), both=both, where=where,
        )  # fmt: skip


def _path(year: str, page: int) -> str:
    return f"ledger/{slug(year)}{'' if page == 1 else f'-{page}'}.html"


def _totals(found: Iterable[Promise]) -> tuple[tuple[Mark, int], ...]:
    counts = Counter(one.verdict for one in found)
    return tuple((mark(name), counts[name]) for name in ledger_words()["verdicts"] if counts[name])


def _is_due(row: Row) -> bool:
    """Whether anything in the row was to be kept by now."""
    return any(one.verdict != "pending" for own in row.cells.values() for one in own)


def _cells(row: Row, comparison: Comparison, where: dict[str, str]) -> list[Cell | None]:
    made: list[Cell | None] = []
    for report in comparison.reports:
        own = row.cells.get(report.id, ())
        if not own:
            made.append(None)
            continue
        href = f"{where[own[0].id]}#p{own[0].id}"
        if len(own) > 1:
            made.append(Cell(None, "", href if not row.tally else where[own[0].id], len(own), _totals(own)))
        else:
            made.append(Cell(mark(own[0].verdict), both(own[0]), href, 1, ()))
    return made
