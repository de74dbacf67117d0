"""Acts on ways to a client: the client's account, a guardian's mandate, what is kept from view."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.events import (
    CLIENT_ACCOUNT_ENDED,
    MANDATE_DENIAL_LIFTED,
    MANDATE_DENIED,
    MANDATE_ENDED,
    MANDATE_RECORDED,
    WITHHOLDING_LIFTED,
)
from rinnalla.access.models import ClientAccount, Mandate, Withholding
from rinnalla.access.portal_actor import PortalActor
from rinnalla.access.recording import record
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken


@dataclass(frozen=True)
class MandateTerms:
    """What a guardian may: within which registers, from which day through which."""

    guardian: Client
    scope: str
    begins: date
    ends: date | None = None


@transaction.atomic
def enrol_client(client: Client, *, by: Actor, email: str = "", phone: str = "") -> UUID:
    """Gives the client, who is here in person, an account; returns its key."""
    if not email and not phone:
        raise RuleBroken(_("Kirjoita puhelinnumero tai sähköpostiosoite."))
    with connection.cursor() as cursor:
        cursor.execute("select access.enrol_client(%s, %s, %s)", [client.pk, email, phone])
        account: UUID = cursor.fetchone()[0]
    return account


@transaction.atomic
def end_client_account(account: ClientAccount, *, by: Actor | PortalActor) -> None:
    """Ends the client's way in; what is open in a browser sees nothing more."""
    _change(ClientAccount.objects.filter(pk=account.pk, ended_at=None), ended_at=by.now)
    subject = ("client_account", account.pk)
    record(by, CLIENT_ACCOUNT_ENDED, subject, [account.client_id])


@transaction.atomic
def record_mandate(client: Client, *, by: Actor, terms: MandateTerms) -> Mandate:
    """Records that the guardian acts for the client."""
    if terms.ends and terms.ends < terms.begins:
        raise RuleBroken(_("Valtuus ei voi päättyä ennen kuin se alkaa."))
    if terms.guardian == client:
        raise RuleBroken(_("Kukaan ei voi olla oma huoltajansa."))
    if Mandate.objects.filter(client=client, guardian=terms.guardian, ended_at=None).exists():
        raise RuleBroken(_("Hän hoitaa jo asiakkaan asioita. Päätä ensin entinen valtuus."))
    mandate = Mandate.objects.create(
        client=client,
        unit_id=by.unit_id,
        guardian=terms.guardian,
        guardian_name=str(terms.guardian),
        scope=terms.scope,
        begins=terms.begins,
        ends=terms.ends,
        recorded_by_id=by.membership_id,
        recorded_at=by.now,
    )
    record(by, MANDATE_RECORDED, ("mandate", mandate.pk), [client.pk], scope=terms.scope)
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Actor | PortalActor) -> None:
    """Ends what the guardian may; it opens nothing from the next statement on."""
    _change(Mandate.objects.filter(pk=mandate.pk, ended_at=None), ended_at=by.now)
    record(by, MANDATE_ENDED, ("mandate", mandate.pk), [mandate.client_id])


@transaction.atomic
def deny_mandate(mandate: Mandate, *, by: Actor | PortalActor) -> None:
    """The client denies the guardian: the mandate opens nothing until the client lifts it."""
    open_ones = Mandate.objects.filter(pk=mandate.pk, ended_at=None, denied_at=None)
    _change(open_ones, denied_at=by.now)
    record(by, MANDATE_DENIED, ("mandate", mandate.pk), [mandate.client_id])


@transaction.atomic
def lift_denial(mandate: Mandate, *, by: PortalActor) -> None:
    """The client lets the guardian see again; nobody else can."""
    _change(
        Mandate.objects.filter(pk=mandate.pk, ended_at=None, denied_at__isnull=False),
        denied_at=None,
    )
    record(by, MANDATE_DENIAL_LIFTED, ("mandate", mandate.pk), [mandate.client_id])


@transaction.atomic
def withhold(
    rows: Iterable[tuple[str, UUID]],
    *,
    by: Actor,
    ground: str,
    third_person: bool = True,
    words: str = "",
) -> None:
    """Keeps rows (table, key) of the actor's own units from their client, on a ground of law."""
    if not ground:
        raise RuleBroken(_("Valitse lainkohta, jonka perusteella kirjaus jää näyttämättä."))
    with connection.cursor() as cursor:
        for table, key in rows:
            cursor.execute(
                "select access.withhold(%s, %s, %s, %s, %s)",
                [table, key, ground, third_person, words],
            )


@transaction.atomic
def show_again(withholding: Withholding, *, by: Actor) -> None:
    """Lets the client see the row again."""
    _change(
        Withholding.objects.filter(pk=withholding.pk, lifted_at=None),
        lifted_at=by.now,
        lifted_by_id=by.membership_id,
    )
    subject = (withholding.table, withholding.thing)
    record(by, WITHHOLDING_LIFTED, subject, [withholding.client_id])


def _change(
    rows: "QuerySet[ClientAccount] | QuerySet[Mandate] | QuerySet[Withholding]", **to: object
) -> None:
    """One row, which the actor may change and nobody has changed before."""
    if rows.update(**to) != 1:
        raise RuleBroken(_("Tämä on jo muuttunut. Lataa sivu uudelleen."))
