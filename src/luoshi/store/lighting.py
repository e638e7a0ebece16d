"""The light of every matter day by day: kept as it turns, asked for on any day, made again from the record.

A day's light is the last one of that day. Turning twice to the same, or back within the day, leaves what one would.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from luoshi import supervise
from luoshi.store.columns import body_of
from luoshi.store.ledger import given
from luoshi.store.models import LedgerEntry, LightSpell, Matter
from luoshi.store.rules import rules_in_force
from luoshi.store.summing import Tally
from luoshi.store.writing import writing

_BATCH = 500
Shown = tuple[str, bool]


def turned(shown: Mapping[int, Shown], day: date) -> None:
    """From ``day`` on the matters show these lights (colour, hollow). Called within the transaction of the change."""
    for pks in _batches(list(shown)):
        open_ = {one.matter_id: one for one in LightSpell.objects.filter(matter_id__in=pks, until=None)}
        changed = {pk: shown[pk] for pk in pks if pk not in open_ or _shows(open_[pk]) != shown[pk]}
        same_day = {pk for pk in changed if pk in open_ and open_[pk].since >= day}
        _again({pk: changed[pk] for pk in same_day}, open_)
        new = {pk: light for pk, light in changed.items() if pk not in same_day}
        LightSpell.objects.filter(matter_id__in=list(new), until=None).update(until=day)
        LightSpell.objects.bulk_create(
            (LightSpell(matter_id=pk, since=day, light=light, hollow=hollow) for pk, (light, hollow) in new.items()),
            _BATCH,
        )


def _again(changed: Mapping[int, Shown], open_: Mapping[int, LightSpell]) -> None:
    """What turned today turns once more: the day keeps the last, and one that is back goes on as if nothing was."""
    for pk, (light, hollow) in changed.items():
        before = LightSpell.objects.filter(matter_id=pk, until=open_[pk].since).first()
        if before is not None and _shows(before) == (light, hollow):
            open_[pk].delete()
            LightSpell.objects.filter(pk=before.pk).update(until=None)
        else:
            LightSpell.objects.filter(pk=open_[pk].pk).update(light=light, hollow=hollow)


def on_day(day: date) -> QuerySet[LightSpell]:
    """The light of each matter on ``day``; those that were not there yet have none."""
    return LightSpell.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


def tallies_on(day: date, matters: QuerySet[Matter], column: str) -> dict[Any, Tally]:
    """A tally of the lights of ``day`` for each value that ``column`` of the matters has now."""
    on_it = Q(spells__until=None) | Q(spells__until__gt=day)
    rows = matters.filter(on_it, spells__since__lte=day).order_by()
    found: dict[Any, Tally] = {}
    for value, light, hollow, count in rows.values_list(column, "spells__light", "spells__hollow").annotate(
        Count("pk")
    ):
        found.setdefault(value, Tally()).add(light, hollow, count)
    return found


def turns_between(since: date, until: date) -> dict[int, tuple[Shown, Shown, date]]:
    """The matters that show another light on ``until`` than on ``since``: the light then, the light now, since when."""
    ended = LightSpell.objects.filter(since__lte=since, until__gt=since, until__lte=until)
    before = {one.matter_id: _shows(one) for one in ended}
    found = {}
    for pks in _batches(list(before)):
        for one in on_day(until).filter(matter_id__in=pks):
            if _shows(one) != before[one.matter_id]:
                found[one.matter_id] = (before[one.matter_id], _shows(one), one.since)
    return found


def replay(matters: Iterable[Matter], until: date) -> int:
    """Make the days of ``matters`` (with bodies and reports) again from the record; how many spells.

    For a site whose record is older than this table, or was played in one go.
    """
    rules, count = rules_in_force(), 0
    with writing():
        for row in matters:
            spells = list(_spells(row, until, rules))
            LightSpell.objects.filter(matter=row).delete()
            count += len(LightSpell.objects.bulk_create(spells, _BATCH))
    return count


def _spells(row: Matter, until: date, rules: supervise.Rules) -> Iterator[LightSpell]:
    last: LightSpell | None = None
    for first, end, body in _bodies(row, until):
        for day in (first + timedelta(days=at) for at in range((end - first).days)):
            lit = supervise.light(body, day, rules.profile)
            if last is None or _shows(last) != (lit.colour, lit.hollow):
                if last is not None:
                    last.until = day
                    yield last
                last = LightSpell(matter=row, since=day, light=lit.colour, hollow=lit.hollow)
            if not rules.workflow.states[body.state].open:
                break  # what is at an end keeps its light
    if last is not None:
        yield last


def _bodies(row: Matter, until: date) -> Iterator[tuple[date, date, supervise.Matter]]:
    """The matter as it stood: from which day, until which, oldest first; walked back from what it is now."""
    members = body_of(row).model_dump(mode="json")
    end, found = until + timedelta(days=1), []
    entries = LedgerEntry.objects.filter(subject=f"matter:{row.pk}", action="matter.move").order_by("-sequence")
    for entry in entries:
        said = given(entry)
        day = date.fromisoformat(said["day"]) if "day" in said else timezone.localdate(entry.at)
        if day < end:
            found.append((day, end, supervise.Matter.model_validate(members)))
            end = day
        members = members | {name: before for name, (before, _) in said["changes"].items()}
    brought_in = timezone.localdate(row.report.created)
    if brought_in < end:
        found.append((brought_in, end, supervise.Matter.model_validate(members)))
    return reversed(found)


def _shows(one: LightSpell) -> Shown:
    return one.light, one.hollow


def _batches(pks: list[int]) -> Iterator[list[int]]:
    return (pks[at : at + _BATCH] for at in range(0, len(pks), _BATCH))
