"""The discussion of a matter: what was said, by whom; a word taken back keeps its place and loses its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from luoshi.store.acting import By
from luoshi.store.ledger import record
from luoshi.store.models import Comment, Matter, Message, Person
from luoshi.store.moment import now
from luoshi.store.seal import digest
from luoshi.store.writing import writing

_CALLED = re.compile(r"[@＠](\w{1,40})")


def comments_of(matter: Matter) -> QuerySet[Comment]:
    """Everything said about ``matter``, the oldest first."""
    return matter.comments.select_related("person")


def say(matter: Matter, text: str, by: By) -> Comment:
    """Say ``text`` about ``matter``. The record keeps its digest, not its words: they may be taken back."""
    assert by.person is not None
    with writing():
        made = Comment.objects.create(matter=matter, person=by.person, text=text, at=now())
        record(by, "comment.say", f"matter:{matter.pk}", comment=made.pk, text=digest(text))
    return made


def mentioned(text: str, people: Iterable[Person]) -> list[Person]:
    """Whom of ``people`` the text calls by ``@name`` or ``@user name``; the longest name that fits counts."""
    found: list[Person] = []
    for called in _CALLED.findall(text):
        fits = [one for one in people if called.startswith((one.name, one.username))]
        best = max(fits, key=lambda one: len(one.name), default=None)
        if best is not None and best not in found:
            found.append(best)
    return found


def tell(comment: Comment, people: Iterable[Person], day: date) -> None:
    """Send word to ``people`` that ``comment`` speaks to them: what it says stays on the page."""
    with writing():
        for one in people:
            Message.objects.create(
                key=f"comment:{comment.pk}:{one.pk}", person=one, addressee=one.name, document="comment",
                matter=comment.matter, title=comment.matter.title[:300], day=day,
            )  # fmt: skip


def take_back(comment: Comment, by: By) -> None:
    """Withdraw ``comment``: that something was said stays, what it was goes."""
    with writing():
        Comment.objects.filter(pk=comment.pk).update(text="", withdrawn=True)
        record(by, "comment.take_back", f"matter:{comment.matter_id}", comment=comment.pk)


def said_since(matters: QuerySet[Matter], since: datetime, not_by: Person) -> QuerySet[Comment]:
    """What others than ``not_by`` have said about ``matters`` since then, the newest first."""
    found = Comment.objects.filter(matter__in=matters, at__gte=since, withdrawn=False).exclude(person=not_by)
    return found.select_related("person", "matter").order_by("-id")
