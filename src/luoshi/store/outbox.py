"""The outbox: addresses that people gave, messages that wait, what became of each; sent once, tried again later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from luoshi.problems import Problem
from luoshi.store.acting import SYSTEM, By
from luoshi.store.ledger import record
from luoshi.store.models import Address, Done, Message, Person
from luoshi.store.writing import writing

DIGEST = "digest"
MOST_ADDRESSES = 3
BACKOFF = (5, 30, 120, 480)  # minutes until the next try; after the last the message is put aside as failed
_PREFIX = "address:"


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest for one person."""

    person: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that is to be sent now, and where to."""

    message: Message
    address: Address


def addresses_of(person: Person) -> list[Address]:
    """Where ``person`` wants to be written to."""
    return list(person.addresses.all())


def add_address(person: Person, channel: str, url: str, shown: str, by: By) -> Address | None:
    """Keep an address of ``person``; None where there are as many as one may have. The record sees no secret."""
    with writing():
        Person.objects.select_for_update().get(pk=person.pk)
        if person.addresses.count() >= MOST_ADDRESSES:
            return None
        made = Address.objects.create(person=person, channel=channel, url=url, shown=shown)
        record(by, "address.add", f"person:{person.pk}", shown, channel=channel)
    return made


def remove_address(address: Address, by: By) -> None:
    """Nothing is sent to ``address`` any more; what waits for it is put aside."""
    with writing():
        Message.objects.filter(addressee=f"{_PREFIX}{address.pk}", state="waiting").update(state="skipped")
        record(by, "address.remove", f"person:{address.person_id}", address.shown)
        address.delete()


def tried(address: Address, now: datetime, fault: str) -> None:
    """Keep how a trial message went; an empty ``fault`` is a good sign."""
    Address.objects.filter(pk=address.pk).update(tried=now, fault=fault[:300])


def queue_digests(day: date, letters: Iterable[Letter], now: datetime) -> int:
    """Put the digests of ``day`` into the outbox, once however often this is called; how many were put there.

    Whoever gave no address finds the digest on the site, and is written to nowhere.
    """
    made = list(letters)
    with writing():
        if not Done.objects.get_or_create(key=f"digest:{day}")[1]:
            return 0
        given: dict[int, list[int]] = {}
        for person, address in Address.objects.values_list("person_id", "pk"):
            given.setdefault(person, []).append(address)
        rows = [row for one in made for row in _rows(one, day, given.get(one.person, []), now)]
        Message.objects.bulk_create(rows, batch_size=200)
        if made:
            record(SYSTEM, "tick.digests", f"day:{day}", f"{day} 提醒 {len(made)} 人", people=len(made))
    return len(made)


def _rows(letter: Letter, day: date, addresses: list[int], now: datetime) -> list[Message]:
    """One message an address; without any a single one that is only shown."""
    told = {"person_id": letter.person, "document": DIGEST, "title": letter.title, "text": letter.text, "day": day}
    key = f"{DIGEST}:{day}:{letter.person}"
    if not addresses:
        return [Message(key=key, addressee="", state="skipped", **told)]
    return [Message(key=f"{key}:{pk}", addressee=f"{_PREFIX}{pk}", next_try=now, **told) for pk in addresses]


def take_due(now: datetime, most: int = 200) -> list[Waiting]:
    """The messages to send now, taken with compare-and-set so that no other run sends them too."""
    due = Message.objects.filter(document=DIGEST, state="waiting").filter(Q(next_try=None) | Q(next_try__lte=now))
    due = due.filter(person__is_active=True).order_by("pk")
    by_key = {f"{_PREFIX}{one.pk}": one for one in Address.objects.filter(person__is_active=True)}
    return [Waiting(one, by_key[one.addressee]) for one in due[:most] if one.addressee in by_key and _taken(one, now)]


def _taken(message: Message, now: datetime) -> bool:
    later = now + timedelta(minutes=BACKOFF[min(message.tries, len(BACKOFF) - 1)])
    read = Message.objects.filter(pk=message.pk, state="waiting", tries=message.tries)
    return read.update(tries=message.tries + 1, next_try=later) == 1


def settle(message: Message, now: datetime, problem: Problem | None) -> str:
    """Keep what became of a message that was taken: sent, waiting for another try, or failed for good."""
    if problem is None:
        state = "sent"
        Message.objects.filter(pk=message.pk).update(state=state, sent=now, next_try=None, fault="")
        return state
    state = "failed" if message.tries >= len(BACKOFF) else "waiting"
    with writing():
        Message.objects.filter(pk=message.pk).update(state=state, fault=problem.message[:300])
        if state == "failed":
            said = {"code": problem.code, "tries": message.tries + 1}
            record(SYSTEM, "message.failed", f"person:{message.person_id}", problem.message, **said)
    return state


def outbox(state: str = "") -> QuerySet[Message]:
    """The digests that were put into the outbox, newest first; of one ``state`` where it is named."""
    found = Message.objects.filter(document=DIGEST).select_related("person")
    return found.filter(state=state) if state else found


def try_again(pk: int, by: By, now: datetime) -> bool:
    """A message that failed is to be sent once more; False where it did not fail."""
    with writing():
        failed = Message.objects.filter(pk=pk, state="failed")
        if failed.update(state="waiting", tries=0, next_try=now) != 1:
            return False
        record(by, "message.again", f"message:{pk}")
    return True


def discard(pk: int, by: By) -> bool:
    """A message that failed is put aside for good; False where it did not fail."""
    with writing():
        if Message.objects.filter(pk=pk, state="failed").update(state="skipped", next_try=None) != 1:
            return False
        record(by, "message.discard", f"message:{pk}")
    return True
