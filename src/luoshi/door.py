"""The library's door: from a file to its text and its plan in one call."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from luoshi.compare import Decisions, Edition
from luoshi.intake import open_document
from luoshi.plan import Corrections, Finding, Plan, correct
from luoshi.problems import Problem, Unreadable, has_errors, problem
from luoshi.read import read

if TYPE_CHECKING:
    from luoshi.intake.door import Progress
    from luoshi.source import Document

T = TypeVar("T")
_AHEAD = 4  # files a worker, read before they are asked for


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
    document, notes = open_text(path, progress=progress)
    return Report(document, read_corrected(document, notes, corrections))


def read_corrected(document: Document, notes: tuple[Problem, ...], corrections: str | Path | None = None) -> Plan:
    """The plan of ``document``, with the file's own ``notes`` first among its problems, and ``corrections`` applied.

    Raises :class:`luoshi.Unreadable` where the file of corrections cannot be used; then none of them is applied.
    """
    if corrections is None:
        return with_notes(read(document), notes)
    wanted = _corrections(Path(corrections))
    plan, found = correct(read(document), wanted.corrections, document.text)
    if has_errors(found):
        raise Unreadable(found)
    return with_notes(plan, (*notes, *found))


def _corrections(path: Path) -> Corrections:
    return Corrections.from_json(bytes_of(path))


def open_edition(path: str | Path, *, progress: Progress | None = None) -> Edition:
    """A report to compare: the report file at ``path``, or a plan as JSON that was written before.

    Of a plan the text comes from the file beside it that it was read from, if that is there and still the same; else
    the plan stands alone. Raises :class:`luoshi.Unreadable`.
    """
    path = Path(path)
    if path.suffix.lower() != ".json":
        document, plan = open_report(path, progress=progress)
        return Edition(plan, document.text)
    plan = Plan.from_json(bytes_of(path))
    beside = document_beside(path, plan)
    return Edition(plan, beside.text if beside else "")


def open_whole(path: str | Path, *, progress: Progress | None = None) -> Report:
    """A report with its text: the report file at ``path``, or a plan as JSON with the report's file beside it.

    Raises :class:`luoshi.Unreadable`, P004 where the file that the plan was read from is not there or not the same.
    """
    path = Path(path)
    if path.suffix.lower() != ".json":
        return open_report(path, progress=progress)
    plan = Plan.from_json(bytes_of(path))
    document = document_beside(path, plan)
    if document is None:
        raise Unreadable([problem("P004", source=plan.document.source or "（没有写）", folder=path.parent)])
    return Report(document, plan)


def document_beside(path: Path, plan: Plan) -> Document | None:
    """The text of the file that ``plan`` names, where it lies beside the plan and has the same fingerprint."""
    source = path.parent / Path(plan.document.source).name
    if not plan.document.source or not source.is_file():
        return None
    document = open_document(source).document
    return document if document is not None and document.sha256 == plan.document.sha256 else None


def open_decisions(path: str | Path) -> Decisions:
    """A person's decisions, ``luoshi.decisions/1``. Raises :class:`luoshi.Unreadable`."""
    return Decisions.from_json(bytes_of(Path(path)))


def bytes_of(path: Path) -> bytes:
    """What is in the file. Raises :class:`luoshi.Unreadable`."""
    try:
        return path.read_bytes()
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


# ── many files ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What came of one file of a folder: what was ``made`` of its plan, or None and the ``problems`` that say why."""

    path: Path
    made: T | None
    problems: tuple[Problem, ...] = ()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_reports(
    folder: Path, paths: Sequence[Path], make: Callable[[Plan], T], *, workers: int | None = None
) -> Iterator[Outcome[T]]:
    """Read the files ``paths`` of ``folder`` in ``workers`` processes, and give what ``make`` makes of each plan.

    Outcomes come in the order of ``paths``, whatever the number of workers (default: one a processor). The source of a
    plan is its path within ``folder``. A file that cannot be read stops nothing. ``make`` must be picklable, and a
    program that calls this with more than one worker must guard its start with ``if __name__ == "__main__"``.
    """
    workers = min(workers or processors(), len(paths))
    if workers <= 1:
        yield from (_outcome(folder, path, make) for path in paths)
        return
    left = deque(paths)
    while left:
        try:
            for outcome in _pooled(folder, tuple(left), make, workers):
                left.popleft()
                yield outcome
        except BrokenProcessPool:
            # The system killed a worker, which ends the whole pool: the next file may be why, so it goes alone.
            yield _alone(folder, left.popleft(), make)


def _pooled(folder: Path, paths: Sequence[Path], make: Callable[[Plan], T], workers: int) -> Iterator[Outcome[T]]:
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _leave_interrupts) as pool:
        waiting: deque[Future[Outcome[T]]] = deque()
        left = iter(paths)
        try:
            while True:
                more = islice(left, workers * _AHEAD - len(waiting))
                with _interrupts_held():
                    waiting += (pool.submit(_outcome, folder, path, make) for path in more)
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _alone(folder: Path, path: Path, make: Callable[[Plan], T]) -> Outcome[T]:
    try:
        (outcome,) = _pooled(folder, (path,), make, 1)
    except BrokenProcessPool:
        return Outcome(path, None, (problem("I033", name=path.name, detail="进程被系统终止 killed by the system"),))
    return outcome


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while workers start: they inherit the mask, so that none hears it before it can leave it be."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that waits; a worker that also heard it would only print a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _outcome(folder: Path, path: Path, make: Callable[[Plan], T]) -> Outcome[T]:
    try:
        plan = open_report(path).plan
        inside = os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "replace")
        facts = plan.document.model_copy(update={"source": inside})
        return Outcome(path, make(plan.model_copy(update={"document": facts})))
    except Unreadable as error:
        return Outcome(path, None, error.problems)
    except Exception as error:
        return Outcome(path, None, (problem("I033", name=path.name, detail=f"{type(error).__name__}: {error}"),))
