"""A consultation leads to a case: one begins from the matter, or the matter is linked to the one
that the client has."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications import events
from rinnalla.applications.access import may_begin_case, require
from rinnalla.applications.models import Application
from rinnalla.applications.operations.matter import joined_to, locked, note
from rinnalla.applications.queries.beginning import LEADS_ON, is_taken
from rinnalla.cases.models import Case
from rinnalla.cases.operations.proposing import Told, propose
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken


@transaction.atomic
def begin_case(
    application: Application, *, by: Actor, told: Told, others: Sequence[Client] = ()
) -> list[Case]:
    """Proposes wider cooperation to the applicant, and to others of the family; the matter keeps
    to which case it led."""
    application = _leading_on(application, by)
    others = [one for one in others if one.pk != application.client_id]
    made = propose([application.client, *others], by=by, told=told)
    _lead(application, made[0])
    note(application, events.CASE_BEGUN, by, case=str(made[0].pk))
    return made


@transaction.atomic
def link_to_case(application: Application, case: Case, *, by: Actor) -> None:
    """Takes the matter to the case that the client has already."""
    application = _leading_on(application, by)
    found = Case.objects.filter(
        pk=case.pk, client=application.client_id, state__in=Case.OPEN
    ).first()
    if found is None:
        raise RuleBroken(_("Asian voi liittää vain saman asiakkaan avoimeen yhteisasiakkuuteen."))
    _lead(application, found)
    note(application, events.CASE_LINKED, by, case=str(found.pk))


@transaction.atomic
def unlink_from_case(application: Application, case: Case, *, by: Actor) -> None:
    """Takes a linking back; the case and the matter go on each by themselves."""
    application = locked(application)
    require(may_begin_case(by, application))
    if application.case_id != case.pk:
        raise RuleBroken(_("Asia ei ole liitetty tähän yhteisasiakkuuteen. Lataa sivu uudelleen."))
    _lead(application, None)
    note(application, events.CASE_UNLINKED, by, case=str(case.pk))


def _leading_on(application: Application, by: Actor) -> Application:
    application = locked(application)
    require(may_begin_case(by, application))
    if application.state not in LEADS_ON:
        raise RuleBroken(
            _("Hakemuksen tila on muuttunut: %(state)s. Lataa sivu uudelleen.")
            % {"state": application.get_state_display()}
        )
    if is_taken(application):
        raise RuleBroken(_("Asiasta on jo ehdotettu yhteistä työtä."))
    return application


def _lead(application: Application, case: Case | None) -> None:
    """What goes along with the matter leads to the same case."""
    for one in (application, *joined_to(application)):
        one.case = case
        one.save(update_fields=["case"])
