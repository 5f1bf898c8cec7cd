"""Studies of our conditions get indexes of their own; where sites are is told by the terms of a study."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0010_sponsor_names'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='site',
            name='site_on_earth',
        ),
        migrations.RemoveIndex(
            model_name='trialindex',
            name='index_titles',
        ),
        migrations.RemoveIndex(
            model_name='trialindex',
            name='index_facets',
        ),
        migrations.AddIndex(
            model_name='trialindex',
            index=django.contrib.postgres.indexes.GinIndex(models.F('terms'), condition=models.Q(('hidden', False), ('in_scope', True)), name='index_our_terms'),
        ),
        migrations.AddIndex(
            model_name='trialindex',
            index=django.contrib.postgres.indexes.GinIndex(models.F('texts'), condition=models.Q(('hidden', False), ('in_scope', True)), name='index_our_texts'),
        ),
        migrations.AddIndex(
            model_name='trialindex',
            index=models.Index(models.F('facets'), condition=models.Q(('hidden', False), ('in_scope', True)), include=('trial', 'first_posted_on'), name='index_facets'),
        ),
        migrations.AddIndex(
            model_name='trialindex',
            index=models.Index(models.F('countries'), condition=models.Q(('hidden', False), ('in_scope', True)), include=('trial',), name='index_countries'),
        ),
    ]
