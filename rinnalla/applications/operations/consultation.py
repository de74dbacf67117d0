"""Acts in the paper consultation: who is there, what each agency adds and thinks."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.access import audience, is_convener, places_of, require
from rinnalla.applications.models import (
    AgendaItem,
    Application,
    ColumnEntry,
    Disqualification,
    Presence,
    View,
)
from rinnalla.applications.operations.matter import disclosed, follow, locked, note, recorded
from rinnalla.lib.errors import RuleBroken
from rinnalla.lib.prepared import Prepared
from rinnalla.organizations.models import TeamMember, TeamSeat

_VIEW = Prepared(
    lambda application, seat, member: View.objects.filter(
        application=application, seat=seat, membership=member
    ),
    UUID,
    UUID,
    UUID,
)


@transaction.atomic
def mark_present(item: AgendaItem, *, by: Actor, membership: UUID) -> None:
    """Records that somebody is present for this case, which is a disclosure to them."""
    application = locked(item.application)
    require(is_convener(by, application))
    if membership not in audience(application):
        raise RuleBroken(
            _("Asiakkaan lupa ei ulotu tähän jäseneen. Hän on poissa tämän asian ajan.")
        )
    if Presence.objects.filter(item=item, membership=membership, removed_at=None).exists():
        return
    Presence.objects.create(
        **recorded(application, by),
        item=item,
        membership_id=membership,
        marked_by_id=by.membership_id,
        marked_at=by.now,
    )
    note(application, events.PRESENT, by, to=str(membership), session=str(item.session_id))
    disclosed(application, [membership], None, "consultation")


@transaction.atomic
def mark_absent(item: AgendaItem, *, by: Actor, membership: UUID) -> None:
    """Undoes a mark of presence."""
    application = locked(item.application)
    require(is_convener(by, application))
    if Presence.objects.filter(item=item, membership=membership, removed_at=None).update(
        removed_at=by.now
    ):
        note(application, events.ABSENT, by, to=str(membership))


@transaction.atomic
def disqualify(item: AgendaItem, *, by: Actor, membership: UUID) -> None:
    """Takes a member off the case (esteellinen): the member no longer sees it, from this moment."""
    application = locked(item.application)
    require(is_convener(by, application))
    if not TeamMember.objects.filter(
        seat__team_id=application.team_id, membership=membership, ended_at=None
    ).exists():
        raise RuleBroken(_("Henkilö ei ole tämän tiimin jäsen."))
    Presence.objects.filter(item=item, membership=membership, removed_at=None).update(
        removed_at=by.now
    )
    _row, made = Disqualification.objects.get_or_create(
        application=application,
        membership_id=membership,
        removed_at=None,
        defaults={
            "client_id": application.client_id,
            "unit_id": by.unit_id,
            "recorded_by_id": by.membership_id,
            "recorded_at": by.now,
        },
    )
    if made:
        follow(application)
        note(application, events.DISQUALIFIED, by, member=str(membership))


@transaction.atomic
def requalify(item: AgendaItem, *, by: Actor, membership: UUID) -> None:
    """Undoes a disqualification."""
    application = locked(item.application)
    require(is_convener(by, application))
    if Disqualification.objects.filter(
        application=application, membership=membership, removed_at=None
    ).update(removed_at=by.now):
        follow(application)
        note(application, events.REQUALIFIED, by, member=str(membership))


@transaction.atomic
def save_view(
    application: Application, *, by: Actor, seat: TeamSeat, text: str, version: int = 0
) -> View:
    """Saves a member's view; version 0 is the first, others must be the one that was edited."""
    _require_place(application, by, seat)
    if version == 0:
        try:
            with transaction.atomic():
                view = View.objects.create(
                    **recorded(application, by),
                    seat=seat,
                    membership_id=by.membership_id,
                    text=text,
                    saved_at=by.now,
                )
        except IntegrityError as already:
            raise RuleBroken(
                _("Näkemyksesi on jo tallessa. Lataa sivu uudelleen ja muokkaa sitä.")
            ) from already
    else:
        changed = View.objects.filter(
            application=application, seat=seat, membership=by.membership_id, version=version
        ).update(text=text, saved_at=by.now, version=version + 1)
        if not changed:
            raise RuleBroken(
                _("Näkemystä on muokattu toisessa ikkunassa. Kopioi tekstisi ja lataa sivu.")
            )
        view = _VIEW.rows(application.pk, seat.pk, by.membership_id)[0]
    note(application, events.VIEW_SAVED, by, seat=str(seat.pk))
    disclosed(application, audience(application), [by.unit_id], "view")
    return view


@transaction.atomic
def add_entry(
    application: Application, *, by: Actor, seat: TeamSeat, row: str, text: str
) -> ColumnEntry:
    """Adds to the agency's own column what its own system tells."""
    _require_place(application, by, seat)
    entry = ColumnEntry.objects.create(
        **recorded(application, by),
        seat=seat,
        membership_id=by.membership_id,
        row=row,
        text=text,
        saved_at=by.now,
    )
    note(application, events.ENTRY_ADDED, by, row=row)
    disclosed(application, audience(application), [by.unit_id], "column")
    return entry


@transaction.atomic
def remove_entry(entry: ColumnEntry, *, by: Actor) -> None:
    """Removes one's own addition to the column."""
    if not ColumnEntry.objects.filter(pk=entry.pk, removed_at=None).update(removed_at=by.now):
        raise RuleBroken(_("Vain merkinnän tekijä voi poistaa sen."))
    note(entry.application, events.ENTRY_REMOVED, by, row=entry.row)


def _require_place(application: Application, by: Actor, seat: TeamSeat) -> None:
    """One writes only for a seat that one fills; the convener for the seat that has the convener's
    unit."""
    if any(place.pk == seat.pk for place in places_of(by, application.team_id)):
        return
    require(
        is_convener(by, application)
        and seat.team_id == application.team_id
        and seat.units.filter(pk=by.unit_id).exists()
    )
