"""The consultation grid: a column for each seat, drawn from what this reader may read."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from rinnalla.applications.queries import lines
from rinnalla.applications.queries.fit import Service
from rinnalla.applications.queries.lines import Line
from rinnalla.applications.queries.records import Record, Records
from rinnalla.applications.queries.room import Seat, SeatUnit
from rinnalla.applications.queries.writings import VIEW, Writing


@dataclass(frozen=True, slots=True)
class Column:
    """A seat's heading; `hidden` when its reader may read none of its units."""

    number: int
    seat: Seat
    units: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Cell:
    column: Column
    lines: list[Line] = field(default_factory=list)
    writings: list[Writing] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    closed: list[SeatUnit] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.writings or self.services or self.closed)


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `nothing` is what an empty cell says."""

    key: str
    label: str
    nothing: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    columns: list[Column]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Material:
    """What the grid is drawn from, all of it readable by its reader."""

    seats: list[Seat]
    records: Records
    writings: list[Writing]
    unused: dict[UUID, list[Service]]
    today: date


def grid_of(material: Material) -> Grid:
    """Six rows of cells; a hidden column has one cell, in the first row."""
    columns = [_column(n, seat) for n, seat in enumerate(material.seats, 1)]
    drawn = [_cells(column, material) for column in columns]
    rows = [
        Row(key, label, nothing, [cells[key] for cells in drawn if key in cells])
        for key, label, nothing in _rows()
    ]
    return Grid(columns, rows)


def _rows() -> list[tuple[str, str, str]]:
    return [
        ("used", _("Käytetty"), _("Ei tiedossa käyttöä")),
        ("ongoing", _("Menossa"), "–"),
        ("measure", _("Tehdyt toimenpiteet"), "–"),
        ("unused", _("Ei tiedossa käyttöä"), "–"),
        ("worker", _("Oma työntekijä"), _("Ei nimettyä")),
        (VIEW, _("Näkemys"), ""),
    ]


def _column(number: int, seat: Seat) -> Column:
    if len(seat.units) == 1:
        units = seat.units[0].name if not seat.is_kela else _("etuudet")
    else:
        units = ", ".join(unit.code for unit in seat.units)
    return Column(number, seat, units, hidden=not seat.readable)


def _cells(column: Column, material: Material) -> dict[str, Cell]:
    if column.hidden:
        return {"used": Cell(column, closed=column.seat.closed)}
    label = _label(column.seat)
    units = {unit.id for unit in column.seat.readable}
    rows = [r for source in material.records for r in source if r.unit.id in units]
    today = material.today
    said: dict[str, list[Writing]] = {}
    for writing in material.writings:
        if writing.seat_id == column.seat.id and writing.unit_id in units:
            said.setdefault(writing.row, []).append(writing)
    drawn = {
        "used": lines.used(rows, label, today),
        "ongoing": lines.ongoing(rows, label, today),
        "measure": lines.measures(rows, label),
        "worker": lines.workers(rows, label, today),
        VIEW: [],
    }
    cells = {key: Cell(column, drawn[key], said.get(key, [])) for key in drawn}
    cells["unused"] = Cell(
        column,
        services=material.unused.get(column.seat.id, []),
        closed=column.seat.closed,
    )
    return cells


def _label(seat: Seat) -> Callable[[Record], str]:
    if seat.is_kela:
        return lambda _record: "Kela"
    return lambda record: record.unit.code
