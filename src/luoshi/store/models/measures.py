"""Readings (读数) of indicators, and the paths that targets are to follow."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from luoshi.store.models.people import Person
from luoshi.store.models.reports import Report
from luoshi.store.models.units import Unit


class Reading(models.Model):
    """One reading of one indicator; a later revision of the same period is a row of its own."""

    indicator = models.CharField(max_length=100)
    growth = models.BooleanField(default=False)
    begins = models.DateField()
    ends = models.DateField()
    value = models.DecimalField(max_digits=30, decimal_places=10)
    unit_word = models.CharField(max_length=30, blank=True)
    scope = models.CharField(max_length=20)  # cumulative, single, point
    source = models.CharField(max_length=200, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    rung = models.IntegerField(default=0)  # 0–5, of the ladder of evidence
    revision = models.IntegerField(default=0)
    broken = models.BooleanField(default=False)
    label = models.CharField(max_length=10, default="internal")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="readings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("indicator", "ends", "revision", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "growth", "scope", "begins", "ends", "revision"), name="reading_once"
            ),
        )
        indexes = (models.Index(fields=("ends",), name="reading_ends"),)


class Path(models.Model):
    """The path that a target of a report is to follow, as people agreed on it: JSON, never queried."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="paths")
    target = models.CharField(max_length=60)
    text = models.TextField()
    revision = models.IntegerField(default=0)
    updated = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("report", "target"), name="path_once"),)
