"""A folder that is replaced whole: the new one is written beside it, and the two change places in one step.

Beside ``结果`` stands ``.结果.luoshi`` for as long as the work takes. Whatever ends the work before the exchange, a
kill included, leaves the old folder as it was; the next run clears away what a killed one left.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from luoshi.cli.faults import Unwritable
from luoshi.cli.writing import refusals
from luoshi.problems import problem

_EXCHANGE = 2  # RENAME_EXCHANGE of linux/fs.h
_HERE = -100  # AT_FDCWD: paths are taken from where the process stands


class Writer:
    """Writes the files of a new folder; ``files`` are those written so far, by path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[str, Path] = {}

    def put(self, name: str, data: bytes) -> None:
        """Write ``data`` to ``name``, a relative path with ``/``. Raises ValueError for a path that leads outside."""
        parts = PurePosixPath(name).parts
        if not parts or parts[0] == "/" or ".." in parts or "\\" in name or not name.isprintable():
            raise ValueError(f"no path within a folder: {name!r}")
        path = self._folder.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
        self.files[name] = path

    def settle(self) -> None:
        """Have everything on the disk, so that a power cut after the exchange finds whole files."""
        for path in self.files.values():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


@contextmanager
def replaced(folder: Path) -> Iterator[Writer]:
    """A new folder to write; it takes the place of ``folder`` when the block ends well, and only then.

    Raises :class:`Unwritable`: W001 (the system refuses), W003 (no folder), W042 (another run is writing it).
    """
    folder = Path(os.path.realpath(folder))
    if folder.exists() and not folder.is_dir():
        raise Unwritable([problem("W003", path=folder)])
    with refusals(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder) as beside:
            new = beside / "new"
            new.mkdir()
            if folder.exists():
                shutil.copymode(folder, new)
            writer = Writer(new)
            yield writer
            writer.settle()
            _change_places(new, folder, beside / "old")


@contextmanager
def _alone(folder: Path) -> Iterator[Path]:
    """The folder beside ``folder`` to work in, held by this process alone and gone afterwards."""
    beside = folder.parent / f".{folder.name}.luoshi"
    lock = _held(beside, folder)
    try:
        _cleared(beside, folder)
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        os.close(lock)


def _held(beside: Path, folder: Path) -> int:
    """An open file that locks ``beside``; the system lets go of it however this process ends."""
    while True:
        beside.mkdir(exist_ok=True)
        try:
            lock = os.open(beside / "lock", os.O_RDWR | os.O_CREAT)
        except FileNotFoundError:
            continue  # the run before was just clearing away
        try:
            _lock(lock)
        except (BlockingIOError, PermissionError) as error:
            os.close(lock)
            raise Unwritable([problem("W042", path=folder)]) from error
        if _is(beside / "lock", lock):
            return lock
        os.close(lock)


def _is(path: Path, descriptor: int) -> bool:
    """Whether ``path`` still is the file that was opened, and not one that came after it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _cleared(beside: Path, folder: Path) -> None:
    """Take away what a killed run left; where it was killed between two moves, put the old folder back."""
    if not folder.exists() and (beside / "old").exists():
        (beside / "old").rename(folder)
    for left in ("new", "old"):
        if (beside / left).exists():
            shutil.rmtree(beside / left)


def _change_places(new: Path, folder: Path, old: Path) -> None:
    """``new`` becomes ``folder``: in one step where the system can, else in two that the next run could mend."""
    if not folder.exists():
        new.rename(folder)
    elif not _exchanged(new, folder):
        folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:
            old.rename(folder)
            raise


def _exchanged(new: Path, folder: Path) -> bool:
    """Whether the system has exchanged the two; Linux can, on most file systems."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(_HERE, os.fsencode(new), _HERE, os.fsencode(folder), _EXCHANGE) == 0)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
