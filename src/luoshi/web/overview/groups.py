"""Items in groups, by theme, leader or unit: counts of lights, each of them a link to its items in the register."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache as once
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from luoshi.store.fetching import all_units
from luoshi.store.finding import all_matters
from luoshi.store.lighting import tallies_on
from luoshi.store.posts import leaders_posts
from luoshi.store.summing import Tally, tallies
from luoshi.web.access import Access
from luoshi.web.shell.language import say
from luoshi.web.shell.templatetags.shell import lamp_colours

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.store.models import Matter

_HOUR = 3600
_COLUMNS = {"theme": "theme", "leader": "leader", "unit": "lead_id"}


@dataclass(frozen=True, slots=True)
class Number:
    """A count of one light and where its items are listed."""

    colour: str
    count: int
    address: str

    @property
    def cell(self) -> SafeString:
        """As a cell of a table: a district has over a thousand of them, too many for a template to take apart."""
        if not self.count:
            return SafeString('<span class="muted">0</span>')
        return SafeString(f'<a href="{escape(self.address)}">{self.count}</a>' if self.address else str(self.count))


@dataclass(frozen=True, slots=True)
class Group:
    """A line of a table: what it is called, its numbers, its tally, the list of all its items.

    ``before`` is its share on track at the end of the last month.
    """

    name: str
    tally: Tally
    numbers: tuple[Number, ...]
    address: str
    hollow: str
    before: int | None = None

    @property
    def change(self) -> int | None:
        """Points more of a hundred on track than before; fewer below nought."""
        now = self.tally.share
        return None if now is None or self.before is None else now - self.before

    @property
    def fell(self) -> int:
        """By how many points it fell."""
        return max(0, -(self.change or 0))


def listed(**asked: Any) -> str:
    """The register narrowed by ``asked``."""
    return f"{_register()}?{urlencode({key: value for key, value in asked.items() if value})}"


@once
def _register() -> str:
    """Asked for some thousand times a page."""
    return reverse("register:index")


def groups(matters: QuerySet[Matter], by: str, who: Access, day: date | None = None) -> list[Group]:
    """The groups of ``matters`` by theme, leader or unit, in an order that ranks nobody; those without one last.

    On a ``day`` that is past they have the lights of that day; lists are of today, so no number leads to one.
    """
    found = tallies(matters, _COLUMNS[by]) if day is None else tallies_on(day, matters, _COLUMNS[by])
    if by == "unit" and day is None:
        before = shares_on(month_before(who.day))
        made = [replace(one, before=before.get(key)) for key, one in _made(found, by, who)]
    else:
        made = [one for _, one in _made(found, by, who)]
    return made if day is None else [_bare(one) for one in made]


def _made(found: dict[Any, Tally], by: str, who: Access) -> Iterator[tuple[Any, Group]]:
    for key, name in _ORDERS[by](who, found):
        if key in found:
            yield key, _group(name, by, key, found.pop(key))
    rest = [one for one in found.values() if one.total]
    if rest:
        yield None, _group(say("（没有定）", "(none)"), by, None, _sum(rest))


def shares_on(day: date) -> dict[Any, int | None]:
    """Of a hundred items of each unit, how many were on track on a past ``day``: it stays, so it is kept a while."""
    key = f"overview:shares:{day}"
    found: dict[Any, int | None] | None = cache.get(key)
    if found is None:
        found = {unit: one.share for unit, one in tallies_on(day, all_matters(), _COLUMNS["unit"]).items()}
        cache.set(key, found, _HOUR)
    return found


def month_before(day: date) -> date:
    """The last day of the month before."""
    return day.replace(day=1) - timedelta(days=1)


def ranked(made: list[Group]) -> list[Group]:
    """The league table, where the site wants one: most on track first; units without a light come last."""
    return sorted(made, key=lambda one: (one.tally.share is None, -(one.tally.share or 0), -one.tally.total))


def _bare(one: Group) -> Group:
    return replace(one, numbers=tuple(replace(each, address="") for each in one.numbers), address="", hollow="")


def numbers(tally: Tally, **asked: Any) -> tuple[Number, ...]:
    """Every light of ``tally``, worst first."""
    return tuple(Number(one, tally.lights.get(one, 0), listed(**asked, light=one)) for one in lamp_colours())


def _group(name: str, by: str, key: Any, tally: Tally) -> Group:
    address = listed(**{by: key}) if key else ""
    more = f"{address}&" if address else ""
    drawn = tuple(Number(one, tally.lights.get(one, 0), f"{more}light={one}" if more else "") for one in lamp_colours())
    return Group(name, tally, drawn, address, f"{more}hollow=1" if more else "")


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
