"""The light of every matter day by day. Matters that are there begin with the light that they were last given."""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def begin(apps: Any, _editor: Any) -> None:
    """A spell for each matter, from the day that it was last lit for."""
    matter, spell = apps.get_model("store", "Matter"), apps.get_model("store", "LightSpell")
    rows = matter.objects.values_list("pk", "light", "hollow", "light_day").iterator(chunk_size=500)
    today = timezone.localdate()
    made = [spell(matter_id=pk, light=light, hollow=hollow, since=day or today) for pk, light, hollow, day in rows]
    spell.objects.bulk_create(made, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("store", "0009_addresses")]

    operations = [
        migrations.CreateModel(
            name="LightSpell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("light", models.CharField(max_length=10)),
                ("hollow", models.BooleanField(default=False)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spells", to="store.matter"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["until", "since"], name="spell_days"),
                    models.Index(fields=["since"], name="spell_since"),
                ],
                "constraints": [models.UniqueConstraint(fields=("matter", "since"), name="spell_once_a_day")],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
