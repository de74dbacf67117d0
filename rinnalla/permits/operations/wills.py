"""A permit is given, changed and withdrawn. What it opens follows from its rows, in the same
transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from rinnalla.access.models import Mandate
from rinnalla.access.recording import record
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Organization, Unit
from rinnalla.permits.access import lock
from rinnalla.permits.events import (
    DENIAL_ENDED,
    DENIAL_RECORDED,
    PERMIT_CHANGED,
    PERMIT_RECORDED,
    PERMIT_WITHDRAWN,
)
from rinnalla.permits.models import (
    Permit,
    PermitRecipient,
    PermitRequest,
    PermitUnit,
)
from rinnalla.permits.operations.asking import answer
from rinnalla.permits.operations.authors import By, membership_of, unit_of
from rinnalla.permits.operations.telling import make_denial_notices, make_notices
from rinnalla.permits.queries.effect import effect_of
from rinnalla.permits.queries.mandates import covers


@dataclass(frozen=True)
class Scope:
    """What a permit is about: whose data, to whom, for what, from when to when (through the last
    day)."""

    units: Sequence[Unit]
    organizations: Sequence[Organization] = ()
    recipient_units: Sequence[Unit] = ()
    purpose_code: str = ""
    purpose: str = ""
    begins: date | None = None
    ends: date | None = None
    denies: bool = False

    @property
    def turned(self) -> "Scope":
        """The same in the other direction: the receiving units' data to those whose data it was."""
        return Scope(
            self.recipient_units,
            (),
            self.units,
            self.purpose_code,
            self.purpose,
            self.begins,
            self.ends,
        )


@dataclass(frozen=True)
class Informing:
    """How the client was told of the use of data before giving the permit, and by whom."""

    on: date | None = None
    way: str = ""
    language: str = ""
    by: str = ""
    leaflet: str = ""


@dataclass(frozen=True)
class Help:
    """Who explained it, who helped the client, and how understanding was made sure of."""

    explained_by: str = ""
    helped_by: str = ""
    understanding: str = ""


@dataclass(frozen=True)
class Giving:
    """How the client gave it: on which day, on paper or spoken, the client or a guardian."""

    given_on: date
    form: str
    given_by: str = Permit.Giver.CLIENT
    mandate: Mandate | None = None
    language: str = ""
    informing: Informing = Informing()
    help: Help = Help()


@transaction.atomic
def record_permit(
    client: Client,
    *,
    by: By,
    scope: Scope,
    giving: Giving,
    answers: PermitRequest | None = None,
) -> Permit:
    """Records what the client allowed: it opens data at once, or on its first day. A denial closes
    at once, and whom it shuts out is to be told."""
    lock(client)
    permit = _write(client, by, scope, giving, unit=unit_of(by, answers, None))
    if scope.denies:
        make_denial_notices(permit)
    _follow(permit)
    kind = DENIAL_RECORDED if scope.denies else PERMIT_RECORDED
    record(by, kind, ("permit", permit.pk), [client.pk], form=giving.form)
    if answers is not None:
        answer(answers, PermitRequest.Answer.GIVEN, by, permit)
    return permit


@transaction.atomic
def change_permit(permit: Permit, *, by: By, scope: Scope, giving: Giving) -> Permit:
    """A new version takes the old one's place in one moment; who is left out of it is told."""
    lock(permit.client)
    if (scope.begins or by.today) > by.today:
        raise RuleBroken(_("Muutos alkaa tänään, sillä vanha lupa päättyy samalla hetkellä."))
    _end(permit, by, Permit.Ended.CHANGED)
    make_notices(
        permit, {*(o.pk for o in scope.organizations), *(u.pk for u in scope.recipient_units)}
    )
    changed = _write(
        permit.client, by, scope, giving, unit=unit_of(by, None, permit), replaces=permit
    )
    _follow(changed)
    _follow(permit)
    record(
        by, PERMIT_CHANGED, ("permit", permit.pk), [permit.client_id], replaced_by=str(changed.pk)
    )
    return changed


