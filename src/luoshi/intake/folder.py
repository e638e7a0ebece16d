"""The reports of a folder: every file, at any depth, whose name says that it is of a kind reports are read from."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

_LOCKS = ("~$", ".")


def reports_in(folder: Path) -> list[Path]:
    """The report files under ``folder``, in the order of their names; hidden files and links to folders are left out.

    Which endings count is the list ``reports`` of ``formats.toml``. Raises :class:`OSError` where ``folder`` itself
    cannot be listed; a folder inside it that cannot is passed over.
    """
    next(folder.iterdir(), None)
    found = []
    for where, below, names in os.walk(folder):
        below[:] = [name for name in below if not name.startswith(_LOCKS)]
        found += [Path(where, name) for name in names if _is_report(name)]
    return sorted(found, key=lambda path: path.relative_to(folder).parts)


def _is_report(name: str) -> bool:
    return not name.startswith(_LOCKS) and Path(name).suffix.lower().removeprefix(".") in _endings()


@cache
def _endings() -> frozenset[str]:
    raw = tomllib.loads(resources.files("luoshi.intake").joinpath("formats.toml").read_text(encoding="utf-8"))
    return frozenset(raw["reports"])
