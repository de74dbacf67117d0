"""What the situation page of a case composes: what comes next, what is open, what has happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.access.actor import Actor
from rinnalla.applications.models import Application, View
from rinnalla.applications.queries.beginning import matters_of
from rinnalla.applications.queries.lines import ongoing, used
from rinnalla.applications.queries.records import records_of
from rinnalla.cases.models import Assignment, Case, ServicePackage
from rinnalla.cases.queries.standing import Standing
from rinnalla.meetings.models import Appointment, Meeting
from rinnalla.meetings.queries.appointments import of_steps
from rinnalla.meetings.queries.meetings import Line, meetings_of
from rinnalla.permits.queries import PermitLine, permits_in_force
from rinnalla.plans.access import can_report
from rinnalla.plans.models import Step
from rinnalla.plans.queries import StepLine, step_lines, with_people
from rinnalla.ui.dates import full_date, time

EVENTS = 8
USED = 4


@dataclass(frozen=True)
class Next:
    """The one next thing: what, by when, and the act with its page."""

    what: str
    detail: str = ""
    due: date | None = None
    act: str = ""
    url: str = ""


@dataclass(frozen=True)
class Agreed:
    """A step in force, with its appointment; `is_mine` when the reader does it or looks at it."""

    line: StepLine
    appointment: Appointment | None
    is_mine: bool


@dataclass(frozen=True)
class Surroundings:
    """What is known around the case: steps in force, services, permits."""

    steps: list[Agreed]
    ongoing: list[object]
    used: list[object]
    permits: list[PermitLine]
    meetings: list[Line]
    matters: list[Application]

    @property
    def comes(self) -> list[Line]:
        """Meetings to come, those without a time first, then the next one."""
        coming = [line for line in self.meetings if line.is_coming]
        return sorted(coming, key=lambda line: (line.starts is not None, line.starts))


@dataclass(frozen=True)
class Happened:
    """One event of the timeline."""

    at: datetime
    what: str
    who: str = ""


def surroundings(case: Case, actor: Actor) -> Surroundings:
    """In a fixed number of statements."""
    records = [record for rows in records_of(case.client_id) for record in rows]
    # The look at the services for a fixed time stands with them.
    steps = Step.objects.filter(client=case.client_id, state__in=Step.IN_FORCE, watch=None)

    def unit(record: object) -> str:
        return str(record.unit.code)  # type: ignore[attr-defined]

    return Surroundings(
        _agreed(step_lines(with_people(steps.order_by("due", "pk")), actor.today), actor),
        list(ongoing(records, unit, actor.today)),
        list(used(records, unit, actor.today)[:USED]),
        permits_in_force(case.client, actor.today),
        meetings_of(case),
        matters_of(case),
    )


def _agreed(lines: list[StepLine], actor: Actor) -> list[Agreed]:
    booked = of_steps([line.step for line in lines]) if lines else {}
    return [Agreed(line, booked.get(line.step.pk), can_report(actor, line.step)) for line in lines]


def heard_of(case_id: UUID) -> list[tuple[UUID, str]]:
    """Who gave a view in a consultation about the case's client, as far as the reader sees them."""
    views = View.objects.filter(client__cases__public_id=case_id).order_by("saved_at", "pk")
    reason = _("antoi näkemyksen konsultaatiossa")
    return [(key, reason) for key in views.values_list("membership_id", flat=True)]


def next_thing(shown: Standing, around: Surroundings, actor: Actor) -> Next | None:
    """What the reader does next with the case, or waits for; else the meeting that is to come."""
    return _of_case(shown, actor) or _of_meeting(around)


def _of_meeting(around: Surroundings) -> Next | None:
    if not around.comes:
        return None
    line = around.comes[0]
    url = reverse("meeting", args=[line.meeting.public_id])
    if line.starts is None:
        return Next(_("Valitse tapaamiselle aika"), act=_("Avaa"), url=url)
    detail = ", ".join(filter(None, (time(line.starts), line.place)))
    kind = line.meeting.get_kind_display().capitalize()
    return Next(kind, detail, line.day, _("Avaa"), url)


def _of_case(shown: Standing, actor: Actor) -> Next | None:
    case = shown.case
    if (asked := shown.asks(actor)) is not None:
        url = reverse("answer-asking", args=[case.public_id, asked.pk])
        return Next(
            _("Sinua pyydetään vastuutyöntekijäksi"), _asker(asked), act=_("Vastaa"), url=url
        )
    if shown.is_held:
        return _before_naming(shown, actor)
    return _after_naming(shown) if case.state == Case.State.ACTIVE else None


def _before_naming(shown: Standing, actor: Actor) -> Next:
    case, answer = shown.case, shown.answer
    holds = case.holder_id == actor.membership_id
    if shown.asked:
        return _waiting(shown)
    name = reverse("name-worker", args=[case.public_id]) if holds else ""
    if case.state == Case.State.AGREED:
        return Next(_("Nimeä vastuutyöntekijä"), _refusal(shown), act=_("Nimeä"), url=name)
    ask = reverse("answer-case", args=[case.public_id]) if holds else ""
    again = answer.ask_again_on if answer else None
    return Next(
        _("Kirjaa asiakkaan vastaus"),
        _("asiakas miettii") if again else "",
        again,
        _("Kirjaa vastaus") if holds else "",
        ask,
    )