@transaction.atomic
def withdraw_permit(permit: Permit, *, by: By) -> None:
    """Ends the permit: what it opened is closed on the next statement, everywhere. Every recipient
    is to be told. A denial that ends closes nothing."""
    lock(permit.client)
    if permit.kind == Permit.Kind.DENIAL:
        _end(permit, by, Permit.Ended.WITHDRAWN)
        _follow(permit)
        record(by, DENIAL_ENDED, ("permit", permit.pk), [permit.client_id])
        return
    closes = [pair.facts for pair in effect_of(permit) if pair.closes]
    _end(permit, by, Permit.Ended.WITHDRAWN)
    # Before the way closes: who withdraws may have had it by this very permit.
    make_notices(permit)
    _follow(permit)
    record(by, PERMIT_WITHDRAWN, ("permit", permit.pk), [permit.client_id], closed=closes)


def _end(permit: Permit, by: By, how: str) -> None:
    changed = Permit.objects.filter(pk=permit.pk, withdrawn_at=None).update(
        withdrawn_at=by.now, withdrawn_by_id=membership_of(by), ended_as=how
    )
    if not changed:
        raise RuleBroken(_("Tämä lupa on jo peruttu tai muutettu. Lataa sivu uudelleen."))


def _write(
    client: Client,
    by: By,
    scope: Scope,
    giving: Giving,
    *,
    unit: UUID,
    replaces: Permit | None = None,
) -> Permit:
    _check(scope, giving, by)
    _check_giver(scope, giving)
    permit = Permit.objects.create(
        client=client,
        unit_id=unit,
        kind=_kind(scope),
        purpose_code=scope.purpose_code,
        purpose=scope.purpose,
        begins=scope.begins or by.today,
        ends=scope.ends,
        form=giving.form,
        given_by=giving.given_by,
        mandate=giving.mandate,
        given_on=giving.given_on,
        language=giving.language or client.contact_language,
        informed_on=giving.informing.on,
        informed_way=giving.informing.way,
        informed_language=giving.informing.language,
        informed_by=giving.informing.by,
        leaflet=giving.informing.leaflet,
        explained_by=giving.help.explained_by,
        helped_by=giving.help.helped_by,
        understanding=giving.help.understanding,
        replaces=replaces,
        recorded_by_id=membership_of(by),
        recorded_at=by.now,
    )
    _add_parts(permit, scope)
    return permit


def _check(scope: Scope, giving: Giving, by: By) -> None:
    if not scope.units:
        raise RuleBroken(_("Valitse vähintään yksi yksikkö, jonka tietoja lupa koskee."))
    if not scope.denies and not scope.organizations and not scope.recipient_units:
        raise RuleBroken(_("Valitse, kuka saa nähdä tiedot."))
    if giving.given_on > by.today:
        raise RuleBroken(_("Luvan antopäivä ei voi olla tulevaisuudessa."))
    if scope.ends and scope.ends < (scope.begins or by.today):
        raise RuleBroken(_("Lupa ei voi päättyä ennen kuin se alkaa."))
    if giving.informing.on and giving.informing.on > giving.given_on:
        raise RuleBroken(_("Asiakkaalle kerrotaan tietojen käytöstä ennen kuin hän antaa luvan."))


def _check_giver(scope: Scope, giving: Giving) -> None:
    """A guardian gives a permit within a mandate."""
    if giving.given_by != Permit.Giver.GUARDIAN:
        return
    mandate = giving.mandate
    if mandate is None:
        raise RuleBroken(_("Kirjaa ensin huoltajan tai edunvalvojan valtuus."))
    if any(not covers(mandate, unit) for unit in scope.units):
        raise RuleBroken(_("Valtuus ei kata kaikkia valittuja yksiköitä."))


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
    if scope.denies:
        return Permit.Kind.DENIAL
    county = Organization.Kind.COUNTY
    parties = [unit.organization for unit in (*scope.units, *scope.recipient_units)]
    inside = all(party.kind == county for party in (*parties, *scope.organizations))
    return Permit.Kind.DISCLOSURE_PERMIT if inside else Permit.Kind.CONSENT


def _follow(permit: Permit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select permits.follow(%s)", [permit.pk])
