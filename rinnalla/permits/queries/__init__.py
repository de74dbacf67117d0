"""What the client has allowed: as sentences, as a table, on a timeline; and what waits."""

from rinnalla.permits.queries.lines import (
    ClientPermits,
    PermitLine,
    RequestLine,
    Standing,
    Wanted,
    joined,
    permit_line,
    permit_state,
    permits_in_force,
    permits_of,
    request_line,
    standings,
    units_by_organization,
)

__all__ = [
    "ClientPermits",
    "PermitLine",
    "RequestLine",
    "Standing",
    "Wanted",
    "joined",
    "permit_line",
    "permit_state",
    "permits_in_force",
    "permits_of",
    "request_line",
    "standings",
    "units_by_organization",
]
