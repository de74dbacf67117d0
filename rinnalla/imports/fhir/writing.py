"""From the good entries of a bundle to rows, each type by the writer of its own table."""

from collections.abc import Iterator
from datetime import date

from rinnalla.imports.county import County
from rinnalla.imports.mapping import Source
from rinnalla.imports.outcomes import Good
from rinnalla.imports.records import Late, RecordWriter


class BundleWriter:
    """Takes the entries of a bundle; people and organizations are matched, and not written."""

    def __init__(self, source: Source, county: County, day: date) -> None:
        self._writers = {
            name: RecordWriter(part, county, day)
            for name, part in source.parts.items()
            if part.into
        }

    def prepare(self) -> None:
        """Makes the tables for the entries of this import."""
        for writer in self._writers.values():
            writer.prepare()

    def write(self, records: list[Good]) -> None:
        """Puts a batch of entries beside what is stored."""
        for name, writer in self._writers.items():
            if of_type := [record for record in records if record.part == name]:
                writer.write(of_type)

    def late_faults(self) -> Iterator[Late]:
        """Entries that only the whole bundle shows to be bad: there are none here."""
        return iter(())

    def finish(self) -> tuple[int, int]:
        """Writes what is new or corrected, and says how many of each."""
        counts = [writer.finish() for writer in self._writers.values()]
        return sum(added for added, _ in counts), sum(changed for _, changed in counts)
