"""What a reading must know of the county that it is read for."""

from collections.abc import Collection, Mapping
from typing import Protocol


class Reference(Protocol):
    """What the reader must know of the county: units, code lists, and whom it knows."""

    @property
    def units(self) -> Mapping[str, str]:
        """The register of each unit by the unit's code."""
        ...

    @property
    def codes(self) -> Mapping[str, frozenset[str]]:
        """The codes of each code list by the list's name."""
        ...

    def known(self, hetus: Collection[str]) -> Collection[str]:
        """Those of the codes that are, or were, a known client's."""
        ...
