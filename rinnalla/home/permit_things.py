"""What about permits waits for the actor on the first page."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications.models import Application
from rinnalla.home.things import ROWS, Thing, age, due
from rinnalla.permits.models import Permit, PermitRequest
from rinnalla.permits.queries import joined
from rinnalla.permits.queries import waiting as permits_waiting
from rinnalla.permits.queries.lines import recipient_name
from rinnalla.ui.dates import weekday_short


def permits_to_ask(actor: Actor) -> list[Thing]:
    """Permits to ask of the clients for whom the actor applies, and signatures that are missing."""
    mine = Application.objects.filter(
        client=OuterRef("client"), referrer=actor.membership_id, ended_at=None
    )
    rows = PermitRequest.objects.filter(
        Exists(mine) | Q(asked_by=actor.membership_id), answer=""
    ).select_related("client", "recipient")
    signing, asking = _("Allekirjoitus puuttuu: %(who)s"), _("Kysy asiakkaalta lupa: %(who)s")
    return [
        Thing(
            client=row.client,
            what=(signing if row.paper_given_on else asking) % {"who": row.recipient},
            detail=row.reason,
            tag="hold",
            when=age(actor, row.asked_at),
            act=_("Kirjaa vastaus"),
            url=reverse("client-permits", args=[row.client.public_id]),
            kind="permit",
        )
        for row in rows.order_by("asked_at")[:ROWS]
    ]


def permits_that_end(actor: Actor) -> list[Thing]:
    """Permits whose last day is near: does the client want them to go on?"""
    return [
        Thing(
            client=row.client,
            what=_("Lupa vanhenee: %(who)s")
            % {"who": joined([recipient_name(one) for one in row.recipients.all()])},
            detail=row.purpose_words,
            tag="hold",
            when=weekday_short(row.ends),
            act=_("Jatka lupaa"),
            url=f"{reverse('change-permit', args=[row.public_id])}?jatka=1",
            kind="expiring",
        )
        for row in permits_waiting.expiring(actor, ROWS)
    ]


def recipients_to_tell(actor: Actor) -> list[Thing]:
    """Recipients whom the actor is to tell that a permit has ended, or that the client denies."""
    of_end, of_denial = (
        _("Kerro, että lupa on päättynyt: %(who)s"),
        _("Kerro, että asiakas on kieltänyt: %(who)s"),
    )
    return [
        Thing(
            client=row.client,
            what=(of_denial if row.permit.kind == Permit.Kind.DENIAL else of_end)
            % {"who": row.recipient},
            detail=_("viimeistään %(day)s") % {"day": weekday_short(row.due)},
            tag="late" if row.due < actor.today else "hold",
            when=due(actor, row.due),
            act=_("Kirjaa kerrotuksi"),
            url=reverse("tell-recipient", args=[row.public_id]),
            kind="notice",
            urgent=row.due < actor.today,
        )
        for row in permits_waiting.untold(actor, ROWS)
    ]
