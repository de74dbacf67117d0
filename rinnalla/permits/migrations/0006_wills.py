"""Versions, informing, help and purpose of a permit; who is told that it ended."""

import django.db.models.deletion
import rinnalla.lib.ids
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0001_initial'),
        ('organizations', '0002_open_members'),
        ('permits', '0005_rights_of_clients'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecipientNotice',
            fields=[
                ('id', models.UUIDField(default=rinnalla.lib.ids.uuid7, primary_key=True, serialize=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('is_interim', models.BooleanField(default=False)),
                ('due', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('told_on', models.DateField(null=True)),
                ('way', models.CharField(blank=True, choices=[('phone', 'puhelimitse'), ('message', 'suojatulla viestillä'), ('face', 'kasvotusten'), ('letter', 'kirjeellä')], default='', max_length=20)),
                ('needs_open', models.GeneratedField(db_persist=True, expression=models.Case(models.When(then=models.Value(True), told_on__isnull=True), default=models.Value(None)), output_field=models.BooleanField(null=True))),
            ],
        ),
        migrations.AddField(
            model_name='permit',
            name='ended_as',
            field=models.CharField(blank=True, choices=[('withdrawn', 'peruttu'), ('changed', 'muutettu')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='permit',
            name='explained_by',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='permit',
            name='helped_by',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='permit',
            name='informed_by',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='permit',
            name='informed_language',
            field=models.CharField(blank=True, default='', max_length=3),
        ),
        migrations.AddField(
            model_name='permit',
            name='informed_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='permit',
            name='informed_way',
            field=models.CharField(blank=True, choices=[('spoken', 'suullisesti'), ('paper', 'paperilla'), ('portal', 'omilla sivuilla')], default='', max_length=20),
        ),
        migrations.AddField(
            model_name='permit',
            name='language',
            field=models.CharField(blank=True, default='', max_length=3),
        ),
        migrations.AddField(
            model_name='permit',
            name='leaflet',
            field=models.CharField(blank=True, default='', max_length=60),
        ),
        migrations.AddField(
            model_name='permit',
            name='purpose_code',
            field=models.CharField(blank=True, choices=[('matter', 'Asian käsittely tiimissä'), ('consultation', 'Työkyvyn tuen tiimin paperikonsultaatio'), ('telling', 'Suosituksen kertominen lähettäjälle'), ('plan', 'Yhteinen suunnitelma'), ('assessment', 'Palvelutarpeen arviointi'), ('services', 'Palvelujen yhteensovittaminen'), ('other', 'Muu syy, kerro omin sanoin')], default='', max_length=30),
        ),
        migrations.AddField(
            model_name='permit',
            name='replaces',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='replaced_by', to='permits.permit'),
        ),
        migrations.AddField(
            model_name='permit',
            name='understanding',
            field=models.CharField(blank=True, default='', max_length=300),
        ),
        migrations.AddField(
            model_name='permitrequest',
            name='paper_given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership'),
        ),
        migrations.AddField(
            model_name='permitrequest',
            name='paper_given_on',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='permit',
            name='form',
            field=models.CharField(choices=[('paper', 'paperilla'), ('spoken', 'suullisesti'), ('portal', 'omilla sivuilla')], max_length=20),
        ),
        migrations.AlterField(
            model_name='permit',
            name='purpose',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name='permit',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership'),
        ),
        migrations.AddIndex(
            model_name='permit',
            index=models.Index(condition=models.Q(('ends__isnull', False), ('withdrawn_at', None)), fields=['recorded_by', 'ends'], name='ending_permit_by_recorder'),
        ),
        migrations.AddConstraint(
            model_name='permit',
            constraint=models.UniqueConstraint(fields=('id', 'client'), name='permit_with_its_client'),
        ),
        migrations.AddField(
            model_name='recipientnotice',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, to='clients.client'),
        ),
        migrations.AddField(
            model_name='recipientnotice',
            name='organization',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='recipientnotice',
            name='owner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.RESTRICT, related_name='recipient_notices', to='organizations.membership'),
        ),
        migrations.AddField(
            model_name='recipientnotice',
            name='permit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='notices', to='permits.permit'),
        ),
        migrations.AddField(
            model_name='recipientnotice',
            name='recipient_unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.unit'),
        ),
        migrations.AddField(
            model_name='recipientnotice',
            name='told_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.membership'),
        ),
        migrations.AddField(
            model_name='recipientnotice',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='organizations.unit'),
        ),
        migrations.AddIndex(
            model_name='recipientnotice',
            index=models.Index(fields=['client'], name='notice_by_client'),
        ),
        migrations.AddIndex(
            model_name='recipientnotice',
            index=models.Index(condition=models.Q(('told_on', None)), fields=['owner', 'due'], name='untold_notice_by_owner'),
        ),
        migrations.AddConstraint(
            model_name='recipientnotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organization', None), ('recipient_unit__isnull', False)), models.Q(('organization__isnull', False), ('recipient_unit', None)), _connector='OR'), name='notice_is_for_an_organization_or_a_unit'),
        ),
    ]
