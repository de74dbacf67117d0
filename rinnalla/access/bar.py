"""The identity bar of a page about one client; asking for it leaves the row of the read."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.queries import identity
from rinnalla.access.recording import record_read
from rinnalla.clients.models import Client
from rinnalla.organizations.models import Membership
from rinnalla.ui.frame import Identity, NavItem


def read_bar(
    actor: Actor,
    client: Client,
    page: str,
    kinds: Iterable[str],
    *,
    subject: tuple[str, UUID] | None = None,
    holder: Membership | None = None,
) -> Identity:
    """Records that the page is read, and gives its bar; called exactly once for a page."""
    bases = record_read(page, [client.pk], kinds, subject=subject)
    url = reverse("client", args=[client.public_id])
    return identity(client, bases[client.pk], actor.today, holder=holder, url=url)


def client_tabs(client: Client, current: str) -> list[NavItem]:
    """The pages of one client; `current` is the URL name of this one."""
    pages = [
        ("client", _("Yhteenveto")),
        ("client-permits", _("Luvat")),
        ("client-portal", _("Oma sivu")),
    ]
    return [
        NavItem(label, reverse(name, args=[client.public_id]), current=name == current)
        for name, label in pages
    ]
