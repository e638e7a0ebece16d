"""Reports (报告) that were brought in: what lists show, and apart from it the text and the plan."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luoshi.store.models.people import Person


class Report(models.Model):
    """A report; ``revision`` counts corrections (compare-and-set)."""

    title = models.CharField(max_length=200)
    place = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=20, blank=True)
    year = models.IntegerField(null=True, blank=True)
    begins = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=20, default="report")
    state = models.CharField(max_length=20, default="open")
    label = models.CharField(max_length=10, default="internal")
    revision = models.IntegerField(default=0)
    items = models.IntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-year", "-id")

    def __str__(self) -> str:
        return self.title


class ReportBody(models.Model):
    """The exact text, the plan as it was read, and the corrections made since: three sealed texts, never queried."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, primary_key=True, related_name="body")
    text = models.TextField()
    plan = models.TextField()
    corrections = models.TextField(blank=True)
