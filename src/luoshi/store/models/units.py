"""Units (单位): a tree, and every name by which a report or a person calls one."""

from __future__ import annotations

from django.db import models


class Unit(models.Model):
    """A unit (单位) and the one it belongs to; ``rank`` is its place in lists.

    A closed one gets no new duties: its names mean its successor since.
    """

    name = models.CharField(max_length=100, unique=True)
    short_name = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20, default="bureau")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    rank = models.IntegerField(default=0)
    closed = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ("rank", "id")

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """A name that means one unit: its own, its short name, what a report calls it."""

    name = models.CharField(max_length=100, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
