"""A permit is asked of the client: put on the list, handed over on paper, answered."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.events import PAPER_HANDED, PERMIT_ASKED, PERMIT_REFUSED
from rinnalla.permits.models import Permit, PermitRequest, PermitRequestUnit
from rinnalla.permits.operations.authors import By, membership_of


@transaction.atomic
def ask_permit(
    client: Client, *, by: Actor, units: Sequence[Unit], recipient: Organization, reason: str
) -> PermitRequest:
    """Puts a permit on the list of those to be asked of the client."""
    if not units:
        raise RuleBroken(_("Valitse, kenen tietoihin lupaa kysytään."))
    request = PermitRequest.objects.create(
        client=client,
        unit_id=by.unit_id,
        recipient=recipient,
        reason=reason,
        asked_by_id=by.membership_id,
        asked_at=by.now,
    )
    PermitRequestUnit.objects.bulk_create(
        PermitRequestUnit(request=request, client=client, unit=unit) for unit in units
    )
    record(by, PERMIT_ASKED, ("permit_request", request.pk), [client.pk])
    return request


@transaction.atomic
def hand_paper(request: PermitRequest, *, by: Actor, on: date | None) -> None:
    """The client has the paper form, from the day on: a signature is missing. No day takes the
    mark back."""
    if on and on > by.today:
        raise RuleBroken(_("Lomaketta ei ole voitu antaa tulevana päivänä."))
    changed = PermitRequest.objects.filter(pk=request.pk, answer="").update(
        paper_given_on=on, paper_given_by_id=by.membership_id if on else None
    )
    if not changed:
        raise RuleBroken(_("Tähän on jo vastattu."))
    record(
        by,
        PAPER_HANDED,
        ("permit_request", request.pk),
        [request.client_id],
        on=on.isoformat() if on else None,
    )


@transaction.atomic
def refuse_permit(request: PermitRequest, *, by: By) -> None:
    """Records that the client was asked and did not give the permit."""
    answer(request, PermitRequest.Answer.REFUSED, by, None)
    record(by, PERMIT_REFUSED, ("permit_request", request.pk), [request.client_id])


def answer(request: PermitRequest, given: str, by: By, permit: Permit | None) -> None:
    """The client's answer to what was asked; it is given once."""
    changed = PermitRequest.objects.filter(pk=request.pk, answer="").update(
        answer=given, answered_by_id=membership_of(by), answered_at=by.now, permit=permit
    )
    if not changed:
        raise RuleBroken(_("Tähän on jo vastattu."))
