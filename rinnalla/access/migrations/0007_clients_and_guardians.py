"""Which accounts are whose, who acts for whom, and which rows are kept from their client."""

import django.db.models.deletion
import rinnalla.lib.ids
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0006_proof_once'),
        ('clients', '0001_initial'),
        ('organizations', '0002_open_members'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClientAccount',
            fields=[
                ('id', models.UUIDField(default=rinnalla.lib.ids.uuid7, primary_key=True, serialize=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('email', models.CharField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('enrolled_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='client_accounts', to=settings.AUTH_USER_MODEL)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='accounts', to='clients.client')),
                ('enrolled_by', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('client',), name='one_open_account_a_client'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('account',), name='one_client_an_account'), models.CheckConstraint(condition=models.Q(('email', ''), ('phone', ''), _negated=True), name='a_client_account_can_be_reached')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.UUIDField(default=rinnalla.lib.ids.uuid7, primary_key=True, serialize=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('guardian_name', models.CharField(max_length=200)),
                ('scope', models.CharField(choices=[('all', 'kaikki asiat'), ('health', 'terveydenhuolto'), ('social', 'sosiaalihuolto')], max_length=20)),
                ('begins', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('denied_at', models.DateTimeField(null=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='mandates', to='clients.client')),
                ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='mandates_for_others', to='clients.client')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['guardian'], name='mandate_by_guardian')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('begins')), _connector='OR'), name='mandate_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(('client', models.F('guardian')), _negated=True), name='nobody_is_their_own_guardian')],
            },
        ),
        migrations.CreateModel(
            name='Withholding',
            fields=[
                ('id', models.UUIDField(default=rinnalla.lib.ids.uuid7, primary_key=True, serialize=False)),
                ('table', models.CharField(max_length=63)),
                ('thing', models.UUIDField()),
                ('ground', models.CharField(max_length=20)),
                ('about_third_person', models.BooleanField(default=True)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='clients.client')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('table', 'thing'), name='a_row_is_withheld_once')],
            },
        ),
    ]
