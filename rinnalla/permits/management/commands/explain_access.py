"""`bin/rinnalla explain-access PERSON CLIENT`: which row of the access rule holds, or what not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.accounts.models import User
from rinnalla.clients.models import Client
from rinnalla.permits.explaining import Explained, explain


class Command(BaseCommand):
    help = "Tells what a person may see of a client, for each membership and unit, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="username")
        parser.add_argument("client", help="the client's number")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["person"]).first()
        client = Client.objects.filter(number=options["client"]).first()
        if user is None or client is None:
            raise CommandError(_("Henkilöä tai asiakasta ei ole."))
        explained = explain(user, client)
        self.stdout.write(f"{user.get_full_name()} → {client} ({client.number})")
        if not explained:
            self.stdout.write(_("Ei avointa tehtävää: ei näe mitään."))
        for one in explained:
            self._tell(one)

    def _tell(self, one: Explained) -> None:
        unit = one.membership.unit
        self.stdout.write(f"\n{one.membership.title}, {unit.code} {unit.name}")
        for words in one.circle:
            self.stdout.write(_("  asiayhteys – %(why)s") % {"why": words})
        for words in one.shared:
            self.stdout.write(_("  jaettu – asia, jossa %(why)s") % {"why": words})
        for answer, units in one.answers.items():
            self.stdout.write(f"  {answer}:")
            self.stdout.write(f"    {', '.join(unit.code for unit in units)}")
