"""The ledger as an Excel workbook: the grid, every promise with both sentences, the candidates, what it all means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from luoshi.compare import Comparison, Promise, Quote
from luoshi.publish.labels import label
from luoshi.publish.ledger.grid import Group, Row, grid
from luoshi.publish.ledger.sheets import Book, Value
from luoshi.publish.ledger.wording import heading, promised, shapes, subtitle, summary, words


def ledger_workbook(comparison: Comparison) -> bytes:
    """The ledger of ``comparison`` as an xlsx file: 总账, 逐条, 候选 and 说明. No cell is a formula or a link.

    The same comparison always gives the same bytes.
    """
    fixed = words()["workbook"]
    year = max((report.year for report in comparison.reports), default=1980)
    book = Book(heading(comparison), subtitle(comparison), year)
    _matrix(book, comparison, grid(comparison))
    looks = {("verdict", name): _look(name) for name in words()["verdicts"]}
    rows = [_row(one) for one in comparison.promises]
    book.table(book.sheet(fixed["promises"]), fixed["columns"], rows, freeze=3, looks=looks)
    candidates = [row for one in comparison.promises for row in _candidates(one)]
    book.table(book.sheet(fixed["candidates"]), fixed["candidate_columns"], candidates)
    _about(book, comparison)
    return book.finished()


def ledger_rows(comparison: Comparison) -> tuple[list[str], list[list[Value]]]:
    """The sheet 逐条 as headings and rows, for whoever writes another kind of file."""
    columns = words()["workbook"]["columns"]
    found = map(_row, comparison.promises)
    return [column["zh"] for column in columns], [[one.get(column["key"]) for column in columns] for one in found]


def _look(verdict: str) -> dict[str, Any]:
    one = words()["verdicts"][verdict]
    return {"bg_color": one["fill"], "font_color": one["ink"], "bold": True, "align": "center"}


def told(verdict: str) -> str:
    """A verdict as a cell shows it: shape and word, so that colour is never alone."""
    return f"{shapes()[verdict]} {label('verdict', verdict)}"


def _matrix(book: Book, comparison: Comparison, groups: tuple[Group, ...]) -> None:
    page = book.sheet(words()["workbook"]["matrix"])
    years = [report.id for report in comparison.reports]
    page.set_column(0, 0, 30)
    page.set_column(1, max(len(years), 1), 13)
    book.cell(page, 0, 0, heading(comparison), bold=True, bg_color="#E9EDF3")
    for at, year in enumerate(years, 1):
        book.cell(page, 0, at, f"{year}{words()['page']['year']}", bold=True, align="center", bg_color="#E9EDF3")
    at = 0
    for group in groups:
        at += 1
        for place in range(len(years) + 1):
            book.cell(page, at, place, group.name if place == 0 else "", bold=True, bg_color="#F4F6F9")
        for row in group.rows:
            at += 1
            _line(book, page, at, row, years)
    page.freeze_panes(1, 1)
    page.repeat_rows(0)


def _line(book: Book, page: Any, at: int, row: Row, years: list[str]) -> None:
    book.cell(page, at, 0, row.name)
    most = 1
    for place, year in enumerate(years, 1):
        found = row.cells.get(year, ())
        if row.tally:
            book.cell(page, at, place, len(found) or None)
            continue
        text = "\n".join(f"{promised(one)} {told(one.verdict)}".strip() for one in found)
        most = max(most, 2 * len(found))
        book.cell(page, at, place, text, **(_look(found[0].verdict) if len(found) == 1 else {"align": "center"}))
    page.set_row(at, min(400, 15 * most + 2))


def _row(one: Promise) -> dict[str, Value]:
    outcome = one.outcome
    decided = one.decided
    return {
        "_look": one.verdict,
        "id": one.id,
        "report": int(one.report),
        "kind": label("kind", one.kind),
        "name": one.name,
        "promise": one.quote.text,
        "promised": promised(one),
        "due": one.due,
        "verdict": told(one.verdict),
        "state": label("state", outcome.state) if outcome.state else "",
        "arithmetic": outcome.arithmetic,
        "because": outcome.because,
        "told_in": int(outcome.report) if outcome.report else None,
        "outcome": "\n".join(quote.text for quote in outcome.quotes),
        "carried": one.carried or None,
        "notes": "；".join(outcome.notes),
        "decided": " ".join(filter(None, (decided.who, decided.when, decided.why))) if decided else "",
        "promise_sentence": one.quote.sentence,
        "outcome_sentence": "\n".join(dict.fromkeys(quote.sentence for quote in outcome.quotes if quote.sentence)),
        "promise_span": _span(one.quote),
        "outcome_span": "\n".join(map(_span, outcome.quotes)),
    }


def _span(quote: Quote) -> str:
    return f"{quote.start}–{quote.end}"


def _candidates(one: Promise) -> Iterator[dict[str, Value]]:
    for each in one.candidates:
        yield {
            "id": one.id,
            "promise": one.quote.text,
            "score": each.score,
            "report": int(each.quote.report),
            "text": each.quote.text,
            "sentence": each.quote.sentence,
        }


def _about(book: Book, comparison: Comparison) -> None:
    page = book.sheet(words()["workbook"]["about"], paper=9)
    page.set_column(0, 0, 16)
    page.set_column(1, 1, 100)
    lines = [
        (heading(comparison), subtitle(comparison)),
        ("", summary(comparison)),
        *((told(name), label("verdict", name, "en")) for name in words()["verdicts"]),
        *((report.id, f"{report.title}　{report.source}　{report.sha256}") for report in comparison.reports),
        *((found.code, f"{found.message}{found.advice}") for found in comparison.problems),
        ("", words()["page"]["foot"]),
    ]
    for at, (name, text) in enumerate(lines):
        book.cell(page, at, 0, name, bold=True)
        book.cell(page, at, 1, text)
