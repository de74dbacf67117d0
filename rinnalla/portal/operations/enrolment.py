"""A worker opens a client's own page with the client, and closes it."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.models import ClientAccount
from rinnalla.access.operations import end_client_account, enrol_client
from rinnalla.accounts.contacts import channel_of
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.notifications.models import Message
from rinnalla.notifications.operations import Letter, Way, cancel, send

TEMPLATE = "portal/messages/welcome.txt"
# In that time the message can be taken back.
PAUSE = timedelta(seconds=30)


def welcome(client: Client) -> Letter:
    """What the client gets when the page is opened."""
    link = f"{settings.PUBLIC_URL}{reverse('portal-sign-in')}"
    language = client.contact_language if client.contact_language in ("sv", "en") else "fi"
    return Letter(TEMPLATE, language, {"link": link})


@transaction.atomic
def open_page(client: Client, address: str, *, by: Actor) -> None:
    """Gives the client an account with the address as the way in, and tells the client so."""
    with connection.cursor() as cursor:
        cursor.execute("select portal.address_is_free(%s, %s)", [client.pk, address])
        if not cursor.fetchone()[0]:
            raise RuleBroken(_("Tällä osoitteella ei voi kirjautua. Valitse toinen osoite."))
    channel = channel_of(address)
    enrol_client(client, by=by, **{"email" if channel == "email" else "phone": address})
    send(client, welcome(client), Way(channel, address, due=by.now + PAUSE), by=by)


@transaction.atomic
def close_page(account: ClientAccount, *, by: Actor) -> None:
    """Ends the client's way in at once; a welcome that has not gone does not go."""
    end_client_account(account, by=by)
    waiting = Message.objects.filter(
        client=account.client_id, template=TEMPLATE, state=Message.State.QUEUED, unit=by.unit_id
    )
    for message in waiting:
        cancel(message, by=by)
