import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0004_doubted_sentences'),
    ]

    operations = [
        migrations.CreateModel(
            name='GoldenPatient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(blank=True, editable=False, max_length=64, null=True, unique=True, verbose_name='bundled as')),
                ('name', models.CharField(help_text='Disease, age and what matters. Invent; never take a real person.', max_length=200, verbose_name='patient')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='answers')),
                ('note', models.TextField(blank=True, default='', verbose_name='note')),
                ('active', models.BooleanField(default=True, help_text='Only active patients are compared.', verbose_name='active')),
                ('from_editor', models.BooleanField(default=False, editable=False, verbose_name='set by an editor')),
            ],
            options={
                'verbose_name': 'golden patient',
                'verbose_name_plural': 'golden patients',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='golden_patient_has_a_name'), models.CheckConstraint(condition=models.Q(('slug__isnull', False), ('from_editor', True), _connector='OR'), name='golden_patient_bundled_or_edited')],
            },
        ),
        migrations.CreateModel(
            name='GoldenVerdict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nct_id', models.CharField(max_length=32, verbose_name='study id')),
                ('verdict', models.CharField(choices=[('may_fit', 'may fit'), ('does_not_fit', 'does not fit'), ('unknown', 'not known')], max_length=16, verbose_name='expected')),
                ('reason', models.TextField(blank=True, default='', verbose_name='why the text says so')),
                ('patient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='expected', to='trials.goldenpatient')),
            ],
            options={
                'verbose_name': 'expected verdict',
                'verbose_name_plural': 'expected verdicts',
                'ordering': ('patient_id', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('patient'), models.F('nct_id'), name='one_expected_verdict'), models.CheckConstraint(condition=models.Q(('nct_id', ''), _negated=True), name='expected_verdict_of_a_study'), models.CheckConstraint(condition=models.Q(('verdict__in', ['may_fit', 'does_not_fit', 'unknown'])), name='expected_verdict_known')],
            },
        ),
    ]
