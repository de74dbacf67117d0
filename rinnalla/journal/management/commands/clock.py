"""`clock [DAY|"DAY TIME"|real]`: shows the demonstration's clock, or moves it; it then runs on."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.journal import clock
from rinnalla.lib.days import HELSINKI

REAL = "real"
OPENING = time(9)


class Command(BaseCommand):
    help = str(gettext_lazy("Näyttää esittelyn kellon tai siirtää sen; siitä se käy eteenpäin."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("to", nargs="*", metavar="2026-11-03 [09:00] | real")

    @transaction.atomic
    def handle(self, *_args: Any, to: list[str], **_options: Any) -> None:
        with connection.cursor() as cursor:
            if to:
                _move(cursor, " ".join(to))
            shown = clock.now(cursor).astimezone(HELSINKI)
        self.stdout.write(f"{shown:%Y-%m-%d %H:%M:%S}")


def _move(cursor: clock.Cursor, words: str) -> None:
    if not clock.is_demonstration_clock(cursor):
        raise CommandError(_("Kelloa voi siirtää vain esittelyn tietokannassa."))
    clock.move(cursor, None if words == REAL else _instant(words))


def _instant(words: str) -> datetime:
    day, _space, clock_time = words.replace("T", " ").partition(" ")
    try:
        return datetime.combine(
            date.fromisoformat(day),
            time.fromisoformat(clock_time.replace(".", ":")) if clock_time else OPENING,
            tzinfo=HELSINKI,
        )
    except ValueError:
        message = _("”%s” ei ole päivä (2026-11-03) tai päivä ja aika (2026-11-03 09:00).")
        raise CommandError(message % words) from None
