"""Messages of visitors to study teams, and to clinics that want them."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0014_mail'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('nct_id', models.CharField(max_length=32, verbose_name='study')),
                ('state', models.CharField(choices=[('unconfirmed', 'waits for the sender’s word'), ('waiting', 'on its way'), ('sent', 'taken by the team’s mail server'), ('in_doubt', 'perhaps taken'), ('refused', 'not taken')], default='unconfirmed', max_length=12, verbose_name='state')),
                ('sealed', models.BinaryField(null=True)),
                ('created_at', models.DateTimeField(verbose_name='written')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
            ],
            options={
                'verbose_name': 'message to a study team',
                'verbose_name_plural': 'messages to study teams',
            },
        ),
        migrations.CreateModel(
            name='MailboxUse',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=16)),
                ('mark', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(models.F('purpose'), models.F('mark'), models.F('used_at'), name='mailbox_use_by_mark'), models.Index(models.F('used_at'), name='mailbox_use_by_time')],
            },
        ),
        migrations.AddField(
            model_name='partner',
            name='message_address',
            field=models.EmailField(blank=True, db_default='', default='', max_length=254, verbose_name='address for messages'),
        ),
        migrations.AddField(
            model_name='partner',
            name='takes_messages',
            field=models.BooleanField(db_default=False, default=False, verbose_name='visitors may write to us'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(('takes_messages', False), models.Q(('message_address', ''), _negated=True), _connector='OR'), name='partner_messages_have_address'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(models.F('created_at'), name='message_created'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed__isnull', False), ('settled_at', None), ('state__in', ('unconfirmed', 'waiting'))), models.Q(('sealed', None), ('settled_at__isnull', False), ('state__in', ('sent', 'in_doubt', 'refused'))), _connector='OR'), name='message_settled_is_wiped'),
        ),
    ]
