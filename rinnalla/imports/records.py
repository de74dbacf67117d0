"""Visits, services and benefits: from good records to rows, and to the circles of named workers."""

from collections.abc import Iterator, Sequence
from datetime import date
from operator import itemgetter

from django.apps import apps
from django.db.models import Field

from rinnalla.imports import same_visit
from rinnalla.imports.county import County
from rinnalla.imports.mapping import Source
from rinnalla.imports.outcomes import Good
from rinnalla.imports.staging import copy_rows, execute, fetch, fresh_ids
from rinnalla.imports.values import Fault, Value

Late = tuple[int, int, Fault]
_HEAD = ("id", "client_id", "unit_id", "source", "source_key", "fingerprint", "known_on")
_NAMED_CAUSE = "own_worker"
_LONGEST_WORKER = 200


class RecordWriter:
    """Takes the records of one source whose rows belong to clients already known."""

    def __init__(self, source: Source, county: County, day: date) -> None:
        model = apps.get_model(source.into)
        self._source = source
        self._county = county
        self._day = day
        self._table = model._meta.db_table
        self._staged = f"staged_{self._table}"
        self._has_worker = "worker" in source.fields or source.worker is not None
        self._hetu = source.rules.client or 0
        self._unit = source.place("unit") if "unit" in source.fields else None
        kept = [
            (place, column.field)
            for place, column in enumerate(source.columns)
            if column.field not in {"", "hetu", "unit", "source_key"}
        ]
        self._kept = [field for _, field in kept]
        self._kept_values = itemgetter(*(place for place, _ in kept))
        self._ids = fresh_ids()
        self._taken_back: list[str] = []
        self._columns = (*_HEAD, *self._own_columns(), *self._empty_columns(model._meta.fields))

    def _own_columns(self) -> list[str]:
        worker = ["worker"] if self._source.worker else []
        return self._kept + list(self._source.fixed) + worker

    def _empty_columns(self, fields: Sequence["Field[object, object]"]) -> list[str]:
        own = {*_HEAD, *self._own_columns()}
        names = [field.attname for field in fields if not field.null and field.attname not in own]
        self._empty = [""] * len(names)
        return names

    def prepare(self) -> None:
        """Makes the table for the records of this import."""
        execute(f"create temporary table {self._staged} (like {self._table}) on commit drop")

    def write(self, records: list[Good]) -> None:
        """Puts a batch of records beside what is stored."""
        if self._source.retracted:
            state = self._source.place("state")
            gone = [r for r in records if r.values[state] == self._source.retracted]
            self._taken_back += [str(r.values[self._source.key_place]) for r in gone]
            records = [r for r in records if r.values[state] != self._source.retracted]
        copy_rows(self._staged, self._columns, map(self._row, records))

    def _row(self, record: Good) -> list[object]:
        values = record.values
        row: list[object] = [
            next(self._ids),
            self._county.client_id(str(values[self._hetu])),
            self._unit_id(values),
            self._source.key,
            values[self._source.key_place],
            record.digest,
            self._day,
        ]
        row.extend(self._kept_values(values))
        row.extend(self._source.fixed.values())
        if self._source.worker:
            named = self._source.worker.named(str(values[self._source.worker.place]))
            row.append(named if len(named) <= _LONGEST_WORKER else "")
        row.extend(self._empty)
        return row

    def _unit_id(self, values: tuple[Value, ...]) -> str:
        if self._unit is None:
            return self._county.kela_unit
        return self._county.unit_ids[str(values[self._unit])]

    def late_faults(self) -> Iterator[Late]:
        """Records that only the whole file shows to be bad: there are none here."""
        return iter(())

    def finish(self) -> tuple[int, int]:
        """Writes what is new or corrected, and says how many of each."""
        if self._has_worker:
            self._remember_named()
        if self._table == same_visit.TABLE:
            same_visit.part(self._staged)
        names = ", ".join(self._columns)
        changes = ", ".join(f"{name} = excluded.{name}" for name in self._columns[1:])
        counts = fetch(
            f"with written as (insert into {self._table} as stored ({names})"
            f" select {names} from {self._staged}"
            f" on conflict (source, source_key) do update set {changes}"
            " where stored.fingerprint <> excluded.fingerprint returning xmax = 0 as added)"
            " select count(*) filter (where added), count(*) filter (where not added) from written"
        )
        if self._table == same_visit.TABLE:
            same_visit.join()
        if self._has_worker:
            self._open_and_close()
        added, changed = counts[0]
        return added, changed + self._take_back()

    def _take_back(self) -> int:
        """Forgets what the source now says was entered in error; how many rows that concerned."""
        if not self._taken_back:
            return 0
        told = [self._source.key, self._taken_back]
        if self._table == same_visit.TABLE:
            execute(same_visit.FREE, told)
        gone = fetch(
            f"delete from {self._table} where source = %s and source_key = any(%s) returning 1",
            told,
        )
        return len(gone)

    def _remember_named(self) -> None:
        execute(
            "create temporary table named on commit drop as"
            f" select client_id, unit_id, worker from {self._staged} where worker <> ''"
            " union"
            f" select t.client_id, t.unit_id, t.worker from {self._staged} s join {self._table} t"
            " on t.source = s.source and t.source_key = s.source_key"
            " where t.worker <> '' and t.fingerprint <> s.fingerprint"
        )

    def _open_and_close(self) -> None:
        parameters = {
            "source": self._source.key,
            "day": self._day,
            "ended": list(self._source.ended),
            "cause": _NAMED_CAUSE,
        }
        execute(
            "create temporary table wanted on commit drop as"
            f" select distinct n.client_id, m.membership from ({self._current()}) n"
            f" join ({_WORKERS}) m on m.unit_id = n.unit_id and m.worker = lower(n.worker)",
            parameters,
        )
        execute(
            "create temporary table unwanted on commit drop as"
            f" select distinct n.client_id, m.membership from named n join ({_WORKERS}) m"
            " on m.unit_id = n.unit_id and m.worker = lower(n.worker)"
            " except select client_id, membership from wanted"
        )
        fetch(
            "select access.close_ways(array_agg(client_id), array_agg(membership), %(cause)s)"
            " from unwanted having count(*) > 0",
            parameters,
        )
        fetch(
            "select access.open_ways(array_agg(client_id), array_agg(membership), %(cause)s,"
            " array_agg(null::uuid)) from wanted having count(*) > 0",
            parameters,
        )

    def _current(self) -> str:
        """The worker of each relation that goes on; of visits, the one whom the newest names."""
        those = (
            f"from {self._table} where source = %(source)s and worker <> ''"
            " and client_id in (select client_id from named)"
        )
        if self._source.worker:
            return (
                f"select distinct on (client_id, unit_id) client_id, unit_id, worker {those}"
                " order by client_id, unit_id, day desc, clock_time desc nulls last, source_key"
            )
        return (
            f"select client_id, unit_id, worker {those} and state <> all(%(ended)s)"
            " and (ends_on is null or ends_on >= %(day)s)"
        )


# Of two people of one name and title in one unit nobody is meant for certain: neither gets a way.
_WORKERS = (
    "select m.unit_id, lower(m.title || ' ' || u.first_name || ' ' || u.last_name) as worker,"
    " (array_agg(m.id order by m.role desc))[1] as membership"
    " from organizations_membership m join accounts_user u on u.id = m.user_id"
    " where m.is_open and m.role in ('practitioner', 'convener')"
    " group by 1, 2 having count(distinct m.user_id) = 1"
)
