"""Copies of a site in a folder of its home: which there are, one more as a job with its progress, each verified.

Beside the copies lie ``.work.json``, how far the job is that makes or verifies one, and ``.NAME.json``, what verifying
the copy NAME found. One job at a time; a job that gave no sign of life for a while may be started again.
"""

from __future__ import annotations

import json
import os
import re
import time
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from django.conf import settings

from luoshi.problems import Unreadable
from luoshi.store.acting import By
from luoshi.store.backup import Progress, back_up, check
from luoshi.store.ledger import record
from luoshi.store.writing import writing

QUIET = 60  # seconds without a sign of life after which a job counts as stopped
_NAME = re.compile(r"[\w-]+\.zip")
_WORK = ".work.json"


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying a copy found: rows, files, number of the record's last entry; ``fault`` where it is broken."""

    at: float
    rows: int = 0
    files: int = 0
    sequence: int = 0
    fault: str = ""

    @property
    def day(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that lies in the folder."""

    name: str
    bytes: int
    at: datetime
    verified: Verified | None


@dataclass(frozen=True, slots=True)
class Work:
    """A job on a copy: how far it is, or what became of it."""

    key: str
    act: Literal["make", "verify"]
    name: str
    state: Literal["working", "done", "failed"] = "working"
    done: int = 0
    total: int = 0
    beat: float = 0.0
    told: str = ""

    @property
    def stopped(self) -> bool:
        """Whether it should be at work and has given no sign of life for a while."""
        return self.state == "working" and time.time() - self.beat > QUIET

    @property
    def going(self) -> bool:
        return self.state == "working" and not self.stopped


def folder() -> Path:
    """Where the copies lie."""
    return Path(settings.LUOSHI_HOME) / "backups"


def copies() -> list[Kept]:
    """The copies, the newest first."""
    found = [(path, path.stat()) for path in folder().glob("*.zip")]
    made = [
        Kept(path.name, seen.st_size, datetime.fromtimestamp(seen.st_mtime, UTC), _verified(path))
        for path, seen in found
    ]
    return sorted(made, key=lambda one: (one.at, one.name), reverse=True)


def copy_at(name: str) -> Path | None:
    """The file of the copy ``name``; None where there is none of that name."""
    path = folder() / name
    return path if _NAME.fullmatch(name) and path.is_file() else None


def work() -> Work | None:
    """The job of now, or the last one."""
    try:
        return Work(**json.loads((folder() / _WORK).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def begin(act: Literal["make", "verify"], name: str) -> Work | None:
    """A new job; None while another is going."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    last = work()
    if last is not None and last.going:
        return None
    return _save(Work(uuid.uuid4().hex, act, name, beat=time.time()))


def do(key: str, by: By) -> bool:
    """Do the job ``key``; False where it is not wanted any more. What goes wrong is kept with the job."""
    one = work()
    if one is None or one.key != key:
        return False

    def progress(done: int, total: int) -> None:
        _save(replace(one, done=done, total=total, beat=time.time()))

    try:
        told = _make(one, by, progress) if one.act == "make" else _verify(one, by, progress)
    except (OSError, Unreadable) as error:
        _save(replace(one, state="failed", told=_said(error), beat=time.time()))
        return False
    _save(replace(one, state="done", told=told, beat=time.time()))
    return True


def fetched(name: str, by: By) -> None:
    """Keep in the record that a copy was taken away."""
    with writing():
        record(by, "backup.fetch", f"backup:{name}", name)


def _make(one: Work, by: By, progress: Progress) -> str:
    made = back_up(folder() / one.name, progress)
    with writing():
        record(by, "backup.make", f"backup:{one.name}", one.name, rows=made.rows, files=made.files, head=made.sequence)
    return f"{made.rows}"


def _verify(one: Work, by: By, progress: Progress) -> str:
    path = folder() / one.name
    try:
        seen = check(path, progress)
    except Unreadable as error:
        _put(_facts(path), asdict(Verified(time.time(), fault=_said(error)[:300])))
        with writing():
            record(by, "backup.broken", f"backup:{one.name}", one.name)
        raise
    _put(_facts(path), asdict(Verified(time.time(), seen.rows, seen.files, seen.sequence)))
    with writing():
        record(by, "backup.verify", f"backup:{one.name}", one.name, rows=seen.rows, head=seen.sequence)
    return f"{seen.rows}"


def _said(error: OSError | Unreadable) -> str:
    if isinstance(error, Unreadable):
        return "；".join(one.message for one in error.problems)
    return error.strerror or str(error)


def _verified(path: Path) -> Verified | None:
    """What verifying found, of the file as it is now: not of an earlier one under its name."""
    facts = _facts(path)
    if not facts.is_file() or facts.stat().st_mtime < path.stat().st_mtime:
        return None
    return Verified(**json.loads(facts.read_text(encoding="utf-8")))


def _facts(path: Path) -> Path:
    return path.with_name(f".{path.name}.json")


def _save(one: Work) -> Work:
    _put(folder() / _WORK, {name: getattr(one, name) for name in Work.__dataclass_fields__})
    return one


def _put(place: Path, said: dict[str, object]) -> None:
    """Write beside and put in place, so that whoever looks sees all of it."""
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    beside.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    beside.replace(place)
