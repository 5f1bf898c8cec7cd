"""Wishes to be told by mail what is new in a search."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0015_messages'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('mark', models.CharField(editable=False, max_length=64)),
                ('key', models.CharField(editable=False, max_length=16)),
                ('rhythm', models.CharField(choices=[('daily', 'once a day at most'), ('weekly', 'once a week at most')], max_length=8, verbose_name='how often')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('created_at', models.DateTimeField(verbose_name='asked for')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('told_until', models.DateTimeField(blank=True, null=True, verbose_name='told until')),
                ('mail', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='trials.mail')),
                ('offered_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('next_at', models.DateTimeField(blank=True, null=True, verbose_name='next mail not before')),
                ('refusals', models.PositiveSmallIntegerField(default=0, verbose_name='mails refused, one after another')),
            ],
            options={
                'verbose_name': 'alert by mail',
                'verbose_name_plural': 'alerts by mail',
                'indexes': [models.Index(models.F('mark'), name='alert_by_mark'), models.Index(models.F('next_at'), name='alert_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('next_at', None), ('told_until', None)), models.Q(('confirmed_at__isnull', False), ('next_at__isnull', False), ('told_until__isnull', False)), _connector='OR'), name='alert_confirmed_is_timed')],
            },
        ),
    ]
