"""A sponsor is looked for by the beginning, the end or the whole of its name, in any case."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trials", "0009_watch_all_shown")]

    operations = [
        migrations.AddIndex(
            model_name="trialsponsor",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("name"), name="gin_trgm_ops"
                ),
                name="sponsor_name",
            ),
        ),
    ]
