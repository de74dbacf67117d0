"""`bin/rinnalla guarantees`: whether they hold on the data as it is; 1 when one does not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rinnalla.closing.guarantees import CHECKS, broken


class Command(BaseCommand):
    help = "Looks for rows that break a guarantee, and prints them or that there are none."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(broken())
        for one in found:
            self.stdout.write(f"{one.what}: {one.row}")
        if found:
            raise CommandError(f"{len(found)} rows break a guarantee.")
        self.stdout.write(f"None: {len(CHECKS)} questions asked, every guarantee holds.")
