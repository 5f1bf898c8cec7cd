import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0002_plain_summary'),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftedSentence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=16, verbose_name='language')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('source_hash', models.CharField(help_text='SHA-256 of the words that it stands for', max_length=64)),
                ('text', models.TextField(verbose_name='drafted sentence')),
                ('model_name', models.CharField(max_length=200, verbose_name='language model')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='drafted')),
                ('trial', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='drafted_sentences', to='trials.trial')),
            ],
            options={
                'verbose_name': 'drafted sentence',
                'verbose_name_plural': 'drafted sentences',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(models.F('trial'), models.F('language'), models.F('source_hash'), name='one_draft_of_the_words'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='draft_says_something'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='draft_has_a_source'), models.CheckConstraint(condition=models.Q(('source_hash__regex', '^[0-9a-f]{64}$')), name='draft_hash_form')],
            },
        ),
    ]
