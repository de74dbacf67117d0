"""Letters that wait to be printed, and what the stand-in was given."""

from dataclasses import dataclass
from datetime import timedelta

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client, ClientAddress
from rinnalla.notifications.models import Message, StandInMail

ROWS = 100
# A letter that was marked can be marked back for as long as it stays on the page.
KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Letters:
    """Letters of the actor's own unit to clients of the actor: waiting, and printed lately."""

    waiting: list[Message]
    printed: list[Message]

    @property
    def clients(self) -> set[Client]:
        return {letter.client for letter in (*self.waiting, *self.printed)}


def letters_of(actor: Actor) -> Letters:
    """The print queue as the actor sees it, the oldest first."""
    letters = Message.objects.filter(channel=Message.Channel.PRINT, unit=actor.unit_id)
    rows = letters.select_related("client")
    waiting = rows.filter(state=Message.State.QUEUED, due__lte=actor.now).order_by("due")
    printed = rows.filter(state=Message.State.PRINTED, ended_at__gt=actor.now - KEPT)
    return Letters(list(waiting[:ROWS]), list(printed.order_by("-ended_at")[:ROWS]))


def postal_lines(client: Client) -> list[str]:
    """Where a letter goes, if the actor may read it; the name alone otherwise."""
    name = f"{client.given_names} {client.family_name}"
    address = ClientAddress.objects.filter(client=client).first()
    if address is None:
        return [name]
    return [name, address.street, f"{address.postal_code} {address.city}".strip()]


def went_out() -> list[StandInMail]:
    """What the stand-in was given last; empty outside a demonstration."""
    return list(StandInMail.objects.order_by("-id")[:ROWS])
