"""How far a job in the background is, in a small file beside what it makes: for the page that waits, for the next try.

Every try has a number; a worker that was overtaken, or killed and started anew, is no longer listened to.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from luoshi.problems import Problem

State = Literal["idle", "working", "done", "refused"]
QUIET = 30  # seconds without a sign of life after which the work counts as stopped
_NAME = "work.json"


@dataclass(frozen=True, slots=True)
class Work:
    """How far it is: ``done`` of ``total`` steps; ``beat`` the last sign of life; ``problems`` why it was refused."""

    state: State = "idle"
    attempt: int = 0
    done: int = 0
    total: int = 0
    beat: float = 0.0
    problems: tuple[Problem, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether it has been at work without a sign of life for too long."""
        return self.state == "working" and time.time() - self.beat > QUIET

    @property
    def busy(self) -> bool:
        """Whether somebody is at work on it."""
        return self.state == "working" and not self.stopped


def work_in(folder: Path) -> Work:
    """How the work in ``folder`` goes; idle where none was begun."""
    file = folder / _NAME
    if not file.is_file():
        return Work()
    raw = json.loads(file.read_text(encoding="utf-8"))
    return Work(**raw | {"problems": tuple(Problem(**one) for one in raw["problems"])})


def begin(folder: Path, total: int = 0) -> Work:
    """A new try; whatever an earlier one still does is no longer listened to."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return _save(folder, Work("working", work_in(folder).attempt + 1, 0, total, time.time()))


def going(folder: Path, attempt: int, done: int = 0, total: int = 0) -> bool:
    """A sign of life of ``attempt``, with how far it is; False where it is not wanted any more."""
    one = work_in(folder)
    if one.attempt != attempt or one.state != "working":
        return False
    _save(folder, replace(one, beat=time.time(), done=done or one.done, total=total or one.total))
    return True


def end(folder: Path, attempt: int, problems: Iterable[Problem] = ()) -> bool:
    """The try is done, or refused for ``problems``; False where another has begun since."""
    told = tuple(problems)
    if not going(folder, attempt):
        return False
    _save(folder, replace(work_in(folder), state="refused" if told else "done", beat=time.time(), problems=told))
    return True


def write(place: Path, data: bytes) -> None:
    """Write beside, sync, put in place: whoever looks sees all of it or what was there before."""
    handle, waiting = tempfile.mkstemp(prefix="waiting-", dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(waiting).replace(place)


def _save(folder: Path, one: Work) -> Work:
    write(folder / _NAME, json.dumps(asdict(one), ensure_ascii=False).encode())
    return one
