"""Places that people search from, with their names; pg_trgm finds the misspelled ones."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models import Q


def run_what_waits(apps, schema_editor):
    """With nothing left for later, Django notes the migration in its own transaction: a stop falls before or after."""
    for statement in schema_editor.deferred_sql:
        schema_editor.execute(statement)
    schema_editor.deferred_sql.clear()


class Migration(migrations.Migration):
    dependencies = [("trials", "0007_trial_index")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("CITY", "CITY"), ("ZIP", "ZIP")], max_length=4)),
                ("name", models.TextField()),
                ("name_zh", models.TextField(blank=True, default="")),
                ("region", models.TextField(blank=True, default="")),
                ("country_code", models.CharField(max_length=2)),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("population", models.PositiveIntegerField(default=0)),
                ("postal_code", models.CharField(blank=True, default="", max_length=5)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(kind__in=["CITY", "ZIP"]), name="place_kind_known"),
                    models.CheckConstraint(condition=Q(country_code__regex="^[A-Z]{2}$"), name="place_country_code_form"),
                    models.CheckConstraint(
                        condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="place_point_on_earth"
                    ),
                    models.CheckConstraint(
                        condition=Q(kind="ZIP", postal_code__regex="^[0-9]{5}$") | Q(kind="CITY", postal_code=""),
                        name="place_postal_code_of_zip",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folded", models.TextField()),
                ("weight", models.IntegerField()),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="names", to="trials.place",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["folded"], include=("weight", "place"), name="place_name_begins",
                        opclasses=["text_pattern_ops"],
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=Q(folded__regex="^[a-z]"), fields=["folded"], name="place_name_misspelled",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
            },
        ),
        migrations.RunPython(run_what_waits, migrations.RunPython.noop),
    ]
