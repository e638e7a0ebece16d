"""Items in groups, by theme, leader or unit: counts of lights, each of them a link to its items in the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from luoshi.store.fetching import all_units
from luoshi.store.posts import leaders_posts
from luoshi.store.summing import Tally, tallies
from luoshi.web.access import Access
from luoshi.web.shell.language import say
from luoshi.web.shell.templatetags.shell import lamp_colours

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.store.models import Matter

_COLUMNS = {"theme": "theme", "leader": "leader", "unit": "lead_id"}


@dataclass(frozen=True, slots=True)
class Number:
    """A count of one light and where its items are listed."""

    colour: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """A line of a table: what it is called, its numbers, its tally, the list of all its items."""

    name: str
    tally: Tally
    numbers: tuple[Number, ...]
    address: str
    hollow: str


def listed(**asked: Any) -> str:
    """The register narrowed by ``asked``."""
    return f"{_register()}?{urlencode({key: value for key, value in asked.items() if value})}"


@cache
def _register() -> str:
    """Asked for some thousand times a page."""
    return reverse("register:index")


def groups(matters: QuerySet[Matter], by: str, who: Access) -> list[Group]:
    """The groups of ``matters`` by theme, leader or unit, in an order that ranks nobody; those without one last."""
    found = tallies(matters, _COLUMNS[by])
    made = [_group(name, by, key, found.pop(key)) for key, name in _ORDERS[by](who, found) if key in found]
    rest = [one for one in found.values() if one.total]
    if rest:
        made.append(_group(say("（没有定）", "(none)"), by, None, _sum(rest)))
    return made


def numbers(tally: Tally, **asked: Any) -> tuple[Number, ...]:
    """Every light of ``tally``, worst first."""
    return tuple(Number(one, tally.lights.get(one, 0), listed(**asked, light=one)) for one in lamp_colours())


def _group(name: str, by: str, key: Any, tally: Tally) -> Group:
    asked = {by: key} if key else {}
    drawn = (
        numbers(tally, **asked) if asked else tuple(Number(one, tally.lights.get(one, 0), "") for one in lamp_colours())
    )
    return Group(name, tally, drawn, listed(**asked) if asked else "", listed(**asked, hollow="1") if asked else "")


def _sum(found: Iterable[Tally]) -> Tally:
    whole = Tally()
    for one in found:
        for light, count in one.lights.items():
            whole.add(light, hollow=False, count=count)
        whole.hollow += one.hollow
    return whole


def _themes(_who: Access, found: dict[Any, Tally]) -> list[tuple[Any, str]]:
    """The theme with most items first."""
    return [(key, key) for key in sorted(filter(None, found), key=lambda key: (-found[key].total, key))]


def _leaders(who: Access, _found: dict[Any, Tally]) -> list[tuple[Any, str]]:
    return [(one.code, f"{one.title} {one.holder}".strip()) for one in leaders_posts(who.day)]


def _units(_who: Access, _found: dict[Any, Tally]) -> list[tuple[Any, str]]:
    return [(one.pk, one.short_name or one.name) for one in all_units()]


Order = Callable[[Access, dict[Any, Tally]], list[tuple[Any, str]]]
_ORDERS: dict[str, Order] = {"theme": _themes, "leader": _leaders, "unit": _units}
