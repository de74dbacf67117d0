"""Entering a client whom the master does not know."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from rinnalla.clients.identifiers import encrypt_hetu, hetu_digest
from rinnalla.clients.models import Client, ClientContact, ClientIdentifier, ClientLock
from rinnalla.lib.errors import RuleBroken
from rinnalla.lib.ids import uuid7
from rinnalla.lib.names import sort_key
from rinnalla.organizations.models import Membership, Municipality, Unit

if TYPE_CHECKING:
    from rinnalla.access.actor import Actor


Role = Membership.Role
FINDERS = (Role.PRACTITIONER, Role.CONVENER, Role.INTAKE)


@dataclass(frozen=True)
class Person:
    """What is known of a new client; `hetu` is a valid code or empty."""

    family_name: str
    given_names: str
    birth_date: date
    hetu: str = ""
    language: str = "fi"
    needs_interpreter: bool = False
    municipality: Municipality | None = None
    phone: str = ""
    way: str = ""


def require_finder(by: "Actor") -> None:
    """Only roles that work with clients look for one or enter one; the database says the same."""
    if by.role not in FINDERS:
        raise PermissionDenied


@transaction.atomic
def enter_client(person: Person, *, by: "Actor") -> Client:
    """Enters the client; a code that the master knows makes no difference, and is matched later."""
    require_finder(by)
    if person.birth_date > by.today:
        raise RuleBroken(_("Syntymäaika ei voi olla tulevaisuudessa."))
    key = uuid7()
    with connection.cursor() as cursor:
        cursor.execute("select access.enter_client(%s)", [key])
    master = Unit.objects.get(keeps_master=True)
    client = Client.objects.create(
        id=key,
        unit=master,
        family_name=person.family_name,
        given_names=person.given_names,
        sort_name=sort_key(f"{person.family_name} {person.given_names}"),
        birth_date=person.birth_date,
        contact_language=person.language,
        needs_interpreter=person.needs_interpreter,
        municipality=person.municipality,
    )
    ClientLock.objects.create(client=client)
    _add_identifier(client, master, person.hetu)
    ClientContact.objects.create(
        client=client, unit_id=by.unit_id, phone=person.phone, way=person.way
    )
    return client


def _add_identifier(client: Client, master: Unit, hetu: str) -> None:
    if not hetu:
        return
    ClientIdentifier.objects.create(
        client=client,
        unit=master,
        digest=hetu_digest(hetu),
        ciphertext=encrypt_hetu(hetu),
        from_master=False,
    )
