"""`bin/rinnalla end-membership PERSON [--unit CODE] [--role ROLE] [--account]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rinnalla.accounts.models import User
from rinnalla.closing.operations import Moved, disable_account, end_membership
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Membership


class Command(BaseCommand):
    help = "Ends a person's membership, or with --account all of them and the account; at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("person", metavar="PERSON", help="the account's name")
        parser.add_argument("--unit", metavar="CODE", default="")
        parser.add_argument("--role", choices=Membership.Role.values, default="")
        parser.add_argument("--account", action="store_true", help="close the account, too")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["person"]).first()
        if user is None:
            raise CommandError(_("Tunnusta ei ole: %(name)s.") % {"name": options["person"]})
        try:
            if options["account"]:
                moved = disable_account(user)
            else:
                moved = [end_membership(self._one(user, options["unit"], options["role"]))]
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from refusal
        for each in moved:
            self.stdout.write(_told(each))

    def _one(self, user: User, unit: str, role: str) -> Membership:
        rows = Membership.objects.filter(user=user, ended_at=None)
        rows = rows.filter(unit__code=unit) if unit else rows
        found = list((rows.filter(role=role) if role else rows)[:2])
        if len(found) != 1:
            raise CommandError(
                _("Tehtäviä on %(n)s. Rajaa yksiköllä (--unit) ja roolilla (--role).")
                % {"n": _("ei yhtään") if not found else _("useita")}
            )
        return found[0]


def _told(moved: Moved) -> str:
    return _(
        "Päättynyt. %(holder)s hoitaa toistaiseksi: asioita %(applications)d, "
        "asiakkaita %(cases)d, tehtäviä %(steps)d, tiimejä %(teams)d."
    ) % vars(moved)
