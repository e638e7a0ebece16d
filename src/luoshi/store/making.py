"""Papers that are made in the background: an archive in the home folder for whoever asked, forgotten after a week.

A folder under an id that nobody can guess holds ``facts.json`` and, once it is made, ``papers.zip``. Files are written
beside and put in place whole. Only whoever asked may fetch them.
"""

from __future__ import annotations

import json
import re
import shutil
import time
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings

from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.writing import writing

State = Literal["waiting", "working", "done", "failed"]
KEPT, QUIET = 7 * 24 * 3600, 120  # seconds
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Making:
    """Papers of a ``kind`` for some items (by number), asked for by ``person``; ``told`` says why it failed."""

    key: str
    person: int
    kind: str
    form: str
    items: tuple[int, ...]
    state: State = "waiting"
    files: int = 0
    beat: float = 0.0
    told: str = ""

    @property
    def stopped(self) -> bool:
        """Whether it gave no sign of life for too long."""
        return self.state in ("waiting", "working") and time.time() - self.beat > QUIET

    @property
    def busy(self) -> bool:
        """Whether it still waits or is being made."""
        return self.state in ("waiting", "working") and not self.stopped

    @property
    def archive(self) -> Path:
        """Where the papers lie once they are made."""
        return _home() / self.key / "papers.zip"


def ask_for(kind: str, form: str, items: tuple[int, ...], by: By) -> Making:
    """Keep that somebody asked for papers, with an entry of the record."""
    assert by.person is not None
    _forget_old()
    made = Making(uuid.uuid4().hex, by.person.pk, kind, form, items)
    (_home() / made.key).mkdir(mode=0o700)
    with writing():
        record(by, "papers.ask", f"papers:{made.key}", kind, items=len(items), form=form)
    return _save(made)


def making(key: str, person: int | None = None) -> Making | None:
    """What was asked for under ``key``, by ``person`` where one is named; None where there is none."""
    facts = _home() / key / "facts.json" if _KEY.fullmatch(key) else None
    if facts is None or not facts.is_file():
        return None
    raw = json.loads(facts.read_text(encoding="utf-8"))
    found = Making(**raw | {"items": tuple(raw["items"])})
    return found if person in (None, found.person) else None


def makings_of(person: int) -> list[Making]:
    """What ``person`` asked for within the week, the newest first."""
    found = [one for folder in _home().iterdir() if (one := making(folder.name, person)) is not None]
    return sorted(found, key=lambda one: -one.beat)


def at_work(one: Making, files: int = 0) -> Making:
    """A sign of life with how many papers there are so far."""
    return _save(replace(one, state="working", files=files))


def finished(one: Making, files: Mapping[str, bytes]) -> Making:
    """Keep the papers as one archive."""
    beside = one.archive.with_suffix(".new")
    with ZipFile(beside, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    beside.replace(one.archive)
    return _save(replace(one, state="done", files=len(files)))


def gave_up(one: Making, told: str) -> Making:
    """Say why there are no papers."""
    return _save(replace(one, state="failed", told=told[:600]))


def _save(one: Making) -> Making:
    made = replace(one, beat=time.time())
    facts = _home() / one.key / "facts.json"
    beside = facts.with_suffix(".new")
    beside.write_text(json.dumps(asdict(made), ensure_ascii=False), encoding="utf-8")
    beside.replace(facts)
    return made


def _forget_old() -> None:
    for folder in _home().iterdir():
        if time.time() - folder.stat().st_mtime > KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _home() -> Path:
    home = Path(settings.LUOSHI_HOME) / "papers"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home
