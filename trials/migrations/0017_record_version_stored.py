"""When each version of a record was stored."""

import django.db.models.functions.datetime
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('trials', '0016_alerts'),
    ]

    operations = [
        migrations.AddField(
            model_name='recordversion',
            name='stored_at',
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
        ),
        AddIndexConcurrently(
            model_name='recordversion',
            index=models.Index(models.F('stored_at'), name='record_version_stored'),
        ),
    ]
