"""The data protection officer is a role of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_open_members'),
    ]

    operations = [
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('practitioner', 'ammattilainen'), ('convener', 'koollekutsuja'), ('intake', 'asiakasrekisterin hoitaja'), ('unit_manager', 'esihenkilö'), ('administrator', 'pääkäyttäjä'), ('officer', 'tietosuojavastaava')], max_length=30),
        ),
    ]
