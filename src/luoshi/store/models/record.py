"""The record (台账): entries in a sealed chain, its head, where the head was anchored, and what was done already."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

from luoshi.store.models.people import Person


class AppendOnly(models.Model):
    """A row is written once. What the ORM offers to change or remove one raises TypeError."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("the record is append-only")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("the record is append-only")


class LedgerEntry(AppendOnly):
    """One entry; ``body`` is the canonical text that the seal covers, the other columns repeat it for lists."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.CharField(max_length=60)
    role = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    algorithm = models.CharField(max_length=10)
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=("subject", "sequence"), name="ledger_subject"),
            models.Index(fields=("action", "at"), name="ledger_action_at"),
            models.Index(fields=("at",), name="ledger_at"),
        )


class LedgerHead(models.Model):
    """The last entry's number and seal: one row, taken with compare-and-set by whoever writes the next entry."""

    id = models.IntegerField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64)


class Anchor(AppendOnly):
    """A head that was written outside, and where it is kept."""

    sequence = models.BigIntegerField()
    seal = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    kept = models.CharField(max_length=200)


class Done(models.Model):
    """The key of an act that was done: the same key a second time does nothing."""

    key = models.CharField(max_length=100, unique=True)
    answer = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
