"""`bin/rinnalla seat_key`: after RINNALLA_SEAT_KEY was changed, tell the database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from rinnalla.access.seat_key import install


class Command(BaseCommand):
    help = "Puts the key of the seat's proof (RINNALLA_SEAT_KEY) into the database."

    def handle(self, *args: Any, **options: Any) -> None:
        install(connection)
        self.stdout.write("The database has the new key.")
