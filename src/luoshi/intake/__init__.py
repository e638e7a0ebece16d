"""The only room that opens a strange file: from a path to a document, with whatever is odd about the file named.

What stands here loads on first use, because the child process that opens the file needs none of it and starts sooner.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luoshi.intake.door import Opened, open_document
    from luoshi.intake.folder import reports_in
    from luoshi.intake.limits import DEFAULT, Limits
    from luoshi.intake.sheet import Table, open_table

__all__ = ["DEFAULT", "Limits", "Opened", "Table", "open_document", "open_table", "reports_in"]

_HOMES = {
    "Opened": "door",
    "open_document": "door",
    "DEFAULT": "limits",
    "Limits": "limits",
    "reports_in": "folder",
    "Table": "sheet",
    "open_table": "sheet",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"luoshi.intake.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
