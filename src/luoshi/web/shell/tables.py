"""A table as every list shows it: fixed head, sorting, pages, and the same rows as Excel and CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page

KINDS = ("text", "title", "number", "date", "code", "light", "tag", "progress", "unit")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key of its cell in a row, its heading, how a cell is drawn, whether the list sorts by it.

    ``kind`` is one of :data:`KINDS`; ``templates/shell/cells/<kind>.html`` draws it.
    """

    key: str
    heading: object
    kind: str = "text"
    sorts: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no kind of cell is called {self.kind}: {KINDS}")

    @property
    def template(self) -> str:
        return f"shell/cells/{self.kind}.html"


@dataclass(frozen=True, slots=True)
class Export:
    """A way out for the rows: what it is called and where it is fetched."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Table:
    """What ``{% table %}`` draws. ``rows`` are mappings of a column's key to its cell; ``sort`` is a key, or ``-key``.

    ``page`` is the page of the paginator the rows were taken from; without one there is no pager. ``chosen`` names the
    form that the boxes before the rows belong to; without it there are none.
    """

    id: str
    caption: object
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    sort: str = ""
    page: Page[Any] | None = None
    exports: Sequence[Export] = ()
    chosen: str = ""
    empty: object = ""
    total: int | None = None
    heads: tuple[Head, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "heads", tuple(Head.of(column, self.sort) for column in self.columns))

    @property
    def count(self) -> int:
        """How many rows there are in all, not only on this page."""
        if self.total is not None:
            return self.total
        return self.page.paginator.count if self.page is not None else len(self.rows)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: how it is sorted now, and by what its link sorts next."""

    column: Column
    order: str
    next: str

    @classmethod
    def of(cls, column: Column, sort: str) -> Head:
        order = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "none")
        return cls(column, order, f"-{column.key}" if order == "ascending" else column.key)


def sort_of(asked: str, columns: Sequence[Column], default: str) -> str:
    """The sort that was ``asked`` for where a column allows it, else ``default``."""
    allowed = {column.key for column in columns if column.sorts}
    return asked if asked.removeprefix("-") in allowed else default
