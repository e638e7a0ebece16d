"""What the clock does to matters: lights of the day, lights kept at the end of a month, who is to be reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from luoshi import supervise
from luoshi.store.acting import SYSTEM
from luoshi.store.columns import body_of, columns
from luoshi.store.ledger import record
from luoshi.store.lighting import turned
from luoshi.store.models import Done, Matter, Post, RoleGrant, UnitName
from luoshi.store.moving import move_matter
from luoshi.store.rules import rules_in_force
from luoshi.store.units import units_by_name
from luoshi.store.writing import writing

_OF_THE_DAY = ("light", "hollow", "light_day", "progress_class")
_BATCH = 100


def refresh_lights(today: date) -> int:
    """Light every matter as of ``today``; how many changed colour. Those lit today already are left alone.

    What they show is kept as the light of the day.
    """
    rules, units = rules_in_force(), units_by_name()
    open_states = [name for name, state in rules.workflow.states.items() if state.open]
    old = list(Matter.objects.filter(state__in=open_states).exclude(light_day=today).values_list("pk", flat=True))
    count = 0
    for pks in _batches(old):
        shown: dict[int, tuple[str, bool]] = {}
        with writing():
            for row in Matter.objects.filter(pk__in=pks).select_related("body"):
                found = columns(body_of(row), today, rules, units)
                values = {name: found[name] for name in _OF_THE_DAY}
                if Matter.objects.filter(pk=row.pk, revision=row.revision).update(**values):
                    shown[row.pk] = (values["light"], values["hollow"])
                count += (row.light, row.hollow) != (values["light"], values["hollow"])
            turned(shown, today)
    return count


def close_month(today: date) -> int:
    """Keep the light of the last month that has ended, for each matter that was under way then; how many were kept."""
    last = today.replace(day=1) - timedelta(days=1)
    key = f"period:{last:%Y-%m}"
    if Done.objects.filter(key=key).exists():
        return 0
    origins = rules_in_force().workflow.moves["close_period"].origins
    closed = 0
    for pk in list(Matter.objects.filter(state__in=origins).order_by("pk").values_list("pk", flat=True)):
        closed += _close(pk, last, f"{key}:{pk}")
    with writing():
        if Done.objects.get_or_create(key=key)[1] and closed:
            record(
                SYSTEM, "tick.period", f"month:{last:%Y-%m}", f"{last:%Y年%m月}末，记下 {closed} 项的灯", items=closed
            )
    return closed


def _close(pk: int, last: date, key: str) -> bool:
    """Whether the light of the matter was kept now: not twice, and not of one that came into its state later."""
    body = body_of(Matter.objects.select_related("body").get(pk=pk))
    if body.since > last:
        return False
    event = supervise.Event(move="close_period", by=SYSTEM.actor())
    moved = move_matter(pk, event, last, SYSTEM, key=key)
    return moved.entry is not None and not moved.again and not moved.problems


def open_bodies() -> Iterator[tuple[supervise.Matter, str]]:
    """Every matter that is open, with how open it is (``public``, ``internal``, ``secret``)."""
    states = [name for name, state in supervise.workflow().states.items() if state.open]
    for row in Matter.objects.filter(state__in=states).select_related("body").order_by("pk").iterator(chunk_size=500):
        yield body_of(row), row.label


def posts_to_remind() -> tuple[supervise.Post, ...]:
    """Every post under each name of its unit, held by people's numbers: two people of one name are two.

    Where a unit has no post of a duty, whoever was given the role of it stands in.
    """
    names: dict[int, list[str]] = {}
    for name, unit in UnitName.objects.values_list("name", "unit_id"):
        names.setdefault(unit, []).append(name)
    posts = [(post, _holders(post)) for post in Post.objects.prefetch_related("holders__person")]
    made = [_post(post.code, name, post.duty, holders) for post, holders in posts for name in names[post.unit_id]]
    grants = RoleGrant.objects.filter(role__in=("liaison", "head"), unit__isnull=False, person__is_active=True)
    made += [
        _post(f"grant-{one.pk}", name, one.role, (supervise.Holder(person=str(one.person_id), since=date.min),))
        for one in grants
        for name in names[one.unit_id or 0]
    ]
    return tuple(made)


def office_people() -> list[int]:
    """Who is told what nobody else can be told: the supervision office."""
    found = RoleGrant.objects.filter(role="supervisor", person__is_active=True).order_by("person_id")
    return list(found.values_list("person_id", flat=True))


def _holders(post: Post) -> tuple[supervise.Holder, ...]:
    held = (one for one in post.holders.all() if one.person.is_active)
    return tuple(supervise.Holder(person=str(one.person_id), since=one.since, until=one.until) for one in held)


def _post(code: str, unit: str, duty: str, holders: tuple[supervise.Holder, ...]) -> supervise.Post:
    members = {"id": code, "unit": unit, "title": code, "duty": duty, "holders": holders}
    return supervise.Post.model_validate(members)


def _batches(pks: list[int]) -> Iterator[list[int]]:
    return (pks[at : at + _BATCH] for at in range(0, len(pks), _BATCH))
