"""What the acts on an application share: locking it, moving its state and its holder."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record, record_sharing
from rinnalla.applications.models import AgendaItem, Application, Holding, Joining
from rinnalla.lib.errors import RuleBroken


def locked(application: Application) -> Application:
    """The application as it is now, held until the transaction ends, by one who may handle it."""
    found = (
        Application.objects.select_for_update(of=("self",))
        .select_related("team", "client")
        .filter(pk=application.pk)
        .first()
    )
    if found is None:
        raise PermissionDenied
    return found


def move(application: Application, state: str) -> None:
    """Changes the state along the allowed moves; the fields to save are the caller's."""
    if state not in Application.MOVES[application.state]:
        raise RuleBroken(
            _("Hakemuksen tila on muuttunut: %(state)s. Lataa sivu uudelleen.")
            % {"state": application.get_state_display()}
        )
    application.state = state


def give_holding(application: Application, to: UUID, *, by: Actor) -> None:
    """Makes somebody else hold the matter; saves the holder's fields."""
    if application.holder_id == to and not application.holder_is_interim:
        return
    Holding.objects.filter(application=application, ended_at=None).update(ended_at=by.now)
    Holding.objects.create(
        **recorded(application, by),
        membership_id=to,
        began_at=by.now,
    )
    application.holder_id = to
    application.holder_is_interim = False
    application.save(update_fields=["holder", "holder_is_interim"])


def recorded(application: Application, by: Actor) -> dict[str, Any]:
    """What every part of an application carries: whose it is, and the unit that records it."""
    return {
        "application": application,
        "client_id": application.client_id,
        "unit_id": by.unit_id,
    }


def follow(application: Application) -> None:
    """Lets the circle follow from the application's rows."""
    with connection.cursor() as cursor:
        for key in (application.pk, *(joined.pk for joined in joined_to(application))):
            cursor.execute("select applications.follow(%s)", [key])


def joined_to(application: Application) -> list[Application]:
    """The later applications that go along with this one, as far as the actor is told of them."""
    joined = Application.objects.filter(
        joinings__into=application, joinings__undone_at=None
    ).select_related("team", "client")
    return list(joined.order_by("sent_at"))


def require_alone(application: Application) -> None:
    """A matter that goes along with another is parted from it before it goes elsewhere."""
    joined = Joining.objects.filter(
        Q(application=application) | Q(into=application), undone_at=None
    )
    if joined.exists():
        raise RuleBroken(_("Hakemus on yhdistetty toiseen. Peru ensin yhdistäminen."))


def note(application: Application, kind: str, by: Actor, **facts: object) -> None:
    """The journal row of an act on the application."""
    record(by, kind, ("application", application.pk), [application.client_id], **facts)


def disclosed(
    application: Application, to: Iterable[UUID], units: Iterable[UUID] | None, what: str
) -> None:
    """The journal rows of what comes before the members' eyes, by the client's permits."""
    thing = ("application", application.pk)
    record_sharing(application.client_id, to, units, thing=thing, what=what)


def open_item(application: Application) -> AgendaItem | None:
    """The application's place on an agenda that is not yet handled."""
    return AgendaItem.objects.filter(
        application=application, removed_at=None, handled_at=None
    ).first()
