"""Moving a matter: one short write transaction that decides, compares, sets, records and queues; or refuses whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from luoshi import supervise
from luoshi.problems import Problem, problem
from luoshi.store import grams
from luoshi.store.acting import By
from luoshi.store.columns import body_of, columns, parts
from luoshi.store.ledger import entries, record
from luoshi.store.lighting import turned
from luoshi.store.models import Done, LedgerEntry, Matter, MatterBody, MatterUnit, Message, Unit
from luoshi.store.moment import now
from luoshi.store.rules import rules_in_force
from luoshi.store.seal import digest
from luoshi.store.units import units_by_name
from luoshi.store.writing import writing

_NOT_THEIRS = {"D002", "D003", "D004"}  # refusals that the record keeps: wrong state, role or unit


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of it: the matter as it stands, the entry of the move, or the problems that refused it.

    ``again`` is True where the same key was done before: then nothing happened this time.
    """

    matter: supervise.Matter
    entry: LedgerEntry | None
    problems: tuple[Problem, ...] = ()
    again: bool = False


def move_matter(pk: int, event: supervise.Event, today: date, by: By, *, key: str = "") -> Moved:
    """Make the move ``event`` on the matter ``pk``, or say why not.

    ``key`` names the act: a second time with the same key does nothing. Raises :class:`Unavailable` where the database
    cannot be written, and ``Matter.DoesNotExist``.
    """
    with writing():
        row = Matter.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
        before = body_of(row)
        if key and not _first_time(key):
            return Moved(before, None, again=True)
        rules = rules_in_force()
        event = event.model_copy(update={"by": by.actor()})
        outcome = supervise.decide(before, event, today, rules)
        if outcome.problems:
            Done.objects.filter(key=key).delete()
            return Moved(before, _refusal(row, event, by, outcome), told_of(row.pk, outcome.problems))
        units = units_by_name()
        values = columns(outcome.matter, today, rules, units)
        if not _set(row, outcome.matter, values):
            Done.objects.filter(key=key).delete()
            return Moved(
                before,
                None,
                told_of(row.pk, (problem("D005", expected=before.revision, revision=before.revision + 1),)),
            )
        _keep(row, before, outcome.matter, units)
        if (row.light, row.hollow) != (shown := (values["light"], values["hollow"])):
            turned({row.pk: shown}, today)
        entry = _record(row, before, outcome, by)
        _queue(row, outcome, units, entry)
    return Moved(outcome.matter, entry)


def label_matter(pk: int, openness: str, by: By, *, expected: int, reason: str) -> Moved:
    """Label a matter 公开, 内部 or 工作秘密 (``public``, ``internal``, ``secret``). Compare-and-set like a move."""
    with writing():
        row = Matter.objects.select_for_update(of=("self",)).select_related("body").get(pk=pk)
        before = body_of(row)
        after = before.model_copy(update={"openness": openness, "revision": before.revision + 1})
        if before.revision != expected or not _set(row, after, {"label": openness, "revision": after.revision}):
            return Moved(before, None, told_of(row.pk, (problem("D005", expected=expected, revision=before.revision),)))
        given = {"changes": changes(before, after), "bodies": {str(pk): digest(row.body.text)}, "reason": reason}
        entry = record(by, "matter.move", f"matter:{pk}", f"公开属性：{openness}", move="label", **given)
    return Moved(after, entry)


def changes(before: supervise.Matter, after: supervise.Matter) -> dict[str, list[Any]]:
    """What became different, member by member: ``[before, after]``. Views of a past day are walked back by these."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    return {name: [old.get(name), new.get(name)] for name in {**old, **new} if old.get(name) != new.get(name)}


def _first_time(key: str) -> bool:
    return Done.objects.get_or_create(key=key)[1]


def _set(row: Matter, after: supervise.Matter, values: Mapping[str, Any]) -> bool:
    """Compare and set: the row of the revision that was read becomes the next; False where somebody was first."""
    read = Matter.objects.filter(pk=row.pk, revision=after.revision - 1)
    if read.update(**values, updated=now()) != 1:
        return False
    row.body.text = after.model_dump_json()
    MatterBody.objects.filter(pk=row.pk).update(text=row.body.text)
    return True


def _keep(row: Matter, before: supervise.Matter, after: supervise.Matter, units: Mapping[str, Unit]) -> None:
    """Parts and words follow the body."""
    if (before.lead, before.help) != (after.lead, after.help):
        MatterUnit.objects.filter(matter=row).delete()
        MatterUnit.objects.bulk_create(parts(row.pk, after, units))
    if grams.words_of(before) != grams.words_of(after):
        grams.index([(row.pk, after)])


def _record(row: Matter, before: supervise.Matter, outcome: supervise.Outcome, by: By) -> LedgerEntry:
    return record(by, "matter.move", f"matter:{row.pk}", outcome.matter.title, **told(row.pk, before, outcome))


def told(pk: int, before: supervise.Matter, outcome: supervise.Outcome) -> dict[str, Any]:
    """What the entry of a move says."""
    assert outcome.entry is not None
    line = outcome.entry
    return {
        "move": line.move,
        "before": line.before,
        "after": line.after,
        "revision": line.revision,
        "day": line.day,
        "event": line.given,
        "changes": changes(before, outcome.matter),
        "bodies": {str(pk): digest(outcome.matter.model_dump_json())},
    }


def refusal_kept(outcome: supervise.Outcome) -> list[str]:
    """The codes of a refusal that the record keeps; none where it keeps none."""
    codes = [one.code for one in outcome.problems]
    return codes if _NOT_THEIRS & set(codes) else []


def _refusal(row: Matter, event: supervise.Event, by: By, outcome: supervise.Outcome) -> LedgerEntry | None:
    codes = refusal_kept(outcome)
    if not codes:
        return None
    return record(by, "matter.refused", f"matter:{row.pk}", row.title, move=event.move, problems=codes)


def told_of(pk: int, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Whoever came second is told by whom and when the matter was changed."""
    if all(one.code != "D005" for one in problems):
        return problems
    last = entries(f"matter:{pk}", action="matter.move").first()
    if last is None:
        return problems
    at = timezone.localtime(last.at).strftime("%m月%d日 %H:%M")
    return (*problems, problem("T013", actor=last.actor, at=at))


def _queue(row: Matter, outcome: supervise.Outcome, units: Mapping[str, Unit], entry: LedgerEntry) -> None:
    """Notices go to the outbox with the move that they tell of."""
    Message.objects.bulk_create(messages(row.pk, outcome, units, entry))


def messages(pk: int, outcome: supervise.Outcome, units: Mapping[str, Unit], entry: LedgerEntry) -> list[Message]:
    """The notices of a move as the outbox keeps them."""
    return [
        Message(
            key=f"{entry.sequence}:{at}",
            unit=units.get(one.to),
            addressee=one.to or one.role,
            document=one.document,
            matter_id=pk,
            title=one.title[:300],
            day=one.day,
        )
        for at, one in enumerate(outcome.notices)
    ]
