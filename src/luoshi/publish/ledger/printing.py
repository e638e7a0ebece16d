"""The ledger as a PDF (PDF/UA-1), drawn by Typst in this process with our own fonts and no clock."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from importlib import resources
from typing import Any

from luoshi.compare import Comparison, Promise, Quote
from luoshi.publish.labels import label
from luoshi.publish.ledger.grid import Group, Row, grid
from luoshi.publish.ledger.wording import DENSE, both, brief, heading, subtitle, summary, words
from luoshi.publish.typesetting import guarded

_LONGEST = 160


def ledger_pdf(comparison: Comparison) -> bytes:
    """The ledger of ``comparison`` as a PDF: the grid, then both sentences of every promise that stands in it alone.

    A character that the fonts lack is shown as 〓. The same comparison always gives the same bytes.
    """
    groups = grid(comparison)
    board = {
        "title": heading(comparison),
        "english": words()["english"],
        "subtitle": subtitle(comparison),
        "summary": summary(comparison),
        "years": [report.id for report in comparison.reports],
        "verdicts": [
            {"name": name, "label": label("verdict", name), **one} for name, one in words()["verdicts"].items()
        ],
        "groups": [_group(group, brief if len(comparison.reports) > DENSE else both) for group in groups],
        "list": [_entry(one) for one in _listed(groups)],
        "words": {**words()["page"], **words()["print"]},
    }
    made, _ = guarded(_template(), json.dumps(board, ensure_ascii=False), heading(comparison))
    return made


def _group(group: Group, number: Callable[[Promise], str]) -> dict[str, Any]:
    return {"name": group.name, "rows": [_row(row, number) for row in group.rows]}


def _row(row: Row, number: Callable[[Promise], str]) -> dict[str, Any]:
    cells = {
        year: {"count": len(found)} if row.tally else {"marks": [[one.verdict, number(one)] for one in found]}
        for year, found in row.cells.items()
    }
    return {"name": row.name, "tally": row.tally, "cells": cells}


def _listed(groups: Sequence[Group]) -> list[Promise]:
    """The promises of the rows that stand for one story, those with a verdict first by year, then by row."""
    rows = [row for group in groups for row in group.rows if not row.tally]
    return [one for row in rows for found in row.cells.values() for one in found if one.verdict != "pending"]


def _entry(one: Promise) -> dict[str, Any]:
    return {
        "year": one.report,
        "name": one.name,
        "verdict": one.verdict,
        "promise": _short(one.quote),
        "sum": one.outcome.arithmetic,
        "why": one.outcome.because,
        "outcome": [[quote.report, _short(quote)] for quote in one.outcome.quotes[:3]],
    }


def _short(quote: Quote) -> str:
    text = " ".join((quote.sentence or quote.text).split())
    if len(text) <= _LONGEST or quote.sentence_start is None:
        return text[:_LONGEST]
    at = max(0, quote.start - quote.sentence_start - 40)
    end = min(len(text), max(at + _LONGEST, quote.end - quote.sentence_start))
    return f"{'…' if at else ''}{text[at:end]}{'…' if end < len(text) else ''}"


@cache
def _template() -> bytes:
    return resources.files(__package__).joinpath("ledger.typ").read_bytes()
