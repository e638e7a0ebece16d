"""Rows of promises and outcomes over the years."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.compare import Edition, Promise
from luoshi.publish.dossier import Dossier
from luoshi.publish.opendata.cells import Row


def reports(cut: Dossier) -> Iterator[Row]:
    """A row a report that was compared; this one alone where none was, if its year is known."""
    own = Edition(cut.plan)
    found = cut.comparison.reports if cut.comparison else (own.report(),) if own.year else ()
    names = ("id", "title", "place", "year", "reviewed", "source", "sha256")
    return ({name: getattr(one, name) for name in names} for one in found)


def ledger(cut: Dossier) -> Iterator[Row]:
    """A row a promise."""
    return (_row(one) for one in (cut.comparison.promises if cut.comparison else ()))


def _row(one: Promise) -> Row:
    number, outcome = one.number, one.outcome
    return {
        **{name: getattr(one, name) for name in
           ("id", "report", "thread", "name", "kind", "strength", "due", "verdict", "carried")},
        **{name: getattr(number, name) if number else None for name in ("value", "value2", "unit", "comparator")},
        **{name: getattr(one.quote, name) for name in ("start", "end", "sentence")},
        "promise": one.quote.text,
        "read_as": one.decided.read_as if one.decided else None,
        "outcome_report": outcome.report,
        "state": outcome.state,
        "outcome": "\n".join(quote.text for quote in outcome.quotes),
        "outcome_sentence": "\n".join(dict.fromkeys(quote.sentence for quote in outcome.quotes if quote.sentence)),
        "arithmetic": outcome.arithmetic,
        "because": outcome.because,
        "notes": "；".join(outcome.notes),
    }  # fmt: skip
