"""The signed paper beside the permit that was recorded from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client
from rinnalla.files.models import Attachment
from rinnalla.files.operations import attach
from rinnalla.files.queries import attached_to, human_size, with_attachment
from rinnalla.files.sniffing import Upload
from rinnalla.permits.models import Permit

SUBJECT = "permit"


@dataclass(frozen=True)
class ScanLine:
    """An attached paper as the page shows it; the unit that attached it may remove it."""

    attachment: Attachment
    is_ours: bool

    @property
    def size(self) -> str:
        return human_size(self.attachment.size)


@dataclass(frozen=True)
class Scans:
    """The papers of a permit, and whether one is missing."""

    kept: list[ScanLine]
    removed: list[ScanLine]
    missing: bool


def attach_scan(permit: Permit, upload: Upload, *, by: Actor) -> Attachment:
    """Attaches the signed form to the permit."""
    return attach(permit.client, (SUBJECT, permit.pk), upload, by=by)


def scans_of(permit: Permit, actor: Actor) -> Scans:
    """The papers attached to the permit that the actor may see."""
    found = [
        ScanLine(one, one.unit_id == actor.unit_id)
        for one in attached_to(permit.client, (SUBJECT, permit.pk))
    ]
    kept = [line for line in found if line.attachment.removed_at is None]
    removed = [line for line in found if line.attachment.removed_at and line.is_ours]
    return Scans(kept, removed, not kept and permit.form == Permit.Form.PAPER)


def without_scan(client: Client, permits: Iterable[Permit]) -> set[UUID]:
    """Which of the client's permits were given on paper that nobody has attached."""
    attached = with_attachment(client, SUBJECT)
    return {one.pk for one in permits if one.form == Permit.Form.PAPER} - attached
