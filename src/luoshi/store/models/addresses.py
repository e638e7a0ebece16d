"""Where people want to be written to."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luoshi.store.cipher import ADDRESS, opened
from luoshi.store.models.people import Person


class Address(models.Model):
    """An address that a person gave: it holds secrets, so it lies here ``sealed``; ``shown`` is for people."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    channel = models.CharField(max_length=20)
    sealed = models.TextField()
    shown = models.CharField(max_length=500)
    added = models.DateTimeField(default=timezone.now)
    tried = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)

    @property
    def url(self) -> str:
        """Where to send, secrets and all. Raises :class:`luoshi.store.cipher.OtherSecret`."""
        return opened(self.sealed, ADDRESS)
