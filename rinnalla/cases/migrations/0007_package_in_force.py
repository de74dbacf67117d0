"""Whether a package is in force, for the keys that see to its watch."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_orientation_rights")]

    operations = [
        migrations.AddField(
            model_name="servicepackage",
            name="in_force",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(ended_at=None, then=models.Value(True)), default=models.Value(None)
                ),
                output_field=models.BooleanField(null=True),
            ),
        )
    ]
