"""The case (yhteisasiakkuus) to which a matter led, as far as the reader may see it."""

from dataclasses import dataclass

from rinnalla.access.actor import Actor
from rinnalla.applications.access import may_begin_case
from rinnalla.applications.models import Application, Outcome
from rinnalla.cases.models import Assignment, Case

State = Application.State
# A case may begin once the team has the matter, until the matter has ended.
LEADS_ON = {State.RECEIVED, State.RECOMMENDED, State.CALLED, State.ACCEPTED}


@dataclass(frozen=True)
class Joint:
    """A matter's case; `case` is None where there is none, or the reader may not see it."""

    case: Case | None
    worker: Assignment | None
    asked: Assignment | None
    holds: bool
    may_begin: bool

    @property
    def goes_on(self) -> bool:
        return self.case is not None and self.case.state in Case.OPEN

    @property
    def may_answer(self) -> bool:
        """The reader records what the client answered."""
        return self.holds and self.case is not None and self.case.state == Case.State.PROPOSED

    @property
    def may_name(self) -> bool:
        """The reader names a worker: the client said yes, and nobody has been asked."""
        agreed = self.case is not None and self.case.state == Case.State.AGREED
        return self.holds and agreed and self.asked is None


def joint_of(application: Application, actor: Actor) -> Joint:
    """The case of a matter with who works in it, in two statements, or in none without a case."""
    case = _case_of(application)
    people = _people(case) if case else []
    return Joint(
        case,
        next((one for one in people if one.is_open and one.is_first_contact), None),
        next((one for one in people if not one.is_open), None),
        case is not None and case.state in Case.HELD and case.holder_id == actor.membership_id,
        may_begin_case(actor, application)
        and application.state in LEADS_ON
        and not _takes(application, case),
    )


def is_taken(application: Application) -> bool:
    """The matter has led to a case that goes on, or that the reader may not see."""
    return _takes(application, _case_of(application))


def reason_given(application: Application) -> str:
    """Why the team recommended what it did, if the reader may read it."""
    given = Outcome.objects.filter(application=application, recalled_at=None)
    last = given.order_by("-given_at").first()
    return last.reason if last else ""


def matters_of(case: Case) -> list[Application]:
    """The matters that led to the case, of those that the reader may see."""
    rows = Application.objects.filter(case=case).select_related("team")
    return list(rows.order_by("sent_at"))


def _case_of(application: Application) -> Case | None:
    if application.case_id is None:
        return None
    return Case.objects.filter(pk=application.case_id).first()


def _takes(application: Application, case: Case | None) -> bool:
    return application.case_id is not None and (case is None or case.state in Case.OPEN)


def _people(case: Case) -> list[Assignment]:
    """Who is asked or works now."""
    rows = Assignment.objects.filter(case=case, declined_at=None, ended_at=None)
    return list(rows.select_related("membership__user", "membership__unit").order_by("asked_at"))
