"""Feedback is left by anybody, and read by those who look after the program, at the database."""

from django.db import migrations

from rinnalla.access.policies import plain


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial"), ("access", "0002_rights_below")]

    operations = [plain("home_feedback", "insert")]
