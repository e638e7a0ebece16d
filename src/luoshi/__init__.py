"""luoshi (落实): a government work report made into something that can be run, measured and checked.

    import luoshi

    plan = luoshi.read("报告.docx")                       # a luoshi.Plan
    document, plan = luoshi.open_report("报告.docx")      # the text as well

``luoshi.read`` is both: called with a path it opens and reads the file; as a package it holds the pure
``luoshi.read.read(document)``, which touches no file. Everything loads on first use, so ``import luoshi`` is cheap.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luoshi.compare import Edition
    from luoshi.door import Report, open_edition, open_report
    from luoshi.plan import Plan
    from luoshi.source import Document

__all__ = ["Document", "Edition", "Plan", "Report", "Unreadable", "__version__", "open_edition", "open_report", "read"]

_HOMES = {
    "Document": "luoshi.source",
    "Edition": "luoshi.compare",
    "Plan": "luoshi.plan",
    "Report": "luoshi.door",
    "Unreadable": "luoshi.problems",
    "open_edition": "luoshi.door",
    "open_report": "luoshi.door",
}


class _Reading(ModuleType):
    """The package ``luoshi.read``, which can also be called with a path."""

    read: Callable[[Document], Plan]

    def __call__(self, path: str | Path) -> Plan:
        """Open the report at ``path`` and read it. Raises :class:`luoshi.Unreadable` with every problem."""
        opened: Report = import_module("luoshi.door").open_report(path)
        return opened.plan


class _Package(ModuleType):
    """This package. The import system binds ``luoshi.read`` here; at that moment the package becomes callable."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "read" and isinstance(value, ModuleType):
            value.__class__ = _Reading
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

if TYPE_CHECKING:
    from luoshi.problems import Unreadable

    read: _Reading
    __version__: str


def __getattr__(name: str) -> Any:
    if name == "read":
        return import_module("luoshi.read")
    if name == "__version__":
        return version("luoshi")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
