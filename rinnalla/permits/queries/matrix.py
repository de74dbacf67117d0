"""Who sees what, as a table: recipients by the registers whose data is opened to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rinnalla.organizations.models import Register, Unit
from rinnalla.permits.queries.lines import PermitLine, recipient_name


@dataclass(frozen=True)
class Cell:
    """The units of one register that a recipient sees, and until when at the earliest."""

    units: list[str]
    until: date | None


@dataclass(frozen=True)
class MatrixRow:
    """A recipient with its cells, one for each register."""

    who: str
    cells: list[tuple[str, Cell | None]]


@dataclass(frozen=True)
class Matrix:
    """The registers as headings, the recipients as rows."""

    headings: list[str]
    rows: list[MatrixRow]


def matrix_of(lines: Iterable[PermitLine]) -> Matrix:
    """The permits as a table, from the rows that the reader may read."""
    registers: dict[Register, str] = {}
    found: dict[str, dict[Register, dict[Unit, date | None]]] = {}
    for line in lines:
        for recipient in line.recipients:
            row = found.setdefault(recipient_name(recipient), {})
            for unit in line.units:
                registers[unit.register] = f"{unit.organization.name}: {unit.register.name}"
                opened = row.setdefault(unit.register, {})
                opened[unit] = _later(opened, unit, line.permit.ends)
    headings = sorted(registers.items(), key=lambda item: item[1])
    return Matrix(
        [label for _register, label in headings],
        [
            MatrixRow(who, [(label, _cell(row.get(register))) for register, label in headings])
            for who, row in sorted(found.items())
        ],
    )


def _later(opened: dict[Unit, date | None], unit: Unit, ends: date | None) -> date | None:
    """The later of two last days; none is without an end."""
    known = opened.get(unit, ends)
    return max(known, ends) if known and ends else None


def _cell(units: dict[Unit, date | None] | None) -> Cell | None:
    if not units:
        return None
    ends = [day for day in units.values() if day]
    return Cell(
        [unit.name for unit in sorted(units, key=lambda one: one.code)], min(ends, default=None)
    )
