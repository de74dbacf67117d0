"""What becomes of a record that was read: good, bad, or said before."""

from dataclasses import dataclass

from rinnalla.imports.values import Fault, Value


@dataclass(slots=True)
class Good:
    """A record that may get in: its values in the order of the source's fields."""

    row: int
    line: int
    values: tuple[Value, ...]
    digest: bytes
    part: str = ""


@dataclass(slots=True)
class Bad:
    """A record that is set aside, and why."""

    row: int
    line: int
    fault: Fault


@dataclass(slots=True)
class Duplicate:
    """A record that says again what an earlier one said."""

    row: int
    line: int
    same_as_row: int
    same_as_line: int


Outcome = Good | Bad | Duplicate
