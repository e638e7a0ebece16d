"""Evidence files (佐证材料): kept under an id of our own, whatever they were called."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luoshi.store.models.matters import Matter
from luoshi.store.models.people import Person


class EvidenceFile(models.Model):
    """A file in the home folder under ``key``; ``name`` is only ever shown."""

    key = models.CharField(max_length=40, unique=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="files")
    evidence = models.CharField(max_length=60)  # the id of the Evidence in the matter's body
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    label = models.CharField(max_length=10, default="internal")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
