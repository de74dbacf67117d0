"""`bin/rinnalla demo`: the county, the extracts, and the stories until Saturday 31.10.2026."""

import os
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from rinnalla.demo.events import STORIES_TOLD
from rinnalla.demo.stage import DAY, Stage, moment, owner_connection
from rinnalla.demo.stories import (
    akse,
    booked,
    duplicates,
    met,
    named,
    neighbours,
    officer,
    own_page,
    permits,
    unnamed,
)
from rinnalla.journal.clock import install_demonstration_clock, is_demonstration_clock, move


class Command(BaseCommand):
    help = "Fills an empty database with the demonstration; a second time changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        with owner_connection() as owner:
            if owner.execute("select 1 from applications_application limit 1").fetchone():
                self.stdout.write("The stories have been told already.")
                return
            county = owner.execute("select 1 from organizations_organization").fetchone()
            # A telling that was cut short goes on: its clock tells it from a county's own database.
            if county and not is_demonstration_clock(owner.cursor()):
                raise CommandError("This database has a county in it: no stories are told here.")
            install_demonstration_clock(owner.cursor())
            move(owner.cursor(), moment(f"{DAY} 06.00"))
            self._take_in()
            self._tell(Stage(owner))
            officer.ask_about(Stage(owner))
            move(owner.cursor(), moment(f"{DAY} 09.00"))
            owner.execute("select rinnalla.record_job(%s, null, null, null, null)", [STORIES_TOLD])
        self.stdout.write(f"The stories are told until {DAY}.")

    @transaction.atomic
    def _tell(self, stage: Stage) -> None:
        """All of the stories, or none: a telling that is cut short begins anew."""
        cases = (named, met, booked)
        for story in (akse, neighbours, permits, own_page, duplicates, unnamed, *cases, officer):
            story.tell(stage)

    def _take_in(self) -> None:
        """The county and the extracts, in a process of the import's own role, on this database."""
        url = os.environ["DATABASE_IMPORT_URL"]
        variables = os.environ | {"RINNALLA_ROLE": "import", "DATABASE_IMPORT_URL": url}
        subprocess.run(
            [sys.executable, "-m", "django", "demo_extracts"],
            env=variables | {"DJANGO_SETTINGS_MODULE": "rinnalla.config.settings"},
            cwd=settings.BASE_DIR,
            check=True,
            stdout=subprocess.DEVNULL,
        )
