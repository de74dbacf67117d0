"""Openings by law or in an emergency, each with its ground and its review."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import rinnalla.lib.ids
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0011_inquiry'),
        ('clients', '0001_initial'),
        ('organizations', '0003_officer'),
    ]

    operations = [
        migrations.CreateModel(
            name='LawOpening',
            fields=[
                ('id', models.UUIDField(default=rinnalla.lib.ids.uuid7, primary_key=True, serialize=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('ground', models.CharField(max_length=20)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('opened_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('verdict', models.CharField(blank=True, choices=[('justified', 'perusteltu'), ('questioned', 'selvitettävä')], max_length=20)),
                ('review_words', models.CharField(blank=True, max_length=500)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='law_openings', to='clients.client')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership')),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['client'], name='law_opening_by_client'), models.Index(condition=models.Q(('reviewed_at', None)), fields=['opened_at'], name='law_opening_to_review')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('opened_at')), ('ends_at__lte', django.db.models.expressions.CombinedExpression(models.F('opened_at'), '+', models.Value(datetime.timedelta(seconds=3600))))), name='law_opens_for_an_hour_at_most'), models.CheckConstraint(condition=models.Q(('reviewed_at', None), models.Q(('reviewed_by', models.F('membership')), _negated=True), _connector='OR'), name='another_reviews_a_law_opening')],
            },
        ),
    ]
