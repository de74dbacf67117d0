import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0009_anonymous_rights'),
        ('cases', '0006_orientation_rights'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='applications', to='cases.case'),
        ),
    ]
