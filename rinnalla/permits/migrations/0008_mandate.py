"""By which mandate a guardian gave a permit."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0010_sharing'),
        ('permits', '0007_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='permit',
            name='mandate',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='access.mandate'),
        ),
    ]
