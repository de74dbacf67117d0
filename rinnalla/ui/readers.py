"""Who could read what is being written, as the pages say it beside the field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Place:
    """Units of one organization; `until` is when the permit that opens it to them ends."""

    name: str
    units: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Told:
    """Readers who are said in words alone."""

    roles: Sequence[str]
    places: Sequence[Place] = ()


class Readers(Protocol):
    """Context variable `readers` of ui/readers.html."""

    @property
    def places(self) -> Sequence[Place]: ...
    @property
    def roles(self) -> Sequence[str]: ...
