"""What a client asks of the own log."""


import django.db.models.deletion
import rinnalla.lib.ids
import uuid
from django.db import migrations, models

from rinnalla.access.policies import ONESELF, client_table


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_sharing'),
        ('clients', '0001_initial'),
        ('organizations', '0002_open_members'),
    ]

    operations = [
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.UUIDField(default=rinnalla.lib.ids.uuid7, primary_key=True, serialize=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('entry', models.UUIDField(null=True)),
                ('asked_by', models.UUIDField()),
                ('asked_at', models.DateTimeField()),
                ('words', models.TextField()),
                ('due', models.DateField()),
                ('answer', models.TextField(blank=True, default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='inquiries', to='clients.client')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['client'], name='inquiry_by_client')],
            },
        ),
        # Asked through a function; the officer answers through one.
        client_table("access_inquiry", ONESELF, insert=None),
    ]
