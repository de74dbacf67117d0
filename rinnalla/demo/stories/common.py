"""What the stories do in the same way: find a client, write an application, record a permit."""

from datetime import date
from uuid import UUID

from rinnalla.access.actor import Actor
from rinnalla.applications.models import Application, ApplicationText
from rinnalla.applications.operations import drafting
from rinnalla.clients.models import Client
from rinnalla.clients.queries import find_client
from rinnalla.demo.stage import organization, units
from rinnalla.organizations.models import Team
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import Giving, Scope, record_permit

COUNTY = "HVA"
HEALTH = ("TK010", "TK020", "TK030", "TK040", "TT200", "TO210", "FY300", "MP400", "MP410")


def found(number: str) -> Client:
    """The client by number, found as the seated actor finds people."""
    client = find_client(number)
    if client is None:
        raise LookupError(f"nobody is found by {number}")
    return client


def write(client: Client, by: Actor, team: str, **texts: str) -> Application:
    """Begins an application and writes it."""
    application = drafting.begin(client, by=by, team=Team.objects.get(code=team))
    version = ApplicationText.objects.get(application=application).version
    drafting.save_text(application, by=by, version=version, texts=texts)
    return application


def permit(
    client: Client, by: Actor, whose: tuple[str, ...], to: str, purpose: str, until: date | None
) -> Permit:
    """Records a permit that the client gave the actor today, spoken."""
    return record_permit(
        client,
        by=by,
        scope=Scope(
            units=units(*whose), organizations=[organization(to)], purpose_code=purpose, ends=until
        ),
        giving=Giving(given_on=by.today, form=Permit.Form.SPOKEN),
    )


def again(application_id: UUID) -> Application:
    """The application as the seated actor sees it now."""
    return Application.objects.select_related("client", "team", "unit").get(pk=application_id)
