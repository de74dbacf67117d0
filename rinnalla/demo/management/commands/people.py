"""`bin/rinnalla people`: whom one can sign in as in the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from rinnalla.home.people import LEADS
from rinnalla.organizations.models import Membership


class Command(BaseCommand):
    help = "Lists the people of the first story; everybody else is on the page /esittely/."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Membership.objects.filter(user__username__in=LEADS, is_open=True)
        shown: set[str] = set()
        for row in rows.select_related("user", "unit").order_by("unit__code"):
            if row.user.username not in shown:
                shown.add(row.user.username)
                self.stdout.write(
                    f"  {row.user.get_full_name():<20} {row.title}, {row.unit.name}: "
                    f"{LEADS[row.user.username]}"
                )
