"""Opening a client by law or in an emergency: an hour at most, with a ground, reviewed after."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.models import LawOpening
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import CodeEntry, Membership

OPENERS = (Membership.Role.PRACTITIONER, Membership.Role.CONVENER, Membership.Role.INTAKE)


@dataclass(frozen=True)
class Ground:
    """Why it is opened: a section of law by its code, or an emergency told in words."""

    code: str
    words: str = ""


@dataclass(frozen=True)
class Opened:
    """What was opened, and until when."""

    opening_id: UUID
    client_id: UUID
    ends_at: datetime


@dataclass(frozen=True)
class Named:
    """Whom: a client in the circle, or one named exactly by identifier (its digest) or number."""

    client: Client | None = None
    digest: bytes | None = None
    number: str = ""


def law_grounds() -> list[CodeEntry]:
    """The county's sections of law on which a client may be opened."""
    return list(CodeEntry.objects.filter(code_list=LawOpening.GROUNDS).order_by("name"))


@transaction.atomic
def open_by_law(named: Named, *, by: Actor, ground: Ground) -> Opened | None:
    """Opens the client's data of every register for an hour; None when nobody is so named."""
    _check(ground, by)
    key = named.client.pk if named.client else None
    values = [key, named.digest, named.number, ground.code, ground.words]
    with connection.cursor() as cursor:
        cursor.execute(
            "select opening, client, ends_at from access.open_by_law(%s, %s, %s, %s, %s)", values
        )
        row = cursor.fetchone()
    return Opened(*row) if row else None


@transaction.atomic
def close_law_opening(opening: LawOpening, *, by: Actor) -> None:
    """Ends one's own opening; what it opened is closed on the next statement."""
    with connection.cursor() as cursor:
        cursor.execute("select access.close_law_opening(%s)", [opening.pk])
        if not cursor.fetchone()[0]:
            raise RuleBroken(_("Tämä avaus on jo päättynyt."))


@transaction.atomic
def review_law_opening(opening_id: UUID, *, by: Actor, verdict: str, words: str = "") -> None:
    """The officer's review of an opening that somebody else made."""
    if verdict == LawOpening.Verdict.QUESTIONED and not words.strip():
        raise RuleBroken(_("Kirjoita, mikä avauksessa on selvitettävä."))
    with connection.cursor() as cursor:
        cursor.execute("select access.review_law_opening(%s, %s, %s)", [opening_id, verdict, words])
        if not cursor.fetchone()[0]:
            raise RuleBroken(_("Tämän avauksen on jo arvioinut joku, tai avasit sen itse."))


def open_now(actor: Actor) -> list[LawOpening]:
    """The actor's openings that last: for the banner of every page."""
    rows = LawOpening.objects.filter(membership_id=actor.membership_id, closed_at=None)
    return list(rows.filter(ends_at__gt=actor.now).select_related("client").order_by("ends_at"))


def client_of(opened: Opened) -> Client:
    """Whose data has just been opened."""
    return Client.objects.get(pk=opened.client_id)


def own_opening(actor: Actor, public_id: UUID) -> LawOpening:
    """An opening that the actor made, else 404."""
    rows = LawOpening.objects.filter(membership_id=actor.membership_id)
    opening = rows.filter(public_id=public_id).first()
    if opening is None:
        raise Http404
    return opening


def _check(ground: Ground, by: Actor) -> None:
    if by.role not in OPENERS:
        raise RuleBroken(_("Sinun roolissasi ei voi avata tietoja lain nojalla."))
    if not ground.code:
        raise RuleBroken(_("Valitse peruste, jolla avaat tiedot."))
    if ground.code == LawOpening.EMERGENCY and not ground.words.strip():
        raise RuleBroken(_("Kirjoita, mikä hätätilanne on."))
