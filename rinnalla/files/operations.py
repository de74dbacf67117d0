"""Acts on attachments: looked at, then kept; removed from sight, and brought back."""

from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.clients.models import Client
from rinnalla.files.events import FILE_ATTACHED, FILE_REMOVED, FILE_RESTORED
from rinnalla.files.models import Attachment, AttachmentContent
from rinnalla.files.scanning import Infected, ScanFailed, scan
from rinnalla.files.sniffing import Upload
from rinnalla.files.stripping import stripped
from rinnalla.files.uploading import MIB, limit_mib
from rinnalla.lib.errors import RuleBroken


class FileRefused(RuleBroken):
    """A file that is not kept; the sentence belongs beside its field."""


@transaction.atomic
def attach(client: Client, subject: tuple[str, UUID], upload: Upload, *, by: Actor) -> Attachment:
    """Keeps the file as an attachment of a thing of the client's, after all checks."""
    content = _looked_at(upload, by)
    kind, key = subject
    attachment = Attachment.objects.create(
        client=client,
        unit_id=by.unit_id,
        subject_type=kind,
        subject_id=key,
        name=upload.kept_name,
        declared_type=upload.declared[:100],
        media_type=upload.sniffed,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        membership_id=by.membership_id,
        added_at=by.now,
    )
    AttachmentContent.objects.create(
        attachment=attachment, client=client, unit_id=by.unit_id, content=content
    )
    record(by, FILE_ATTACHED, ("attachment", attachment.pk), [client.pk], to=kind, thing=str(key))
    return attachment


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: Actor) -> None:
    """Takes the attachment from sight; its bytes stay, and it can be brought back."""
    changed = Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(
        removed_at=by.now, removed_by_id=by.membership_id
    )
    if not changed:
        raise RuleBroken(_("Tämä liite on jo poistettu."))
    record(by, FILE_REMOVED, ("attachment", attachment.pk), [attachment.client_id])


@transaction.atomic
def restore_attachment(attachment: Attachment, *, by: Actor) -> None:
    """Brings a removed attachment back."""
    removed = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=False)
    if not removed.update(removed_at=None, removed_by_id=None):
        raise RuleBroken(_("Tämä liite on jo palautettu."))
    record(by, FILE_RESTORED, ("attachment", attachment.pk), [attachment.client_id])


def _looked_at(upload: Upload, by: Actor) -> bytes:
    """The bytes that are to be kept, or the reason why none are."""
    limit = limit_mib(by)
    if upload.size > limit * MIB:
        raise FileRefused(
            _("Tiedosto on liian suuri. Suurin koko on %(limit)d megatavua.") % {"limit": limit}
        )
    if not upload.content:
        raise FileRefused(_("Tiedosto on tyhjä. Valitse toinen tiedosto."))
    if not upload.sniffed:
        raise FileRefused(_("Liitä PDF-, PNG- tai JPEG-tiedosto. Tämä tiedosto on muuta lajia."))
    if not upload.is_what_it_says:
        raise FileRefused(_("Tiedosto on muuta lajia kuin sen nimi sanoo. Tallenna se uudelleen."))
    _scanned(upload.content)
    try:
        return stripped(upload.content, upload.sniffed)
    except ValueError:
        raise FileRefused(_("Tiedosto on rikki. Tallenna tai kuvaa se uudelleen.")) from None


def _scanned(content: bytes) -> None:
    try:
        scan(content)
    except Infected:
        raise FileRefused(
            _("Tiedostossa on haittaohjelma. Sitä ei tallennettu. Kerro tietoturvavastaavalle.")
        ) from None
    except ScanFailed:
        raise FileRefused(
            _("Tiedostoa ei voitu tarkistaa haittaohjelmien varalta. Siksi sitä ei tallennettu.")
        ) from None
