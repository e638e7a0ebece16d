"""Indexes for what the overview counts by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0012_belonging")]

    operations = [
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["lead", "light", "hollow"], name="matter_lead_light"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["leader", "light", "hollow"], name="matter_leader_light"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["theme", "light", "hollow"], name="matter_theme_light"),
        ),
    ]
