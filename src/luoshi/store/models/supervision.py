"""What stands beside a matter: its discussion, inspection visits and what they found."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luoshi.store.models.matters import Matter
from luoshi.store.models.people import Person
from luoshi.store.models.units import Unit


class Comment(models.Model):
    """A word said about a matter; a withdrawn one keeps its place and loses its text."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)


class Visit(models.Model):
    """An inspection (督查检查) of a unit: planned, held, closed."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="visits")
    title = models.CharField(max_length=200)
    day = models.DateField()
    days = models.IntegerField(default=1)
    kind = models.CharField(max_length=20, default="on_site")
    topic = models.CharField(max_length=100, blank=True)
    by_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=20, default="planned")
    revision = models.IntegerField(default=0)
    report = models.TextField(blank=True)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("day", "id")


class Finding(models.Model):
    """What an inspection found, who must mend it by when, and when it was closed (销号)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="findings")
    text = models.TextField()
    demand = models.TextField(blank=True)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="open")
    answer = models.TextField(blank=True)
    answered = models.DateField(null=True, blank=True)
    closed = models.DateField(null=True, blank=True)
    revision = models.IntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-id",)
