"""Who could read what is being written about a matter."""

from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.audience import Audience, Kind
from rinnalla.applications.models import Application


def of_text(actor: Actor, application: Application) -> Audience:
    """Of the application as the referrer's unit wrote it."""
    row = ("applications_applicationtext", application.pk)
    unit = application.unit_id
    return Audience(actor, application.client, Kind.PART, unit=unit, row=row)


def of_part(actor: Actor, application: Application) -> Audience:
    """Of a text that only the writer's own unit and those with a permit read."""
    return Audience(actor, application.client, Kind.PART)


def of_thing(actor: Actor, application: Application) -> Audience:
    """Of a text that whoever takes part in the matter reads."""
    name = application.referrer.user.get_full_name()
    referrer = _("Hakemuksen lähettäjä: %(name)s") % {"name": name}
    return Audience(actor, application.client, Kind.THING, people=[referrer])
