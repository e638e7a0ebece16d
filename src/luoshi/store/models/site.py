"""What belongs to the site as a whole: its settings, messages waiting to be sent, views that people saved."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luoshi.store.models.matters import Matter
from luoshi.store.models.people import Person
from luoshi.store.models.units import Unit


class Setting(models.Model):
    """A choice of the site (profile of lights, calendar …): ``value`` is text, JSON where it is more than a word."""

    name = models.CharField(max_length=60, unique=True)
    value = models.TextField(blank=True)
    revision = models.IntegerField(default=0)
    updated = models.DateTimeField(default=timezone.now)


class Message(models.Model):
    """A message in the outbox: written with the change that it tells of, sent later; ``key`` once only."""

    key = models.CharField(max_length=120, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    addressee = models.CharField(max_length=100)  # the unit or post as the notice names it
    document = models.CharField(max_length=30)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    day = models.DateField()
    created = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, default="waiting")  # waiting, sent, failed, skipped
    tries = models.IntegerField(default=0)
    next_try = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    read = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("state", "next_try"), name="message_state"),
            models.Index(fields=("unit", "created"), name="message_unit"),
        )


class SavedView(models.Model):
    """Filters of a list under a name; without a person everyone of the site has it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="views")
    page = models.CharField(max_length=30, default="register")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=("person", "page", "name"), name="view_name_once"),)
