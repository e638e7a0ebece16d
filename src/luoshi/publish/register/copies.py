"""A copy of the register for every unit: the matters it leads, open, and those it helps with, to look at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from luoshi.publish.register.workbook import register_of
from luoshi.supervise import units

if TYPE_CHECKING:
    from luoshi.publish.dossier import Dossier

_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST = 60  # characters of a unit's name in a file's name: 180 bytes where systems allow 255


def unit_copies(whole: Dossier) -> dict[str, bytes]:
    """A workbook a unit, by file name. Names that would be one file get a number."""
    return dict(copies_of(whole, {unit: (unit,) for unit in units(whole.matters)}))


def copies_of(whole: Dossier, names: Mapping[str, Collection[str]]) -> Iterator[tuple[str, bytes]]:
    """The workbooks of the units ``names``, each with the names that matters know it by: one file name a workbook."""
    made: set[str] = set()
    for unit, known in names.items():
        stem = _FORBIDDEN.sub("_", unit).strip(" .")[:_LONGEST] or "_"
        name, nth = f"{stem}.xlsx", 1
        while name.casefold() in made:
            nth += 1
            name = f"{stem}-{nth}.xlsx"
        made.add(name.casefold())
        yield name, register_of(whole, unit, known)
