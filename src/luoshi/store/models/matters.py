"""Matters (事项): the columns that lists sort and filter by, and apart from them the whole matter as JSON."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.reports import Report
from luoshi.store.models.units import Unit


class Matter(models.Model):
    """A matter of a report under supervision. Every column but ``label`` and ``report`` is derived from its body."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="matters")
    item = models.CharField(max_length=60)
    place = models.IntegerField(default=0)
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    theme = models.CharField(max_length=100, blank=True)
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="led")
    lead_name = models.CharField(max_length=100, blank=True)
    leader = models.CharField(max_length=40, blank=True)
    important = models.BooleanField(default=False)
    due = models.DateField(null=True, blank=True)
    light = models.CharField(max_length=10, default="grey")
    hollow = models.BooleanField(default=False)
    light_day = models.DateField(null=True, blank=True)
    progress_class = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=10, default="internal")  # public, internal, secret (工作秘密)
    labelled = models.BooleanField(default=False)  # somebody said so; else internal is only what is safe
    reported = models.DecimalField(max_digits=7, decimal_places=3, default=0)
    verified = models.DecimalField(max_digits=7, decimal_places=3, default=0)
    reported_on = models.DateField(null=True, blank=True)
    revision = models.IntegerField(default=0)
    updated = models.DateTimeField()

    class Meta:
        ordering = ("report_id", "place", "id")
        constraints = (models.UniqueConstraint(fields=("report", "item"), name="matter_item_once"),)
        indexes = (
            models.Index(fields=("report", "place"), name="matter_place"),
            models.Index(fields=("lead", "state"), name="matter_lead_state"),
            models.Index(fields=("state", "due"), name="matter_state_due"),
            models.Index(fields=("light",), name="matter_light"),
            models.Index(fields=("due",), name="matter_due"),
            models.Index(fields=("updated",), name="matter_updated"),
            # What the overview counts by, so that it counts in the index alone and reads no row.
            models.Index(fields=("lead", "light", "hollow"), name="matter_lead_light"),
            models.Index(fields=("leader", "light", "hollow"), name="matter_leader_light"),
            models.Index(fields=("theme", "light", "hollow"), name="matter_theme_light"),
        )

    def __str__(self) -> str:
        return self.title


class MatterBody(models.Model):
    """The matter as :class:`luoshi.supervise.Matter` writes it; never queried."""

    matter = models.OneToOneField(Matter, on_delete=models.CASCADE, primary_key=True, related_name="body")
    text = models.TextField()


class MatterUnit(models.Model):
    """A unit that has a part in a matter: ``lead`` or ``help``. What a unit may see is read from here."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=10)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "unit"), name="matter_unit_once"),)


class Gram(models.Model):
    """Two characters that stand side by side in a matter's words: the index that finding by words goes by.

    Full-text indexes of databases either do not find two Chinese characters or are not portable.
    """

    gram = models.CharField(max_length=8)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = (models.Index(fields=("gram", "matter"), name="gram_matter"),)
