"""`bin/rinnalla people`: whom one can sign in as in the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from rinnalla.home.access import demonstration_people
from rinnalla.home.people import lead_people


class Command(BaseCommand):
    help = "Lists the people of the first story; everybody else is on the page /esittely/."

    def handle(self, *args: Any, **options: Any) -> None:
        for member, what in lead_people(demonstration_people()):
            person = f"{member.user.get_full_name():<20} {member.title}, {member.unit.name}"
            self.stdout.write(f"  {person}: {what}")
