"""The last verification of the record: how far it is, and what it found; a file in the home folder, one at a time.

Written beside and put in place whole. It is no evidence by itself: who started it stands in the record, and what the
record is like is only known by going through it again.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from django.conf import settings

from luoshi.problems import Problem
from luoshi.store import ledger
from luoshi.store.acting import By
from luoshi.store.verifying import Verdict
from luoshi.store.writing import writing

State = Literal["waiting", "running", "done"]
QUIET = 60  # seconds without a sign of life after which it counts as stopped


@dataclass(frozen=True, slots=True)
class Checkup:
    """A verification: started by ``by`` at ``started`` (seconds), ``done`` entries of ``total``; then what it found."""

    key: str
    by: str
    started: float
    total: int
    state: State = "waiting"
    done: int = 0
    beat: float = 0.0
    ended: float = 0.0
    problems: tuple[Problem, ...] = ()
    anchor: str = ""

    @property
    def under_way(self) -> bool:
        """Whether it goes on, as far as one can tell."""
        return self.state != "done" and not self.stopped

    @property
    def stopped(self) -> bool:
        """Whether it gave no sign of life for so long that it may be started again."""
        return self.state != "done" and time.time() - self.beat > QUIET

    @property
    def percent(self) -> int:
        """How far it is."""
        return min(100, 100 * self.done // self.total) if self.total else 100


def checkup() -> Checkup | None:
    """The last one; None where there was none, or its file cannot be read."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
        return Checkup(**{**kept, "problems": tuple(Problem(**one) for one in kept["problems"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def begin(by: By) -> Checkup:
    """Start one, and record who did; one that is under way is not started twice."""
    if (running := checkup()) is not None and running.under_way:
        return running
    with writing():
        ledger.record(by, "record.verify")
    total, _ = ledger.head()
    return _keep(Checkup(uuid.uuid4().hex, by.name, time.time(), total, beat=time.time()))


def alive(key: str, done: int) -> None:
    """A sign of life of ``key``: so many entries were looked at."""
    if (now := checkup()) is not None and now.key == key and now.state != "done":
        _keep(replace(now, state="running", done=done, beat=time.time()))


def finish(key: str, verdict: Verdict, anchor: str) -> None:
    """Keep what ``key`` found, unless another one has begun since."""
    if (now := checkup()) is not None and now.key == key:
        ended = time.time()
        _keep(replace(now, state="done", done=verdict.entries, beat=ended, ended=ended, problems=verdict.problems,
                      anchor="" if verdict.problems else anchor))  # fmt: skip


def _file() -> Path:
    return Path(settings.LUOSHI_HOME) / "verified.json"


def _keep(one: Checkup) -> Checkup:
    home = _file().parent
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix="waiting-", dir=home)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(one), file, ensure_ascii=False)
    Path(beside).replace(_file())
    return one
