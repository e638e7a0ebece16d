"""What another profile or calendar would change, counted over the open matters before anybody chooses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import QuerySet

from luoshi import supervise
from luoshi.days import Workdays
from luoshi.store.columns import body_of
from luoshi.store.models import Matter
from luoshi.store.rules import LIGHTS, rules_in_force
from luoshi.supervise.lights import profiles
from luoshi.supervise.slips import slip_profiles

MOST = 2000  # matters looked at; above it every n-th, and the answer says so


@dataclass(frozen=True, slots=True)
class Tried:
    """How many open matters there are, how many were looked at, and how often what turned into what."""

    open: int
    looked: int
    turned: dict[tuple[str, str], int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """How many would be another than they are."""
        return sum(self.turned.values())


def try_profile(kind: str, name: str, today: date) -> Tried:
    """The lights (or the slips that are due) of today by the profile in force and by ``name``. KeyError: no profile."""
    now = rules_in_force(today)
    if kind == LIGHTS:
        other = profiles()[name]
        return _tried(
            lambda matter: supervise.light(matter, today, now.profile).colour,
            lambda matter: supervise.light(matter, today, other).colour,
        )
    scheme = slip_profiles()[name]
    return _tried(
        lambda matter: supervise.next_slip(matter, today, now.slips, now.profile) or "",
        lambda matter: supervise.next_slip(matter, today, scheme, now.profile) or "",
    )


def try_calendar(calendar: Workdays, today: date) -> Tried:
    """What is owed by another day than now, by what it is (a word of the list ``owed``): ``turned[what, what]``."""
    now = rules_in_force(today)
    then = replace(now, calendar=calendar)
    looked, turned = 0, Counter[tuple[str, str]]()
    count, bodies = _bodies()
    for body in bodies:
        looked += 1
        pairs = zip(_owed(body, today, now), _owed(body, today, then), strict=False)
        turned.update((old[0], new[0]) for old, new in pairs if old != new)
    return Tried(count, looked, dict(turned))


def _owed(body: supervise.Matter, today: date, rules: supervise.Rules) -> list[tuple[str, str, date]]:
    return sorted((one.what, one.detail, one.due) for one in supervise.obligations(body, today, rules))


def _tried(now: Callable[[supervise.Matter], str], then: Callable[[supervise.Matter], str]) -> Tried:
    count, bodies = _bodies()
    pairs = [(now(body), then(body)) for body in bodies]
    turned = Counter(pair for pair in pairs if pair[0] != pair[1])
    before, after = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    return Tried(count, len(pairs), dict(turned), dict(before), dict(after))


def _bodies() -> tuple[int, Iterator[supervise.Matter]]:
    """How many matters are open, and the bodies of those that are looked at."""
    states = [name for name, state in rules_in_force().workflow.states.items() if state.open]
    keys = list(Matter.objects.filter(state__in=states).order_by("pk").values_list("pk", flat=True))
    chosen = keys[:: -(-len(keys) // MOST) or 1]
    return len(keys), (body_of(row) for row in _rows(chosen))


def _rows(keys: list[int]) -> Iterator[Matter]:
    for at in range(0, len(keys), 500):
        found: QuerySet[Matter] = Matter.objects.filter(pk__in=keys[at : at + 500])
        yield from found.select_related("body")
