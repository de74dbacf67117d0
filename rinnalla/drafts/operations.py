"""Acts on drafts: kept while somebody writes, emptied once it is sent, or thrown away."""

from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.clients.models import Client
from rinnalla.drafts.events import DRAFT_BEGUN, DRAFT_THROWN_AWAY
from rinnalla.drafts.models import Draft
from rinnalla.journal.clock import now
from rinnalla.lib.errors import RuleBroken

LONGEST = 100_000
# What nobody has gone on with for so long is not gone on with any more.
KEPT = timedelta(days=30)


@transaction.atomic
def keep(client: Client, page: str, *, by: Actor, content: str) -> None:
    """Keeps what the page's form holds now, in place of what it held before."""
    if len(content) > LONGEST:
        raise RuleBroken(_("Teksti on liian pitkä tallennettavaksi luonnoksena."))
    own = Draft.objects.filter(membership=by.membership_id, page=page, client=client)
    begun = not own.exclude(content="").exists()
    if not own.update(content=content, saved_at=by.now):
        try:
            with transaction.atomic():
                Draft.objects.create(
                    client=client,
                    unit_id=by.unit_id,
                    membership_id=by.membership_id,
                    page=page,
                    content=content,
                    saved_at=by.now,
                )
        except IntegrityError:
            # Another window of the same writer was quicker.
            own.update(content=content, saved_at=by.now)
    if begun:
        record(by, DRAFT_BEGUN, ("client", client.pk), [client.pk])


def empty(page: str, *, by: Actor) -> None:
    """The page's form has been sent: there is nothing to go on with."""
    rows = Draft.objects.filter(membership=by.membership_id, page=page).exclude(content="")
    rows.update(content="", saved_at=by.now)


@transaction.atomic
def throw_away(client: Client, page: str, *, by: Actor) -> None:
    """The writer begins anew."""
    empty(page, by=by)
    record(by, DRAFT_THROWN_AWAY, ("client", client.pk), [client.pk])


def clear_old() -> int:
    """The worker's part: empties what nobody has gone on with; how many there were."""
    with connection.cursor() as cursor:
        limit = now(cursor) - KEPT
    return Draft.objects.filter(saved_at__lt=limit).exclude(content="").update(content="")
