"""Rows of what the report says: sections, commitments, figures, and what became of the text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from luoshi.plan import Figure, Indicator, Period
from luoshi.publish.dossier import Dossier
from luoshi.publish.opendata.cells import Row
from luoshi.publish.sentences import Sentences
from luoshi.supervise import coverage


def sections(cut: Dossier) -> Iterator[Row]:
    """A row a heading."""
    names = ("id", "parent", "number", "title", "role", "start", "end")
    return ({name: getattr(one, name) for name in names} for one in cut.plan.sections)


def commitments(cut: Dossier) -> Iterator[Row]:
    """A row a commitment, with the sentence around it."""
    sentences = Sentences(cut.document)
    for one in cut.plan.commitments:
        yield {
            **{name: getattr(one, name) for name in ("id", "text", "kind", "strength", "section", "rule")},
            "due": one.deadline.date,
            "due_basis": one.deadline.basis,
            "due_text": one.deadline.text,
            "every": one.deadline.every,
            "qualifiers": "；".join(said.text for said in one.qualifiers),
            "start": one.start,
            "end": one.end,
            "sentence": sentences.around(one.start, one.end),
        }


def item_commitments(cut: Dossier) -> Iterator[Row]:
    """A row a commitment of an item."""
    known = {one.id for one in cut.plan.commitments}
    for item in cut.plan.items:
        for name in dict.fromkeys(item.commitments):
            if name in known:
                yield {"item": item.id, "commitment": name}


def coverage_rows(cut: Dossier) -> Iterator[Row]:
    """A row a commitment. Where no open item carries it, that is all that can be said: a closed one might."""
    for one in coverage(cut.plan, cut.matters, cut.rules).fates:
        fate = one.fate if one.matters or one.fate == "slogan" else "unlisted"
        yield {"commitment": one.commitment, "fate": fate}


def unread(cut: Dossier) -> Iterator[Row]:
    """A row a stretch that became nothing."""
    return ({"start": one.start, "end": one.end, "why": one.why} for one in cut.plan.unread)


def figures(cut: Dossier) -> Iterator[Row]:
    """A row a figure."""
    same = ("id", "text", "value", "value2", "unit", "base_unit", "comparator", "measure", "direction", "tense",
            "hedge", "section", "rule", "start", "end")  # fmt: skip
    for one in cut.plan.figures:
        yield {
            **{name: getattr(one, name) for name in same},
            "base_value": _decimal(one),
            **(_named(one.indicator) if one.indicator else {}),
            **(_when(one.period) if one.period else {}),
        }


def _named(one: Indicator) -> Row:
    return {"indicator_text": one.text, "indicator": one.name, "indicator_code": one.code}


def _when(one: Period) -> Row:
    return {"period_text": one.text, "period_from": one.begin, "period_to": one.until}


def item_figures(cut: Dossier) -> Iterator[Row]:
    """A row a figure of an item."""
    known = {one.id for one in cut.plan.figures}
    of = {one.id: one.figures for one in cut.plan.commitments}
    for item in cut.plan.items:
        held = (*item.figures, *(name for promise in item.commitments for name in of.get(promise, ())))
        for name in dict.fromkeys(held):
            if name in known:
                yield {"item": item.id, "figure": name}


def _decimal(one: Figure) -> Decimal | None:
    try:
        found = Decimal(one.base_value or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
