"""`configure FOLDER`: the county from its own files, and units and codes from the folder."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.journal import clock
from rinnalla.organizations.configuring.parts import load_parts
from rinnalla.organizations.configuring.people import load_people
from rinnalla.organizations.configuring.store import Tally
from rinnalla.organizations.configuring.tables import BadFile, Folder
from rinnalla.organizations.configuring.teams import load_teams
from rinnalla.services.configuring import load_catalogue


class Command(BaseCommand):
    help = str(
        gettext_lazy("Lukee hyvinvointialueen tiedostot sekä kansion yksiköt ja koodit uudelleen.")
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        try:
            with transaction.atomic():
                tally = configure(
                    Folder(Path(settings.COUNTY_DATA)), Folder(folder, f"{folder.name}/")
                )
        except BadFile as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from error
        self._tell(tally)

    def _tell(self, tally: Tally) -> None:
        line = _("%(file)s: %(rows)d riviä, uusia %(new)d, muuttuneita %(changed)d")
        for file, counts in sorted(tally.counts.items()):
            ended = _(", päättyneitä %d") % counts.ended if counts.ended else ""
            self.stdout.write(line % {"file": file, **vars(counts)} + ended)
        for note in tally.notes:
            self.stdout.write(note)


def configure(county: Folder, source: Folder) -> Tally:
    """Bring the county up to the files, and leave one journal row; must be inside a transaction."""
    tally = Tally()
    with connection.cursor() as cursor:
        # Two runs at once would create the same rows.
        cursor.execute("select pg_advisory_xact_lock(hashtext('rinnalla configure'))")
        now = clock.now(cursor)
        parts = load_parts(county, source, tally)
        people = load_people(county, parts, tally)
        load_teams(county, parts, people, tally, now)
        load_catalogue(county, parts, tally)
        _let_circles_follow(cursor, tally)
        cursor.execute(
            "select rinnalla.record_job('county.configured', '', null, %s::jsonb, '{}')",
            [json.dumps(tally.facts())],
        )
    return tally


def _let_circles_follow(cursor: Any, tally: Tally) -> None:
    cursor.execute(
        "select applications.follow(id) from applications_application"
        " where team_id = any(%s) and state not in ('ended', 'discarded')",
        [list(tally.teams)],
    )
