"""What the pages of security and audit share: a table with its files, the rows that were chosen, a page's frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from luoshi.web.shell.language import pair
from luoshi.web.shell.sheets import sheet
from luoshi.web.shell.tables import Column, Export, Table

SIZE = 50
MOST = 50_000
PICK = "pick"  # the form that the boxes before rows belong to


class Why(forms.Form):
    """Why something is done to what was chosen."""

    reason = forms.CharField(label=pair("原因", "Reason"), max_length=200)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of one page family: its columns, and how a thing becomes a row (mapping of column key to cell).

    ``load`` makes of the things of one page what the rows are made of, where that is something else.
    """

    id: str
    caption: str
    columns: Sequence[Column]
    row: Callable[[Any], Mapping[str, Any]]
    empty: str = ""
    load: Callable[[list[Any]], Iterable[Any]] = list

    def table(self, request: HttpRequest, found: Any, *, chosen: bool = False) -> Table:
        """The page of ``found`` that ``request`` asks for."""
        page: Page[Any] = Paginator(found, SIZE).get_page(request.GET.get("page"))
        rows = [self.row(one) for one in self.load(list(page))]
        exports = [Export(name, _with(request, kind)) for kind, name in (("xlsx", "Excel"), ("csv", "CSV"))]
        return Table(self.id, self.caption, self.columns, rows, page=page if page.paginator.num_pages > 1 else None,
                     exports=exports, chosen=PICK if chosen and rows else "", empty=self.empty,
                     total=page.paginator.count)  # fmt: skip

    def file(self, found: Iterable[Any], kind: str) -> HttpResponse:
        """All of ``found`` as a file. Raises Http404 for a ``kind`` that is none."""
        keys = [column.key for column in self.columns]
        rows = ([_plain(self.row(one).get(key)) for key in keys] for one in self.load(list(found)))
        return sheet(self.caption, [column.heading for column in self.columns], rows, kind)


def _with(request: HttpRequest, kind: str) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["as"] = kind
    return f"?{asked.urlencode()}"


def _plain(cell: Any) -> Any:
    return cell.get("text", "") if isinstance(cell, Mapping) else cell


def at(moment: datetime | None) -> str:
    """A moment as lists write it, at the place of the site."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else "—"


def chosen(request: HttpRequest) -> list[str]:
    """What was chosen in the list, two hundred at most."""
    return request.POST.getlist("chosen")[:200]


def numbers(values: Iterable[str]) -> list[int]:
    """Those of ``values`` that are numbers of rows."""
    return [int(one) for one in values if one.isdecimal() and len(one) < 19]
