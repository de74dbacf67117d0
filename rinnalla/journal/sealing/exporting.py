"""The journal as JSON Lines, so that anybody may verify it without this program."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TextIO

from django.db import connection

from rinnalla.journal.sealing import checkpoints, reading
from rinnalla.journal.sealing.form import Entry, instant

FORM = "rinnalla-journal-1"


@dataclass
class Exported:
    """How much was written."""

    seals: int = 0
    entries: int = 0
    unsealed: int = 0


def export(file: TextIO) -> Exported:
    """Writes all of one moment: the chain, each batch's rows, then what is not sealed yet."""
    done = Exported()
    with reading.one_moment():
        _write(file, journal=FORM, exported=instant(datetime.now(UTC)))
        for seal in reading.seals():
            _write(file, seal=checkpoints.to_json(seal))
            done.seals += 1
        for number, entry in reading.sealed():
            if entry is not None:
                _write(file, batch=number, entry=_told(entry))
                done.entries += 1
        for entry in reading.unsealed():
            _write(file, batch=None, entry=_told(entry))
            done.unsealed += 1
        _write(file, end=vars(done))
    return done


def record(done: Exported) -> None:
    """The export is itself in the journal: what was taken out, by which login."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select rinnalla.record_job('journal.exported', '', null, %s::jsonb, null)",
            [json.dumps(vars(done))],
        )


def _told(entry: Entry) -> dict[str, Any]:
    return entry._asdict() | {"subjects": [subject._asdict() for subject in entry.subjects]}


def _write(file: TextIO, **line: Any) -> None:
    file.write(f"{json.dumps(line, ensure_ascii=False)}\n")
