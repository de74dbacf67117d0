"""The referrer's acts before reception: begin, write, send, take back, discard."""

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.access import is_referrer, require
from rinnalla.applications.models import Application, ApplicationText, Holding
from rinnalla.applications.operations.matter import (
    disclosed,
    follow,
    locked,
    move,
    note,
    recorded,
)
from rinnalla.clients.models import Client, ClientLock
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Team

# What must be there before sending, with the words by which the page asks for it.
TEXT_FIELDS = (
    *("question", "wish", "situation", "tried", "involved", "reaching", "support_needed"),
    *("urgency", "agreed"),
)


@transaction.atomic
def begin(client: Client, *, by: Actor, team: Team) -> Application:
    """Begins an application to a team; from here on its writer holds the matter."""
    application = Application.objects.create(
        client=client,
        unit_id=by.unit_id,
        team=team,
        referrer_id=by.membership_id,
        holder_id=by.membership_id,
        created_at=by.now,
    )
    follow(application)
    ClientLock.objects.bulk_create([ClientLock(client=client)], ignore_conflicts=True)
    ApplicationText.objects.create(
        application=application, client=client, unit_id=by.unit_id, updated_at=by.now
    )
    Holding.objects.create(
        application=application,
        client=client,
        unit_id=by.unit_id,
        membership_id=by.membership_id,
        began_at=by.now,
    )
    note(application, events.BEGUN, by)
    return application


@transaction.atomic
def save_text(
    application: Application, *, by: Actor, version: int, texts: dict[str, str]
) -> ApplicationText:
    """Saves what was written, unless somebody else has saved in between: nothing is overwritten
    silently."""
    application = locked(application)
    require(is_referrer(by, application))
    if application.state != Application.State.DRAFT:
        raise RuleBroken(
            _("Hakemus on lähetetty, eikä sitä voi enää muokata. Ota se ensin takaisin.")
        )
    text = ApplicationText.objects.get(application=application)
    if text.version != version:
        raise RuleBroken(
            _("Hakemusta on muokattu toisessa ikkunassa. Kopioi tekstisi ja lataa sivu uudelleen.")
        )
    for field in TEXT_FIELDS:
        if field in texts:
            setattr(text, field, texts[field])
    text.version += 1
    text.updated_at = by.now
    text.save(update_fields=[*TEXT_FIELDS, "version", "updated_at"])
    note(application, events.SAVED, by)
    return text


@transaction.atomic
def choose_team(application: Application, *, by: Actor, team: Team) -> None:
    """Changes the team of a draft."""
    application = locked(application)
    require(is_referrer(by, application))
    if application.state != Application.State.DRAFT:
        raise RuleBroken(_("Tiimiä ei voi vaihtaa lähettämisen jälkeen."))
    application.team = team
    application.save(update_fields=["team"])


def missing(text: ApplicationText) -> list[str]:
    """What is still missing before sending, as the page says it."""
    wanted = [
        (text.question.strip(), _("kysymys tiimille")),
        (text.wish.strip(), _("asiakkaan oma toive")),
        (text.situation.strip(), _("tilanne nyt")),
        (text.agreed, _("asiakkaan suostumus hakemukseen")),
    ]
    return [words for value, words in wanted if not value]


@transaction.atomic
def send(application: Application, *, by: Actor) -> None:
    """Sends the application: the team's convener sees it now; the sender holds it until
    reception."""
    application = locked(application)
    require(is_referrer(by, application))
    if application.state != Application.State.DRAFT:
        raise RuleBroken(
            _("Hakemus on lähetetty, eikä sitä voi enää muokata. Ota se ensin takaisin.")
        )
    if lacking := missing(ApplicationText.objects.get(application=application)):
        raise RuleBroken(_("Hakemuksesta puuttuu: %(what)s.") % {"what": ", ".join(lacking)})
    move(application, Application.State.SENT)
    application.sent_at = by.now
    application.save(update_fields=["state", "sent_at"])
    follow(application)
    note(application, events.SENT, by, team=str(application.team_id))
    disclosed(application, [application.team.convener_id], [application.unit_id], "application")


@transaction.atomic
def take_back(application: Application, *, by: Actor) -> None:
    """Takes a sent application back for editing, while nobody has taken it in."""
    application = locked(application)
    require(is_referrer(by, application))
    if application.state != Application.State.SENT or application.received_at:
        raise RuleBroken(_("Tiimi on jo ottanut hakemuksen käsittelyyn."))
    move(application, Application.State.DRAFT)
    application.save(update_fields=["state"])
    follow(application)
    note(application, events.TAKEN_BACK, by)


@transaction.atomic
def discard(application: Application, *, by: Actor) -> None:
    """Discards a draft; it can be restored for 30 days."""
    application = locked(application)
    require(is_referrer(by, application))
    move(application, Application.State.DISCARDED)
    application.ended_at = by.now
    application.save(update_fields=["state", "ended_at"])
    Holding.objects.filter(application=application, ended_at=None).update(ended_at=by.now)
    follow(application)
    note(application, events.DISCARDED, by)


@transaction.atomic
def restore(application: Application, *, by: Actor) -> None:
    """Brings a discarded draft back."""
    application = locked(application)
    require(is_referrer(by, application))
    move(application, Application.State.DRAFT)
    application.ended_at = None
    application.save(update_fields=["state", "ended_at"])
    Holding.objects.create(
        **recorded(application, by),
        membership_id=application.holder_id,
        began_at=by.now,
    )
    follow(application)
    note(application, events.RESTORED, by)
