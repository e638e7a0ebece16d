"""The register that is worked in outside (填报表): who may fill it in, of which items, under which names."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from luoshi.publish.dossier import Dossier
from luoshi.store.dossiers import dossier_of
from luoshi.store.units import names_of
from luoshi.web import access
from luoshi.web.access import Access

if TYPE_CHECKING:
    from luoshi.store.models import Report

_SIDES: dict[str, Literal["office", "lead"]] = {"office": "office", "lead": "lead"}


@dataclass(frozen=True, slots=True)
class Side:
    """On which side of the register somebody writes; a unit's with the names that items know it and its branch by."""

    name: Literal["office", "lead"]
    unit: str = ""
    names: frozenset[str] = frozenset()


def side_name(who: Access) -> Literal["office", "lead"] | None:
    """On which side ``who`` fills in; None for whoever fills nothing in."""
    return _SIDES.get(who.acting().role) if who.may("supervise") or who.may("report") else None


def side_of(who: Access) -> Side | None:
    """The side of ``who`` with the names of the unit; None for whoever fills nothing in."""
    name = side_name(who)
    if name is None:
        return None
    if name == "office":
        return Side(name)
    names = frozenset(names_of(who.units))
    return Side(name, who.home.name if who.home else "", names)


def working(who: Access, report: Report, chosen: Collection[int] | None = None) -> tuple[Dossier, dict[str, int]]:
    """The dossier of ``report`` cut to the items that ``who`` may see (of ``chosen``), and their rows by item."""
    seen = dict(access.matters(who).filter(report=report).values_list("item", "pk"))
    if chosen is not None:
        wanted = set(chosen)
        seen = {item: pk for item, pk in seen.items() if pk in wanted}
    whole = dossier_of(report, who.day, moves=False)
    return replace(whole, matters=tuple(one for one in whole.matters if one.id in seen)), seen
