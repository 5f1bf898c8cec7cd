"""Mails that wait to be sent, sealed."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0013_site_facility'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=32, verbose_name='purpose')),
                ('about', models.CharField(blank=True, default='', max_length=64)),
                ('state', models.CharField(choices=[('queued', 'waits'), ('handing_over', 'is being handed over'), ('accepted', 'taken'), ('refused', 'not taken'), ('given_up', 'given up'), ('in_doubt', 'perhaps taken')], default='queued', max_length=12, verbose_name='state')),
                ('sealed', models.BinaryField(null=True)),
                ('tries', models.PositiveIntegerField(default=0, verbose_name='tries')),
                ('code', models.PositiveSmallIntegerField(default=0, verbose_name='last reply of the mail server')),
                ('queued_at', models.DateTimeField(verbose_name='queued')),
                ('tried_at', models.DateTimeField(blank=True, null=True, verbose_name='first try')),
                ('retry_at', models.DateTimeField(verbose_name='next try')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
            ],
            options={
                'verbose_name': 'mail',
                'verbose_name_plural': 'mails',
            },
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(models.F('retry_at'), condition=models.Q(('settled_at', None)), name='mail_due'),
        ),
        migrations.AddIndex(
            model_name='mail',
            index=models.Index(models.F('settled_at'), name='mail_settled'),
        ),
        migrations.AddConstraint(
            model_name='mail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed__isnull', False), ('settled_at', None), ('state__in', ('queued', 'handing_over'))), models.Q(('sealed', None), ('settled_at__isnull', False), ('state__in', ('accepted', 'refused', 'given_up', 'in_doubt'))), _connector='OR'), name='mail_settled_is_wiped'),
        ),
    ]
