"""Recipients are told that a permit has ended: a task with an owner and a day, until it is done."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.lib.errors import RuleBroken
from rinnalla.permits.events import RECIPIENT_TOLD, RECIPIENT_UNTOLD
from rinnalla.permits.models import Permit, RecipientNotice

# How many days there are to tell a recipient.
DAYS = 3


def make_notices(permit: Permit, kept: Collection[UUID] = ()) -> None:
    """One task for each recipient of a permit that ends now, but those who are kept and the unit
    that ends it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select permits.make_notices(%s, %s::uuid[], %s)", [permit.pk, list(kept), DAYS]
        )


def make_denial_notices(denial: Permit) -> None:
    """One task for each recipient whom a denial, not yet followed, shuts out of what was open."""
    with connection.cursor() as cursor:
        cursor.execute("select permits.make_denial_notices(%s, %s)", [denial.pk, DAYS])


@transaction.atomic
def tell_recipient(notice: RecipientNotice, *, by: Actor, on: date, way: str) -> None:
    """Records that the recipient was told: on which day, and how."""
    if on > by.today:
        raise RuleBroken(_("Päivä, jona kerroit, ei voi olla tulevaisuudessa."))
    _change(notice, by, RECIPIENT_TOLD, on=on, way=way)


@transaction.atomic
def untell_recipient(notice: RecipientNotice, *, by: Actor) -> None:
    """Takes the mark back: the recipient is still to be told, by the one who takes it back."""
    _change(notice, by, RECIPIENT_UNTOLD, on=None, way="")


def _change(notice: RecipientNotice, by: Actor, kind: str, *, on: date | None, way: str) -> None:
    waiting = RecipientNotice.objects.filter(pk=notice.pk, told_on__isnull=on is not None)
    mine = {"told_by_id": by.membership_id} if on else {"told_by": None, "owner": by.membership_id}
    changed = waiting.update(told_on=on, way=way, **mine)
    if not changed:
        raise RuleBroken(_("Merkintä on jo muuttunut. Lataa sivu uudelleen."))
    record(by, kind, ("permit", notice.permit_id), [notice.client_id], way=way)
