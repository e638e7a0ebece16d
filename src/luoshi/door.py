"""The library's door: from a file to its text and its plan in one call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from luoshi.intake import open_document
from luoshi.plan import Corrections, Finding, Plan, correct
from luoshi.problems import Problem, Unreadable, has_errors, problem
from luoshi.read import read

if TYPE_CHECKING:
    from luoshi.intake.door import Progress
    from luoshi.source import Document


class Report(NamedTuple):
    """A report that was read: its text, and the plan whose offsets count that text's code points."""

    document: Document
    plan: Plan


def open_report(path: str | Path, *, progress: Progress | None = None, corrections: str | Path | None = None) -> Report:
    """Open the file at ``path`` and read it. Raises :class:`luoshi.Unreadable` with every problem.

    What is odd about the file without stopping the work (a scanned page, a guessed encoding) stands first in the
    plan's problems. ``progress(done, total)`` is called after each page of a scan. ``corrections`` is a file of
    ``luoshi.corrections/1``: all of them are applied, or none and their problems are raised.
    """
    wanted = _corrections(corrections) if corrections is not None else None
    document, notes = open_text(path, progress=progress)
    plan = read(document)
    if wanted is not None:
        plan, found = correct(plan, wanted.corrections, document.text)
        if has_errors(found):
            raise Unreadable(found)
        notes = (*notes, *found)
    return Report(document, with_notes(plan, notes))


def _corrections(path: str | Path) -> Corrections:
    try:
        return Corrections.from_json(Path(path).read_bytes())
    except FileNotFoundError as error:
        raise Unreadable([problem("I001", name=path)]) from error
    except OSError as error:
        raise Unreadable([problem("I004", name=path, reason=error.strerror or error)]) from error


def open_text(path: str | Path, *, progress: Progress | None = None) -> tuple[Document, tuple[Problem, ...]]:
    """The text of the file at ``path``, and what is odd about the file. Raises :class:`luoshi.Unreadable`."""
    opened = open_document(Path(path), progress=progress)
    if opened.document is None:
        raise Unreadable(opened.problems)
    return opened.document, opened.problems


def with_notes(plan: Plan, notes: tuple[Problem, ...]) -> Plan:
    """``plan`` with the file's own problems put before those of its text."""
    if not notes:
        return plan
    found = tuple(
        Finding(code=note.code, start=note.start, end=note.end, message=note.message, why=note.why, advice=note.advice)
        for note in notes
    )
    return plan.model_copy(update={"problems": found + plan.problems})
