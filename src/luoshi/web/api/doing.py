"""What programs do: make moves, bring readings. The rules are those of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path
from pydantic import ValidationError

from luoshi.amounts import Amount
from luoshi.days import Months
from luoshi.measure.reading import Reading, Series
from luoshi.problems import Problem, problem
from luoshi.store.history import history_of
from luoshi.store.moving import Moved, move_matter
from luoshi.store.readings import save_readings
from luoshi.supervise import Event
from luoshi.web import access
from luoshi.web.api.keys import Key, Refused
from luoshi.web.api.shapes import Kept, MovedOut, MoveIn, Number, ReadingIn, ReadingsIn
from luoshi.web.api.site import answers, refusal, router

if TYPE_CHECKING:
    from luoshi.store.models import Matter

_OURS = {"move", "by", "expected"}


@router.post("/matters/{pk}/moves", auth=Key("move", "matters"), response=answers(MovedOut, 409))
def move(request: HttpRequest, pk: Path[Number], wanted: MoveIn) -> Any:
    """Make a move. 409 where the matter is not at the revision that was seen: with what changed since, and by whom."""
    row = access.matter(request, pk)
    by = access.access(request).acting(row)
    event = _event(wanted, by.actor())
    key = f"api:{by.person.pk if by.person else 0}:{pk}:{wanted.key}" if wanted.key else ""
    moved = move_matter(pk, event, access.access(request).day, by, key=key)
    if moved.problems:
        return _refusal(request, row, wanted.revision, moved)
    entry = moved.entry.sequence if moved.entry else None
    body = moved.matter
    return {"matter": pk, "state": body.state, "revision": body.revision, "again": moved.again, "entry": entry}


def _event(wanted: MoveIn, actor: Any) -> Event:
    """The move as the engine takes it. Raises :class:`Refused` for members that it does not know or cannot read."""
    unknown = sorted(set(wanted.fields) - (set(Event.model_fields) - _OURS))
    if unknown:
        raise Refused(
            422, *(problem("A004", where=f"fields.{name[:60]}", detail="没有这一项") for name in unknown[:20])
        )
    try:
        told = {**wanted.fields, "move": wanted.move, "by": actor, "expected": wanted.revision}
        return Event.model_validate(told)
    except ValidationError as error:
        raise Refused(422, *map(_malformed, error.errors(include_url=False, include_input=False))) from error


def _malformed(one: Any) -> Problem:
    return problem("A004", where=f"fields.{'.'.join(map(str, one['loc']))}", detail=one["msg"])


def _refusal(request: HttpRequest, row: Matter, seen: int, moved: Moved) -> HttpResponse:
    conflict = any(one.code == "D005" for one in moved.problems)
    if not conflict:
        return refusal(request, 422, *moved.problems)
    changed = _changed(row, seen)
    return refusal(request, 409, *moved.problems, revision=moved.matter.revision, changed=changed)


def _changed(row: Matter, seen: int) -> list[dict[str, Any]]:
    """The moves after the revision ``seen``, the newest first."""
    moves = [(entry, said) for entry, said in history_of(row) if entry.action == "matter.move"]
    return [
        {"revision": said["revision"], "at": entry.at, "actor": entry.actor, "move": said["move"],
         "changes": said["changes"]}
        for entry, said in moves
        if said.get("revision", 0) > seen
    ]  # fmt: skip


@router.post("/readings", auth=Key("readings", "readings"), response=answers(Kept))
def add_readings(request: HttpRequest, wanted: ReadingsIn) -> dict[str, int]:
    """Keep readings, all or none; one that is there with the same value is left alone, another becomes a revision."""
    backwards = [at for at, one in enumerate(wanted.readings) if one.ends < one.begins]
    if backwards:
        raise Refused(422, *(problem("A004", where=f"readings.{at}", detail="ends < begins") for at in backwards[:20]))
    who = access.access(request)
    return {"kept": save_readings(map(_series, wanted.readings), who.acting(), unit=who.home, source="api")}


def _series(one: ReadingIn) -> Series:
    period = Months.between(one.begins, one.ends)
    reading = Reading(period, Amount(one.value, one.unit_word), scope=one.scope, source=one.source)
    return Series(one.indicator, one.unit_word, (reading,), one.growth)
