"""Where people want to be written to."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luoshi.store.models.people import Person


class Address(models.Model):
    """An address that a person gave: ``url`` holds secrets and is shown to nobody, ``shown`` is."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    channel = models.CharField(max_length=20)
    url = models.CharField(max_length=500)
    shown = models.CharField(max_length=500)
    added = models.DateTimeField(default=timezone.now)
    tried = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
