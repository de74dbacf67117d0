"""Acts on steps: agreeing on one, and telling how it goes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.plans.access import can_report
from rinnalla.plans.events import STEP_AGREED, STEP_REPORTED
from rinnalla.plans.models import Step, StepReport, Watch
from rinnalla.services.models import CatalogueService


@dataclass(frozen=True)
class Agreed:
    """One thing to do: what, by which day, and by exactly one of a professional, the client, a
    contact.

    `watcher` looks at it when the owner is no professional.
    """

    text: str
    due: date
    owner: UUID | None = None
    by_client: bool = False
    contact: str = ""
    watcher: UUID | None = None


@transaction.atomic
def agree_step(
    client: Client, *, by: Actor, agreed: Agreed, service: CatalogueService | None = None
) -> Step:
    """Makes a step with its owner and day."""
    if agreed.due < by.today:
        raise RuleBroken(_("Sovitun asian päivä ei voi olla menneisyydessä."))
    step = Step.objects.create(
        client=client,
        unit_id=by.unit_id,
        text=agreed.text,
        service=service,
        due=agreed.due,
        owner_id=agreed.owner,
        owner_client=client if agreed.by_client else None,
        owner_contact=agreed.contact,
        watcher_id=agreed.watcher,
    )
    record(by, STEP_AGREED, ("step", step.pk), [client.pk], due=agreed.due.isoformat())
    return step


@transaction.atomic
def report_step(
    step: Step, *, by: Actor, state: str, text: str = "", due: date | None = None
) -> StepReport:
    """Tells how a step goes; one that did not happen says why, one that moves says the new day."""
    if not can_report(by, step):
        raise RuleBroken(_("Vain asian tekijä tai sen seuraaja voi kirjata tämän."))
    if state == Step.State.NOT_DONE and not text.strip():
        raise RuleBroken(_("Kerro, miksi asia ei toteutunut."))
    due = due or step.due
    if due != step.due and due < by.today:
        raise RuleBroken(_("Uusi päivä ei voi olla menneisyydessä."))
    if (due != step.due or state not in Step.IN_FORCE) and is_watched(step):
        raise RuleBroken(_("Sovi jatkosta asiakkaan kanssa palvelukokonaisuuden sivulla."))
    if not Step.objects.filter(pk=step.pk).update(state=state, due=due):
        raise RuleBroken(_("Asiaa ei voi enää muuttaa. Lataa sivu uudelleen."))
    report = StepReport.objects.create(
        step=step,
        client_id=step.client_id,
        unit_id=by.unit_id,
        membership_id=by.membership_id,
        at=by.now,
        state=state,
        text=text,
        due=due,
    )
    record(by, STEP_REPORTED, ("step", step.pk), [step.client_id], state=state)
    return report


def is_watched(step: Step) -> bool:
    """Whether the step looks at the end of something that is in force."""
    return Watch.objects.filter(step=step, ended_at=None).exists()
