"""Copies of a site in a folder of its home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from luoshi.store.acting import By
from luoshi.store.backup import Copy, back_up
from luoshi.store.ledger import record
from luoshi.store.writing import writing


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that lies in the folder."""

    name: str
    bytes: int
    at: datetime


def copies(folder: Path) -> list[Kept]:
    """The copies in ``folder``, the newest first."""
    found = [(path, path.stat()) for path in folder.glob("*.zip")]
    made = [Kept(path.name, seen.st_size, datetime.fromtimestamp(seen.st_mtime, UTC)) for path, seen in found]
    return sorted(made, key=lambda one: one.at, reverse=True)


def copy_now(folder: Path, moment: datetime, by: By) -> Copy | str:
    """Copy everything into ``folder``, then say so in the record; what the system says where that cannot be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = back_up(folder / f"{moment:%Y-%m-%d-%H%M%S}.zip")
    except OSError as error:
        return error.strerror or str(error)
    with writing():
        record(by, "backup.make", "", f"{moment:%Y-%m-%d %H:%M}", rows=made.rows, files=made.files, head=made.sequence)
    return made
