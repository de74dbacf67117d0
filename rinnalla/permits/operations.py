"""Acts on permits. What a permit opens follows from its rows, in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.access import lock
from rinnalla.permits.events import (
    PERMIT_ASKED,
    PERMIT_RECORDED,
    PERMIT_REFUSED,
    PERMIT_WITHDRAWN,
)
from rinnalla.permits.models import (
    Permit,
    PermitRecipient,
    PermitRequest,
    PermitRequestUnit,
    PermitUnit,
)


@dataclass(frozen=True)
class Scope:
    """What a permit is about: whose data, to whom, for what, from when to when (through the last
    day)."""

    units: Sequence[Unit]
    organizations: Sequence[Organization] = ()
    recipient_units: Sequence[Unit] = ()
    purpose: str = ""
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Giving:
    """How the client gave it: on which day, on paper or spoken, the client or a guardian."""

    given_on: date
    form: str
    given_by: str = Permit.Giver.CLIENT


@transaction.atomic
def record_permit(
    client: Client,
    *,
    by: Actor,
    scope: Scope,
    giving: Giving,
    answers: PermitRequest | None = None,
) -> Permit:
    """Records what the client allowed; it opens data at once, or on its first day."""
    lock(client)
    _check(scope, giving, by)
    permit = Permit.objects.create(
        client=client,
        unit_id=by.unit_id,
        kind=_kind(scope),
        purpose=scope.purpose,
        begins=scope.begins or by.today,
        ends=scope.ends,
        form=giving.form,
        given_by=giving.given_by,
        given_on=giving.given_on,
        recorded_by_id=by.membership_id,
        recorded_at=by.now,
    )
    _add_parts(permit, scope)
    _follow(permit)
    record(by, PERMIT_RECORDED, ("permit", permit.pk), [client.pk], form=giving.form)
    if answers is not None:
        _answer(answers, PermitRequest.Answer.GIVEN, by, permit)
    return permit


@transaction.atomic
def withdraw_permit(permit: Permit, *, by: Actor) -> None:
    """Ends the permit: what it opened is closed on the next statement, everywhere."""
    lock(permit.client)
    changed = Permit.objects.filter(pk=permit.pk, withdrawn_at=None).update(
        withdrawn_at=by.now, withdrawn_by_id=by.membership_id
    )
    if not changed:
        raise RuleBroken(_("Tämä lupa on jo peruttu."))
    _follow(permit)
    record(by, PERMIT_WITHDRAWN, ("permit", permit.pk), [permit.client_id])


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
def refuse_permit(request: PermitRequest, *, by: Actor) -> None:
    """Records that the client was asked and did not give the permit."""
    _answer(request, PermitRequest.Answer.REFUSED, by, None)
    record(by, PERMIT_REFUSED, ("permit_request", request.pk), [request.client_id])


def _check(scope: Scope, giving: Giving, by: Actor) -> None:
    if not scope.units:
        raise RuleBroken(_("Valitse vähintään yksi yksikkö, jonka tietoja lupa koskee."))
    if not scope.organizations and not scope.recipient_units:
        raise RuleBroken(_("Valitse, kuka saa nähdä tiedot."))
    if giving.given_on > by.today:
        raise RuleBroken(_("Luvan antopäivä ei voi olla tulevaisuudessa."))
    if scope.ends and scope.ends < (scope.begins or by.today):
        raise RuleBroken(_("Lupa ei voi päättyä ennen kuin se alkaa."))


def _add_parts(permit: Permit, scope: Scope) -> None:
    part = {"permit": permit, "client_id": permit.client_id}
    PermitUnit.objects.bulk_create(PermitUnit(**part, unit=unit) for unit in scope.units)
    PermitRecipient.objects.bulk_create(
        [
            *(PermitRecipient(**part, organization=one) for one in scope.organizations),
            *(PermitRecipient(**part, unit=unit) for unit in scope.recipient_units),
        ]
    )


def _kind(scope: Scope) -> str:
    """A permit to disclose stays within the county; what crosses its border is a consent."""
    county = Organization.Kind.COUNTY
    parties = [unit.organization for unit in (*scope.units, *scope.recipient_units)]
    inside = all(party.kind == county for party in (*parties, *scope.organizations))
    return Permit.Kind.DISCLOSURE_PERMIT if inside else Permit.Kind.CONSENT


def _follow(permit: Permit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select permits.follow(%s)", [permit.pk])


def _answer(request: PermitRequest, answer: str, by: Actor, permit: Permit | None) -> None:
    changed = PermitRequest.objects.filter(pk=request.pk, answer="").update(
        answer=answer, answered_by_id=by.membership_id, answered_at=by.now, permit=permit
    )
    if not changed:
        raise RuleBroken(_("Tähän on jo vastattu."))
