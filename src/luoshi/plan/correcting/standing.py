"""Which corrections of a file stand: one that was taken back (``undo``) is passed over, and so is an undo that was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


def standing(corrections: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Each correction that is to be carried out, with its number in the file, from 1.

    An ``undo`` names the number of an earlier correction; taken back itself, it takes back nothing.
    """
    gone: set[int] = set()
    for nth, one in reversed(list(enumerate(corrections, 1))):
        if nth not in gone and one.do == "undo" and is_earlier(one.nth, nth):
            gone.add(one.nth)
    for nth, one in enumerate(corrections, 1):
        if nth not in gone and not (one.do == "undo" and is_earlier(one.nth, nth)):
            yield nth, one


def is_earlier(named: int | None, nth: int) -> bool:
    """Whether ``named`` is the number of a correction before the ``nth``."""
    return named is not None and 1 <= named < nth
