"""Reports that were uploaded and are being read: files in the home folder, brought in later or forgotten.

An upload is a folder under an id that nobody can guess: the file as it came, ``facts.json``, and once it was read
``text.txt``, ``plan.json`` and ``problems.json``. Every file is written beside and put in place whole, so that whoever
looks sees all of it or none; a worker that was killed leaves an upload that can be read again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from django.conf import settings

from luoshi.plan import Plan
from luoshi.problems import Problem, problem
from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.writing import writing

State = Literal["waiting", "reading", "read", "refused", "brought_in"]
LARGEST = 50 * 1024 * 1024
KEPT = 7 * 24 * 3600  # seconds
QUIET = 30  # seconds without a sign of life after which a reading counts as stopped
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as it stands; ``beat`` is when a worker last gave a sign of life, ``report`` what it became."""

    key: str
    name: str
    person: int
    state: State = "waiting"
    attempt: int = 1
    done: int = 0
    total: int = 0
    beat: float = 0.0
    report: int = 0
    phase: str = ""  # what is done while it is read, where it is not the reading itself: comparing

    @property
    def stopped(self) -> bool:
        """Whether it waits or is read without a sign of life for so long that it may be started again."""
        return self.state in ("waiting", "reading") and time.time() - self.beat > QUIET

    @property
    def file(self) -> Path:
        """The file as it came, under its own name's ending."""
        return _folder(self.key) / f"came{Path(self.name).suffix.lower()[:8]}"


@dataclass(frozen=True, slots=True)
class Found:
    """What was read: text, plan and problems; of a file that was refused only the problems."""

    text: str
    plan: Plan | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was read against the version that was here: which report, at which revision, and the difference as JSON."""

    report: int
    revision: int
    difference: str


def keep_upload(name: str, chunks: Iterable[bytes], by: By) -> tuple[Upload | None, tuple[Problem, ...]]:
    """Keep a file that somebody uploaded, or say why not: empty, or larger than 50 MB."""
    assert by.person is not None
    _forget_old()
    shown = re.sub(r"[^\w.()（）《》·\- ]", "_", name.replace("\\", "/").rsplit("/", 1)[-1])[-120:]
    made = Upload(uuid.uuid4().hex, shown, by.person.pk, beat=time.time())
    _folder(made.key).mkdir(mode=0o700, parents=True)
    try:
        size = _write(made.file, chunks)
    except BaseException:  # whoever sent it went away, or the disk is full: nothing of it stays
        forget(made)
        raise
    if not 0 < size <= LARGEST:
        forget(made)
        code = "I006" if size else "I005"
        limit = f"{LARGEST >> 20} MB"
        return None, (problem(code, name=shown, size=f"{size / (1 << 20):.1f} MB", limit=limit),)
    _save(made)
    with writing():
        record(by, "report.upload", f"upload:{made.key}", shown, size=size)
    return made, ()


def upload(key: str) -> Upload | None:
    """The upload ``key``; None where there is none, or none any more."""
    facts = _folder(key) / "facts.json" if _KEY.fullmatch(key) else None
    if facts is None or not facts.is_file():
        return None
    return Upload(**json.loads(facts.read_text(encoding="utf-8")))


def start_again(one: Upload) -> Upload:
    """A new attempt; whatever an earlier one still does is no longer listened to."""
    fresh = replace(one, done=0, total=0, phase="", beat=time.time())
    return _save(replace(fresh, state="waiting", attempt=one.attempt + 1))


def alive(key: str, attempt: int, done: int = 0, total: int = 0, *, phase: str = "") -> bool:
    """A sign of life of ``attempt``, with how far it is; False where it is not wanted any more."""
    one = upload(key)
    if one is None or one.attempt != attempt or one.state not in ("waiting", "reading"):
        return False
    far = replace(one, done=done or one.done, total=total or one.total, phase=phase or one.phase)
    _save(replace(far, state="reading", beat=time.time()))
    return True


def finish(key: str, attempt: int, found: Found, against: Compared | None = None) -> bool:
    """Keep what ``attempt`` found and what it was compared with.

    False, and nothing kept, where another attempt has begun since.
    """
    one = upload(key)
    if one is None or one.attempt != attempt or one.state not in ("waiting", "reading"):
        return False
    folder = _folder(key)
    told = json.dumps([asdict(one) for one in found.problems], ensure_ascii=False)
    _write(folder / "problems.json", [told.encode()])
    if found.plan is not None:
        _write(folder / "text.txt", [found.text.encode("utf-8", "surrogatepass")])
        _write(folder / "plan.json", [found.plan.to_json().encode("utf-8", "surrogatepass")])
        told = json.dumps(asdict(against) if against else None, ensure_ascii=False)
        _write(folder / "compared.json", [told.encode("utf-8", "surrogatepass")])
    _save(replace(one, state="read" if found.plan is not None else "refused", beat=time.time()))
    return True


def found_in(one: Upload) -> Found:
    """What was read of an upload that is finished."""
    folder = _folder(one.key)
    problems = tuple(Problem(**row) for row in json.loads((folder / "problems.json").read_text(encoding="utf-8")))
    if one.state == "refused":
        return Found("", None, problems)
    text = (folder / "text.txt").read_bytes().decode("utf-8", "surrogatepass")
    return Found(text, Plan.from_json((folder / "plan.json").read_bytes()), problems)


def compared_in(one: Upload) -> Compared | None:
    """What an upload that was read was compared with; None where nothing of the same place and year was here."""
    file = _folder(one.key) / "compared.json"
    kept = json.loads(file.read_bytes().decode("utf-8", "surrogatepass")) if file.is_file() else None
    return Compared(**kept) if kept else None


def brought_in(one: Upload, report: int) -> Upload:
    """The upload became the report; asked again, that is where it leads."""
    return _save(replace(one, state="brought_in", report=report))


def forget(one: Upload) -> None:
    """Take an upload away; what was brought in from it stays."""
    shutil.rmtree(_folder(one.key), ignore_errors=True)


def uploads_of(person: int) -> Sequence[Upload]:
    """What ``person`` uploaded and has not brought in, newest first."""
    found = [one for folder in _home().iterdir() if (one := upload(folder.name)) is not None]
    mine = [one for one in found if one.person == person and one.state != "brought_in"]
    return sorted(mine, key=lambda one: -one.beat)


def _save(one: Upload) -> Upload:
    told = {name: getattr(one, name) for name in Upload.__dataclass_fields__}
    _write(_folder(one.key) / "facts.json", [json.dumps(told, ensure_ascii=False).encode()])
    return one


def _write(place: Path, chunks: Iterable[bytes]) -> int:
    """Write beside, sync, put in place; how many bytes. Stops soon after the limit of an upload."""
    size = 0
    handle, beside = tempfile.mkstemp(prefix="waiting-", dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
            size += len(chunk)
            if size > LARGEST:
                break
        file.flush()
        os.fsync(file.fileno())
    Path(beside).replace(place)
    return size


def _forget_old() -> None:
    for folder in _home().iterdir():
        if time.time() - folder.stat().st_mtime > KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(key: str) -> Path:
    return _home() / key


def _home() -> Path:
    home = Path(settings.LUOSHI_HOME) / "uploads"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home
