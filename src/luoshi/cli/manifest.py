"""The list of what was published: every file with its length and SHA-256, so that a folder can be told and checked."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from luoshi.cli.faults import Unwritable
from luoshi.problems import Problem, problem

NAME = "luoshi.json"
FORMAT = "luoshi.published/1"
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}  # put there by file managers, nobody's work
_NAMED = 8  # files named in a problem


@dataclass(frozen=True, slots=True)
class Published:
    """What a folder of results says of itself."""

    day: str
    products: tuple[str, ...]
    files: Mapping[str, str]


def manifest(files: Mapping[str, Path], *, day: date, title: str, report: str, products: Iterable[str]) -> bytes:
    """The list as JSON. ``report`` is the SHA-256 of the report; the same files always give the same list."""
    rows = [
        {"path": name, "bytes": files[name].stat().st_size, "sha256": _sha256(files[name])} for name in sorted(files)
    ]
    whole = {"format": FORMAT, "day": day.isoformat(), "title": title, "report": report,
             "products": list(products), "files": rows}  # fmt: skip
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def read_manifest(folder: Path) -> Published | None:
    """The list of ``folder``; None where luoshi did not write it, or the list cannot be read."""
    try:
        raw = json.loads((folder / NAME).read_bytes())
        if raw["format"] != FORMAT:
            return None
        return Published(raw["day"], tuple(raw["products"]), {row["path"]: row["sha256"] for row in raw["files"]})
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def refuse_foreign(folder: Path) -> None:
    """Let nothing be replaced but what luoshi wrote and nobody has touched since.

    Raises :class:`Unwritable`: W040 (a folder of somebody else's), W041 (files were added or changed).
    """
    if not folder.is_dir() or not any(one.name not in _LITTER for one in folder.iterdir()):
        return
    known = read_manifest(folder)
    if known is None:
        raise Unwritable([problem("W040", path=folder)])
    added, changed, _ = _compared(folder, known)
    if found := [*added, *changed]:
        raise Unwritable([problem("W041", path=folder, count=len(found), names=_told(found))])


def checked(folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """How many files of ``folder`` are as they were written, and what is not: W043 (no list), W044, W045, W046."""
    known = read_manifest(folder)
    if known is None:
        return 0, (problem("W043", path=folder),)
    added, changed, missing = _compared(folder, known)
    codes = {"W044": changed, "W045": missing, "W046": added}
    found = tuple(problem(code, count=len(names), names=_told(names)) for code, names in codes.items() if names)
    return len(known.files) - len(changed) - len(missing), found


def _compared(folder: Path, known: Published) -> tuple[list[str], list[str], list[str]]:
    """The files that were added, changed and taken away since the list was written."""
    here = {
        Path(at, name).relative_to(folder).as_posix(): Path(at, name)
        for at, _, names in os.walk(folder)
        for name in names
        if name not in _LITTER
    }
    here.pop(NAME, None)
    changed = [name for name in sorted(here.keys() & known.files.keys()) if _sha256(here[name]) != known.files[name]]
    return sorted(here.keys() - known.files.keys()), changed, sorted(known.files.keys() - here.keys())


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # a link that leads nowhere, a file that may not be read: certainly not as it was written


def _told(names: list[str]) -> str:
    rest = f" 等（and {len(names) - _NAMED} more）" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + rest
