"""bin/rinnalla import SOURCE FILE: takes an extract of another system in."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rinnalla.imports.importing import Listener, Rejected, import_file
from rinnalla.imports.mapping import load_source, source_keys
from rinnalla.imports.reading import SourceUnreadable
from rinnalla.imports.reasons import WARNINGS, reason, unreadable


class Command(BaseCommand):
    help = "Takes an extract of another system in; what could not be read is told row by row."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", choices=source_keys(), metavar="SOURCE")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--report", type=Path, metavar="FILE", help="rejected rows, JSON Lines")
        parser.add_argument("--day", type=date.fromisoformat, help="the day of reading, YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = self._import(options)
        except SourceUnreadable as error:
            raise CommandError(unreadable(error), returncode=2) from error
        except OSError as error:
            sentence = _("Tiedostoa %(file)s ei voi avata: %(why)s.")
            why = {"file": error.filename, "why": error.strerror}
            raise CommandError(sentence % why, returncode=2) from error
        self.stdout.write(json.dumps(counts))

    def _import(self, options: dict[str, Any]) -> dict[str, int]:
        with ExitStack() as stack:
            stream = stack.enter_context(options["file"].open("rb"))
            report = options["report"]
            # The report is opened first: rows must not get in and their report be lost.
            lines = report and stack.enter_context(report.open("w", encoding="utf-8"))
            source = load_source(options["source"])
            write = _write_to(lines, bool(source.parts)) if lines else lambda row: None
            listener = Listener(self._tell, write)
            result = import_file(source, stream, day=options["day"], listener=listener)
        for warning in result.warnings:
            self.stderr.write(str(WARNINGS[warning]))
        counts = result.counts
        self.stderr.write(
            _("Uusia %(added)s, muuttuneita %(changed)s, hylättyjä %(bad)s.") % vars(counts)
        )
        names = ("records", "good", "bad", "duplicates")
        return {name: getattr(counts, name) for name in names}

    def _tell(self, records: int) -> None:
        end = "\r" if sys.stderr.isatty() else "\n"
        self.stderr.write(_("Luettu %(records)s riviä.") % {"records": records}, ending=end)


def _write_to(lines: TextIO, of_bundle: bool) -> Callable[[Rejected], None]:
    def write(row: Rejected) -> None:
        told = vars(row) | {"reason": reason(row.kind)}
        if of_bundle:
            # An entry has a number from 0 and the path of an element, no row and no column.
            told |= {"entry": told.pop("row"), "element": told.pop("column")}
        lines.write(json.dumps(told, ensure_ascii=False) + "\n")

    return write
