"""Addresses of messages lie locked, roles have days, a matter knows whether somebody has labelled it."""

from __future__ import annotations

import json
from typing import Any

from django.db import migrations, models

from luoshi.store.cipher import ADDRESS, locked, opened


def lock(apps: Any, _: Any) -> None:
    addresses = apps.get_model("store", "Address").objects
    for pk, text in list(addresses.values_list("pk", "sealed")):
        addresses.filter(pk=pk).update(sealed=locked(text, ADDRESS))


def unlock(apps: Any, _: Any) -> None:
    addresses = apps.get_model("store", "Address").objects
    for pk, text in list(addresses.values_list("pk", "sealed")):
        addresses.filter(pk=pk).update(sealed=opened(text, ADDRESS))


def label(apps: Any, _: Any) -> None:
    bodies = apps.get_model("store", "MatterBody").objects.values_list("pk", "text").order_by("pk")
    said = [pk for pk, text in bodies.iterator(chunk_size=500) if json.loads(text).get("openness")]
    for at in range(0, len(said), 500):
        apps.get_model("store", "Matter").objects.filter(pk__in=said[at : at + 500]).update(labelled=True)


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0010_light_spells"),
    ]

    operations = [
        migrations.RenameField(model_name="address", old_name="url", new_name="sealed"),
        migrations.AlterField(model_name="address", name="sealed", field=models.TextField()),
        migrations.RunPython(lock, unlock),
        migrations.AddField(model_name="matter", name="labelled", field=models.BooleanField(default=False)),
        migrations.RunPython(label, migrations.RunPython.noop),
        migrations.AddField(model_name="rolegrant", name="since", field=models.DateField(blank=True, null=True)),
        migrations.AddField(model_name="rolegrant", name="until", field=models.DateField(blank=True, null=True)),
    ]
