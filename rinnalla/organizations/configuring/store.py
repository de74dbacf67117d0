"""Rows of files brought into tables by their natural keys; what is equal is left alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from rinnalla.organizations.configuring.tables import Row

M = TypeVar("M", bound=Model)
Key = tuple[Any, ...]


@dataclass
class Counts:
    """What became of a file's rows."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    ended: int = 0


@dataclass
class Tally:
    """What a run did: counts for each file, and what a human should know."""

    counts: dict[str, Counts] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    # Teams whose circles have to follow, because their convener or members changed.
    teams: set[UUID] = field(default_factory=set)

    def of(self, file: str) -> Counts:
        return self.counts.setdefault(file, Counts())

    def facts(self) -> dict[str, dict[str, int]]:
        """Counts as the journal keeps them."""
        return {file: vars(counts).copy() for file, counts in self.counts.items()}


@dataclass
class Kept(Generic[M]):
    """What is stored now, what of it is new or changed, and what the files no longer name."""

    rows: dict[Key, M]
    new: list[M]
    changed: list[M]
    vanished: list[M]


@dataclass(frozen=True)
class Wanted:
    """The columns that a row of a file asks for; names of columns, so a reference ends in `_id`."""

    row: Row
    values: Mapping[str, Any]


def keep(
    stored: Iterable[M], key: Sequence[str], wanted: Iterable[Wanted], tally: Tally
) -> Kept[M]:
    """Create and update so that the table says what the rows ask for."""
    queryset: Any = stored
    known: dict[Key, M] = {_key(row, key): row for row in stored}
    kept: Kept[M] = Kept({}, [], [], [])
    touched: set[str] = set()
    for want in wanted:
        name = tuple(want.values[column] for column in key)
        if name in kept.rows:
            want.row.refuse(next(iter(want.row.cells)), _("sama asia on tiedostossa kahdesti"))
        tally.of(want.row.file).rows += 1
        kept.rows[name] = _bring(queryset.model, known.get(name), want, (kept, touched, tally))
    kept.vanished = [row for name, row in known.items() if name not in kept.rows]
    queryset.model.objects.bulk_create(kept.new)
    if kept.changed:
        queryset.model.objects.bulk_update(kept.changed, sorted(touched))
    return kept


def _bring(model: type[M], row: M | None, want: Wanted, into: tuple[Kept[M], set[str], Tally]) -> M:
    kept, touched, tally = into
    _check_lengths(model, want)
    if row is None:
        row = model(**want.values)
        kept.new.append(row)
        tally.of(want.row.file).new += 1
        return row
    differing = {name for name, value in want.values.items() if getattr(row, name) != value}
    if differing:
        for name in differing:
            setattr(row, name, want.values[name])
        touched |= {_field(model, name).name for name in differing}
        kept.changed.append(row)
        tally.of(want.row.file).changed += 1
    return row


def _check_lengths(model: type[Model], want: Wanted) -> None:
    for name, value in want.values.items():
        longest = _field(model, name).max_length
        if isinstance(value, str) and longest and len(value) > longest:
            column = next((c for c, cell in want.row.cells.items() if cell.strip() == value), name)
            want.row.refuse(column, _("arvo on pidempi kuin %d merkkiä") % longest)


def keep_units(links: Any, owner: str, wanted: Mapping[UUID, Iterable[UUID]]) -> set[UUID]:
    """Let a link table name exactly these units of each owner; the owners that changed."""
    column = f"{owner}_id"
    stored = {(getattr(link, column), link.unit_id): link for link in links.objects.all()}
    pairs = {(thing, unit) for thing, units in wanted.items() for unit in units}
    gone = [key for key in stored if key[0] in wanted and key not in pairs]
    new = sorted(pairs - stored.keys())
    links.objects.filter(id__in=[stored[key].id for key in gone]).delete()
    links.objects.bulk_create([links(**{column: thing, "unit_id": unit}) for thing, unit in new])
    return {thing for thing, _unit in (*gone, *new)}


def _key(row: Model, key: Sequence[str]) -> Key:
    return tuple(getattr(row, column) for column in key)


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    return next(f for f in model._meta.concrete_fields if name in {f.name, f.attname})
