"""What is attached to a thing, without reading a byte of it."""

from uuid import UUID

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from rinnalla.clients.models import Client
from rinnalla.files.models import Attachment, AttachmentContent


def attached_to(client: Client, subject: tuple[str, UUID]) -> list[Attachment]:
    """The attachments of a thing, the newest first, also those that were removed."""
    kind, key = subject
    rows = Attachment.objects.filter(client=client, subject_type=kind, subject_id=key)
    return list(rows.select_related("membership__user", "unit").order_by("-added_at"))


def with_attachment(client: Client, kind: str) -> set[UUID]:
    """Which things of the kind have an attachment that the reader may see."""
    rows = Attachment.objects.filter(client=client, subject_type=kind, removed_at=None)
    return set(rows.values_list("subject_id", flat=True))


def content_of(attachment: Attachment) -> bytes:
    """The bytes of an attachment."""
    return bytes(AttachmentContent.objects.get(pk=attachment.pk).content)


def human_size(size: int) -> str:
    """A size as people read it: 240 kt, 1,2 Mt."""
    if size < 1_000_000:
        return _("%(size)d kt") % {"size": max(size // 1000, 1)}
    return _("%(size)s Mt") % {"size": number_format(size / 1_000_000, 1)}
