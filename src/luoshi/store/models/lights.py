"""The light of every matter day by day, kept as the days from which to which it was the same."""

from __future__ import annotations

from django.db import models

from luoshi.store.models.matters import Matter


class LightSpell(models.Model):
    """From ``since`` until the day before ``until`` (still, where there is none) the light of a matter was this one."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="spells")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    light = models.CharField(max_length=10)
    hollow = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "since"), name="spell_once_a_day"),)
        indexes = (
            models.Index(fields=("until", "since"), name="spell_days"),
            models.Index(fields=("since",), name="spell_since"),
        )
