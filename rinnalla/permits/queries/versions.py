"""The versions of one permit: those before it and the one that took its place."""

from dataclasses import dataclass

from django.http import Http404

from rinnalla.permits.models import Permit
from rinnalla.permits.queries.lines import ClientPermits, PermitLine


@dataclass(frozen=True)
class Versions:
    """A permit between its older versions, the newest first, and the newer one."""

    this: PermitLine
    older: list[PermitLine]
    newer: PermitLine | None


def versions_of(permits: ClientPermits, permit: Permit) -> Versions:
    """The permit among the client's, as far as the reader may see them."""
    lines = {line.permit.pk: line for line in permits.permits}
    if permit.pk not in lines:
        raise Http404
    older, before = [], lines.get(permit.replaces_id) if permit.replaces_id else None
    while before:
        older.append(before)
        earlier = before.permit.replaces_id
        before = lines.get(earlier) if earlier else None
    newer = next((one for one in permits.permits if one.permit.replaces_id == permit.pk), None)
    return Versions(lines[permit.pk], older, newer)
