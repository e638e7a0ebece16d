"""The files of the open data as the page of the data lists them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

FOLDER = "data"
_DESCRIPTOR = "datapackage.json"


class Download(NamedTuple):
    """A file to take away: its path within the site, its name, what it is, and its size in words."""

    path: str
    name: str
    about: str
    size: str


def listed(files: Mapping[str, bytes]) -> tuple[Download, ...]:
    """The files, the descriptor first; what each is stands in the descriptor, where there is one."""
    about = _about(files)
    names = sorted(files, key=lambda name: (name != _DESCRIPTOR, name))
    return tuple(Download(f"{FOLDER}/{name}", name, about.get(name, ""), _size(len(files[name]))) for name in names)


def _about(files: Mapping[str, bytes]) -> dict[str, str]:
    if _DESCRIPTOR not in files:
        return {}
    found: dict[str, Any] = json.loads(files[_DESCRIPTOR])
    rows = found.get("resources", [])
    return {
        one["path"]: one.get("title") or one.get("description") or "" for one in rows if isinstance(one["path"], str)
    }


def _size(count: int) -> str:
    return (
        f"{count} 字节" if count < 1000 else f"{count / 1000:.0f} KB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"
    )
