"""`bin/rinnalla journal verify | export FILE`: is the log what it was, and the log itself."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rinnalla.journal.sealing import exporting
from rinnalla.journal.sealing.verifying import Verdict, verify


class Command(BaseCommand):
    help = "Verifies the journal's seals against the checkpoint, or exports it as JSON Lines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "export"])
        parser.add_argument("file", nargs="?", metavar="FILE", help="of the export")
        parser.add_argument(
            "--checkpoints", metavar="FILE", default=settings.CHECKPOINTS, help="the witness's file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "export":
            return self._export(options["file"])
        verdict = verify(Path(options["checkpoints"]))
        for line in told(verdict):
            self.stdout.write(line)
        if not verdict.ok:
            sys.exit(1)
        return None

    def _export(self, name: str | None) -> None:
        if not name:
            raise CommandError(_("Anna tiedosto, johon loki viedään."))
        try:
            # Never over something that is there, and for its owner's eyes alone.
            with open(name, "x", encoding="utf-8") as file:
                Path(name).chmod(0o600)
                done = exporting.export(file)
        except OSError as error:
            raise CommandError(
                _("Tiedostoa %(file)s ei voi kirjoittaa: %(reason)s.")
                % {"file": name, "reason": error.strerror}
            ) from error
        exporting.record(done)
        self.stdout.write(
            _("Viety: sinettejä %(seals)d, sinetöityjä rivejä %(entries)d, sinetöimättä %(tail)d.")
            % {"seals": done.seals, "entries": done.entries, "tail": done.unsealed}
        )


def told(verdict: Verdict) -> list[str]:
    """The verdict in plain sentences."""
    lines = [
        _("Sinettejä %(seals)d ja rivejä %(rows)d pitää. Tarkistuspisteen viimeinen on %(newest)d.")
        % {"seals": verdict.seals, "rows": verdict.rows, "newest": verdict.witnessed}
    ]
    if verdict.tail.rows:
        lines.append(
            _("Sinetöimättä on %(rows)d riviä, vanhin ajalta %(oldest)s (UTC).")
            % {"rows": verdict.tail.rows, "oldest": verdict.tail.oldest}
        )
    if verdict.ok and verdict.seals > verdict.witnessed:
        lines.append(
            _("Tarkistuspisteestä puuttuvat uusimmat sinetit: niiden loppua ei todista mikään.")
        )
    return [*lines, verdict.wrong or _("Loki on ehjä.")]