def _waiting(shown: Standing) -> Next:
    who = {"who": shown.asked[0].membership.user.get_full_name()}
    return Next(_("Odottaa vastausta: %(who)s") % who)


def _after_naming(shown: Standing) -> Next | None:
    case = shown.case
    if shown.asked:
        return _waiting(shown)
    name = reverse("name-worker", args=[case.public_id])
    for worker in shown.workers:
        if worker.is_interim:
            return Next(
                _("Nimeä pysyvä vastuutyöntekijä"),
                _("nykyinen hoitaa asiaa toistaiseksi"),
                worker.agree_by,
                _("Nimeä"),
                name,
            )
        if worker.agreed_on is None:
            url = reverse("record-agreement", args=[case.public_id, worker.pk])
            return Next(
                _("Kysy, sopiiko vastuutyöntekijä asiakkaalle"),
                due=worker.agree_by,
                act=_("Kirjaa suostumus"),
                url=url,
            )
    for worker in shown.workers:
        if worker.told_on is None:
            url = reverse("told-client", args=[case.public_id, worker.pk])
            what = _("Kerro asiakkaalle, kuka on vastuutyöntekijä")
            return Next(what, act=_("Kirjaa kerrotuksi"), url=url)
    if case.pair_open_by and len(shown.workers) < 2:
        return Next(_("Etsi parille toinen"), due=case.pair_open_by, act=_("Nimeä"), url=name)
    return None


def _refusal(shown: Standing) -> str:
    if shown.declined is None:
        return ""
    return _("%(who)s ei voinut: ”%(why)s”") % {
        "who": shown.declined.membership.user.get_full_name(),
        "why": shown.declined.decline_reason,
    }


def _asker(asked: Assignment) -> str:
    if asked.asked_by is None:
        return ""
    return _("pyytäjä: %(who)s") % {"who": asked.asked_by.user.get_full_name()}


def happened(shown: Standing, around: Surroundings) -> list[Happened]:
    """The latest events, newest first, of the rows that the reader may read."""
    events = [*_events(shown), *_of_meetings(around.meetings)]
    return sorted(events, key=lambda event: event.at, reverse=True)[:EVENTS]


# What is said of a meeting by its state once it is over.
OVER = {
    Meeting.State.HELD: gettext_lazy("%(kind)s pidettiin"),
    Meeting.State.MISSED: gettext_lazy("%(kind)s jäi väliin"),
    Meeting.State.CANCELLED: gettext_lazy("%(kind)s peruttiin"),
}


def _of_meetings(lines: list[Line]) -> Iterator[Happened]:
    for line in lines:
        meeting = line.meeting
        kind = {"kind": meeting.get_kind_display().capitalize()}
        yield Happened(meeting.called_at, _("%(kind)s kutsuttiin koolle") % kind)
        if meeting.ended_at:
            yield Happened(meeting.ended_at, OVER[Meeting.State(meeting.state)] % kind)


def _events(shown: Standing) -> Iterator[Happened]:
    for proposal in shown.proposals:
        who = proposal.proposed_by.user.get_full_name()
        yield Happened(proposal.recorded_at, _("Yhteistä työtä ehdotettiin"), who)
    for answer in shown.answers:
        said = {"answer": answer.get_answer_display()}
        yield Happened(
            answer.recorded_at,
            _("Asiakas vastasi: %(answer)s") % said,
            answer.recorded_by.user.get_full_name(),
        )
    for one in shown.assignments:
        yield from _of_assignment(one)
    for package in shown.packages:
        yield from _of_package(package)
    for place in shown.team:
        who = place.membership.user.get_full_name() if place.membership else place.person
        yield Happened(place.began_at, _("Omaan tiimiin: %(who)s") % {"who": who}, place.role)


def _of_package(one: ServicePackage) -> Iterator[Happened]:
    ends = {"day": full_date(one.ends)}
    who = one.recorded_by.user.get_full_name()
    yield Happened(one.recorded_at, _("Palvelukokonaisuus sovittiin %(day)s asti") % ends, who)


def _of_assignment(one: Assignment) -> Iterator[Happened]:
    who = {"who": one.membership.user.get_full_name()}
    asker = one.asked_by.user.get_full_name() if one.asked_by else ""
    if one.is_interim:
        yield Happened(one.asked_at, _("%(who)s hoitaa asiaa toistaiseksi") % who)
    elif asker != who["who"]:
        yield Happened(one.asked_at, _("Vastuutyöntekijäksi pyydettiin: %(who)s") % who, asker)
    if one.accepted_at and not one.is_interim:
        yield Happened(one.accepted_at, _("Vastuutyöntekijä on %(who)s") % who)
    if one.declined_at:
        yield Happened(one.declined_at, _("%(who)s ei voinut ottaa vastuuta") % who)
    if one.ended_at:
        what = (
            _("%(who)s ei ole enää vastuutyöntekijä")
            if one.accepted_at
            else _("Pyyntö peruttiin: %(who)s")
        )
        yield Happened(one.ended_at, what % who)
