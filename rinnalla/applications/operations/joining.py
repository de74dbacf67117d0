"""Two applications for one client in one team: the convener joins them, and may part them again."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.access import is_convener, require
from rinnalla.applications.models import AgendaItem, Application, Joining
from rinnalla.applications.operations.matter import (
    follow,
    joined_to,
    locked,
    note,
    open_item,
    recorded,
)
from rinnalla.applications.operations.reception import place, taken_in
from rinnalla.lib.errors import RuleBroken

WAITING = (Application.State.SENT, Application.State.RECEIVED)


@transaction.atomic
def join_applications(application: Application, other: Application, *, by: Actor) -> Application:
    """Handles the two as one from now on: the earlier goes on, the later goes along with it."""
    earlier, later = in_order(application, other)
    _require_two_that_wait(earlier, later, by)
    # A lock is taken in the order of keys: two who join the same two would wait for each other.
    for one in sorted((earlier, later), key=lambda each: each.pk):
        taken_in(one, by)
    if joined_to(later) or _open(later.pk) or _open(earlier.pk):
        raise RuleBroken(_("Hakemus on jo yhdistetty toiseen. Lataa sivu uudelleen."))
    _go_along(later, earlier, by)
    Joining.objects.create(
        **recorded(later, by), into=earlier, joined_by_id=by.membership_id, joined_at=by.now
    )
    follow(earlier)
    note(later, events.JOINED, by, into=str(earlier.pk))
    return earlier


@transaction.atomic
def part_applications(application: Application, *, by: Actor) -> None:
    """Undoes the joining while nothing has been given: the later one waits by itself again."""
    application = locked(application)
    require(is_convener(by, application))
    joining = Joining.objects.select_related("into").filter(application=application, undone_at=None)
    found = joining.first()
    if found is None:
        raise RuleBroken(_("Hakemusta ei ole yhdistetty. Lataa sivu uudelleen."))
    if locked(found.into).state not in WAITING or application.state not in WAITING:
        raise RuleBroken(_("Tiimi on jo antanut ratkaisun. Yhdistämistä ei voi enää perua."))
    Joining.objects.filter(pk=found.pk).update(undone_at=by.now)
    follow(application)
    note(application, events.PARTED, by, into=str(found.into_id))


def in_order(one: Application, other: Application) -> tuple[Application, Application]:
    """By the day on which they were sent: the clocks of both go by the earlier."""
    earlier, later = sorted((one, other), key=lambda each: each.sent_at or each.created_at)
    return earlier, later


def _require_two_that_wait(earlier: Application, later: Application, by: Actor) -> None:
    require(is_convener(by, earlier) and is_convener(by, later))
    one_client = earlier.client_id == later.client_id and earlier.team_id == later.team_id
    if not one_client or earlier.pk == later.pk:
        raise RuleBroken(_("Vain saman asiakkaan hakemukset samaan tiimiin voi yhdistää."))
    if earlier.state not in WAITING or later.state not in WAITING:
        raise RuleBroken(_("Toiseen hakemukseen on jo annettu ratkaisu, joten niitä ei yhdistetä."))


def _open(key: UUID) -> bool:
    return Joining.objects.filter(application=key, undone_at=None).exists()


def _go_along(later: Application, earlier: Application, by: Actor) -> None:
    """The place on an agenda is the earlier one's; what was written for the later one stays."""
    item = open_item(later)
    if item is None:
        return
    AgendaItem.objects.filter(pk=item.pk).update(removed_at=by.now)
    if open_item(earlier) is None:
        place(earlier, by=by, session=item.session)
