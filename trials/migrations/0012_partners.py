"""Clinics that show the finder on their own pages, and how often it was looked at there."""

import django.core.validators
import django.db.models.deletion
import trials.models.partner
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trials', '0011_our_studies'),
    ]

    operations = [
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(default=trials.models.partner.new_key, editable=False, max_length=32, unique=True, verbose_name='key')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('active', models.BooleanField(default=True, verbose_name='active')),
                ('allowed_origins', models.TextField(max_length=6000, verbose_name='pages that may show the finder')),
                ('language', models.CharField(choices=trials.models.partner.language_choices, default='en', max_length=10, verbose_name='language')),
                ('shows', models.CharField(choices=[('both', 'The list of studies and the questionnaire'), ('browse', 'The list of studies'), ('check', 'The questionnaire')], default='both', max_length=10, verbose_name='what to show')),
                ('accent', models.CharField(blank=True, default='', max_length=7, verbose_name='colour')),
                ('logo', models.BinaryField(blank=True, null=True, verbose_name='logo')),
                ('logo_width', models.PositiveSmallIntegerField(default=0)),
                ('logo_height', models.PositiveSmallIntegerField(default=0)),
                ('near', models.CharField(blank=True, default='', max_length=100, verbose_name='place or country')),
                ('radius_km', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(20000)], verbose_name='distance in km')),
                ('own_sites', models.TextField(blank=True, default='', max_length=4000, verbose_name='names of the clinic’s own sites')),
                ('own_sites_first', models.BooleanField(default=True, verbose_name='own sites first')),
                ('letterhead', models.TextField(blank=True, default='', max_length=400, verbose_name='head of the page for the doctor')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('conditions', models.ManyToManyField(blank=True, related_name='+', to='trials.condition', verbose_name='conditions')),
            ],
            options={
                'verbose_name': 'partner',
                'verbose_name_plural': 'partners',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='PartnerViews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('nct_id', models.CharField(blank=True, default='', max_length=32, verbose_name='study')),
                ('views', models.PositiveIntegerField(default=1, verbose_name='page views')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='views', to='trials.partner')),
            ],
            options={
                'verbose_name': 'page views of a partner',
                'verbose_name_plural': 'page views of partners',
            },
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(('accent__regex', '^(#[0-9a-f]{6})?$')), name='partner_accent_form'),
        ),
        migrations.AddConstraint(
            model_name='partner',
            constraint=models.CheckConstraint(condition=models.Q(('radius_km', None), models.Q(('near', ''), _negated=True), _connector='OR'), name='partner_radius_from_place'),
        ),
        migrations.AddConstraint(
            model_name='partnerviews',
            constraint=models.UniqueConstraint(fields=('partner', 'day', 'nct_id'), name='partner_views_once'),
        ),
    ]
