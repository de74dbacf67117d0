"""Who may open a client's page, and what its addresses name: PostgreSQL decides what is seen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse

from rinnalla.access.acting import acting_for_client
from rinnalla.access.models import ClientAccount, Mandate, Withholding
from rinnalla.access.portal_actor import PortalActor
from rinnalla.clients.models import Client
from rinnalla.meetings.models import Appointment, Meeting
from rinnalla.permits.models import Permit, PermitRequest

View = Callable[..., HttpResponse]


def for_clients(view: View) -> View:
    """A page of the seated client or guardian; who is not signed in comes to the client's door."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, acting_for_client(request), *args, **kwargs)

    guarded.__doc__ = view.__doc__
    guarded.login_url = "portal-sign-in"  # type: ignore[attr-defined]
    return guarded


def own_client(actor: PortalActor) -> Client:
    """The client whom the seat is about."""
    return Client.objects.get(pk=actor.client_id)


def own_permit(actor: PortalActor, public_id: UUID) -> Permit:
    """A permit of the client that can still be withdrawn, else 404."""
    rows = Permit.objects.filter(client=actor.client_id, public_id=public_id, withdrawn_at=None)
    permit = rows.select_related("client").first()
    if permit is None or (permit.ends and permit.ends < actor.today):
        raise Http404
    return permit


def own_request(actor: PortalActor, public_id: UUID) -> PermitRequest:
    """What the client is asked for, unanswered, else 404."""
    rows = PermitRequest.objects.filter(client=actor.client_id, public_id=public_id, answer="")
    found = rows.select_related("client", "recipient", "asked_by__user", "unit").first()
    if found is None:
        raise Http404
    return found


def own_meeting(actor: PortalActor, public_id: UUID) -> Meeting:
    """A meeting of the client, else 404."""
    rows = Meeting.objects.select_related("client", "convener__user")
    found = rows.filter(client=actor.client_id, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def own_appointment(actor: PortalActor, public_id: UUID) -> Appointment:
    """An appointment of the client at a service, else 404."""
    found = Appointment.objects.filter(client=actor.client_id, public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def mandate_for(public_id: UUID) -> Mandate:
    """A mandate that has not been ended, if the actor may see it, else 404."""
    rows = Mandate.objects.filter(public_id=public_id, ended_at=None).select_related("client")
    mandate = rows.first()
    if mandate is None:
        raise Http404
    return mandate


def own_mandate(actor: PortalActor, typed: str) -> Mandate:
    """A mandate about the client who is here in person, else 404."""
    rows = Mandate.objects.filter(client=actor.client_id, ended_at=None)
    if actor.kind == "client":
        for mandate in rows:
            if str(mandate.public_id) == typed:
                return mandate
    raise Http404


def withholding_for(client: Client, typed: str) -> Withholding:
    """What keeps a record from the client's view, if the actor may see it, else 404."""
    for found in Withholding.objects.filter(client=client, lifted_at=None):
        if str(found.pk) == typed:
            return found
    raise Http404


def open_account(client: Client) -> ClientAccount | None:
    """The client's way in that is open, as far as the actor may see it."""
    rows = ClientAccount.objects.filter(client=client, ended_at=None)
    return rows.select_related("enrolled_by__user", "unit").first()


def keeps_clients() -> bool:
    """Whether the seated member may open a page: one of the controller that keeps the master."""
    with connection.cursor() as cursor:
        cursor.execute("select access.keeps_clients()")
        return bool(cursor.fetchone()[0])
