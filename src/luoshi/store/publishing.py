"""What the site has published: a folder a report in the home folder, how the work on it goes, the office's file.

``public/12`` is what everybody may read of report 12; ``publishing/12.json`` says how far the last publishing is. A new
folder is written beside the old one and put in its place in the transaction that records it: all of it or nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from django.conf import settings

from luoshi.plan import Plan
from luoshi.problems import Problem, Unreadable
from luoshi.publish.dossier import office_of
from luoshi.store.acting import By
from luoshi.store.choosing import choose, setting
from luoshi.store.dossiers import OFFICE
from luoshi.store.ledger import entries, record
from luoshi.store.models import LedgerEntry, Report
from luoshi.store.writing import writing

State = Literal["idle", "working", "done", "failed"]
QUIET = 120  # seconds without a sign of life after which the work counts as stopped
_DONE, _GONE = "report.publish", "report.unpublish"


@dataclass(frozen=True, slots=True)
class Work:
    """How far the last publishing of a report is: ``files`` written so far, ``told`` the messages that refused it."""

    state: State = "idle"
    attempt: int = 0
    files: int = 0
    beat: float = 0.0
    told: tuple[str, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether it has been at work without a sign of life for too long."""
        return self.state == "working" and time.time() - self.beat > QUIET

    @property
    def busy(self) -> bool:
        """Whether somebody is at work on it."""
        return self.state == "working" and not self.stopped


def work_on(pk: int) -> Work:
    """How the publishing of report ``pk`` goes."""
    file = _facts(pk)
    if not file.is_file():
        return Work()
    raw = json.loads(file.read_text(encoding="utf-8"))
    return Work(**raw | {"told": tuple(raw["told"])})


def begin(pk: int) -> Work:
    """A new attempt; whatever an earlier one still does is no longer listened to."""
    return _save(pk, Work("working", work_on(pk).attempt + 1, beat=time.time()))


def going(pk: int, attempt: int, files: int = 0) -> bool:
    """A sign of life of ``attempt``; False where it is not wanted any more."""
    one = work_on(pk)
    if one.attempt != attempt or one.state != "working":
        return False
    _save(pk, replace(one, files=files, beat=time.time()))
    return True


def failed(pk: int, attempt: int, told: Iterable[str]) -> None:
    """Say why ``attempt`` came to nothing; what was public before still is."""
    if work_on(pk).attempt == attempt:
        _save(pk, Work("failed", attempt, beat=time.time(), told=tuple(told)))


@contextmanager
def beside(pk: int) -> Iterator[Path]:
    """A new, empty folder beside the public one of report ``pk``; gone when the block ends, unless put in place."""
    folder = Path(tempfile.mkdtemp(prefix=f".new-{pk}-", dir=_home("public")))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put(folder: Path, name: str, data: bytes) -> None:
    """Write a file of the new folder. Raises ValueError for a path that leads outside."""
    parts = PurePosixPath(name).parts
    if not parts or parts[0] == "/" or ".." in parts or "\\" in name:
        raise ValueError(f"no path within a folder: {name!r}")
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)


def put_in_place(report: Report, attempt: int, new: Path, counts: Mapping[str, int], by: By) -> bool:
    """Make ``new`` what is public of ``report`` and record it; False where the attempt is no longer wanted.

    Nothing is put in place either where the report has lost its label since the work began.
    """
    with writing():
        if not Report.objects.filter(pk=report.pk, label="public").exists() or not going(report.pk, attempt):
            return False
        record(by, _DONE, f"report:{report.pk}", report.title, **counts)
        _exchange(new, published_folder(report.pk))
    _save(report.pk, Work("done", attempt, counts.get("files", 0), time.time()))
    return True


def unpublish(report: Report, by: By) -> bool:
    """Take away what is public of ``report`` and record it; False where nothing is public."""
    folder = published_folder(report.pk)
    begun = work_on(report.pk)
    if not folder.is_dir():
        return False
    with writing():
        record(by, _GONE, f"report:{report.pk}", report.title)
        gone = Path(tempfile.mkdtemp(prefix=f".old-{report.pk}-", dir=_home("public")))
        folder.rename(gone / "old")
    shutil.rmtree(gone, ignore_errors=True)
    _save(report.pk, Work(attempt=begun.attempt + 1))
    return True


def published_folder(pk: int) -> Path:
    """Where the public folder of report ``pk`` stands, if there is one."""
    return _home("public") / str(pk)


def published_file(pk: int, name: str) -> Path | None:
    """The file ``name`` of what is public of a report; None for anything else, above all what lies outside.

    A report that is no longer labelled public has none, whatever is still on the disk.
    """
    root = published_folder(pk).resolve()
    if "\0" in name or "\\" in name or not Report.objects.filter(pk=pk, label="public").exists():
        return None
    found = (root / name).resolve()
    if not found.is_relative_to(root) or any(part.startswith(".") for part in PurePosixPath(name).parts):
        return None
    found = found / "index.html" if found.is_dir() else found
    return found if found.is_file() else None


def published(pk: int) -> LedgerEntry | None:
    """The entry of the record by which the report was last published; None where it is not public now."""
    return entries(f"report:{pk}", action=_DONE).first() if published_folder(pk).is_dir() else None


def keep_office(text: str, seen: str, by: By) -> tuple[Problem, ...] | None:
    """Keep the office's file and record it; the problems of a text that is none (O002, O003).

    None, and nothing kept, where the file is not the one that was ``seen``.
    """
    try:
        office_of(Plan(), text)
    except Unreadable as error:
        return tuple(error.problems)
    with writing():
        if setting(OFFICE) != seen:
            return None
        choose(OFFICE, text)
        record(by, "setting.choose", f"setting:{OFFICE}", "机关信息", before=seen, after=text)
    return ()


def _exchange(new: Path, folder: Path) -> None:
    """``new`` becomes ``folder``; where that fails the old one goes back."""
    new.chmod(0o755)
    if not folder.exists():
        new.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=".old-", dir=folder.parent))
    folder.rename(old / "old")
    try:
        new.rename(folder)
    except BaseException:
        (old / "old").rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _save(pk: int, one: Work) -> Work:
    file = _facts(pk)
    handle, waiting = tempfile.mkstemp(prefix="waiting-", dir=file.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(asdict(one), out, ensure_ascii=False)
    Path(waiting).replace(file)
    return one


def _facts(pk: int) -> Path:
    return _home("publishing") / f"{pk}.json"


def _home(name: str) -> Path:
    home = Path(settings.LUOSHI_HOME) / name
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home
