"""What waits for the actor: the counts of the page frame, and the rows of the first page."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.applications.models import (
    AgendaItem,
    Application,
    InformationRequest,
    Joining,
    Outcome,
    Telling,
    View,
)
from rinnalla.clients.models import Client
from rinnalla.home.appointment_things import appointment_things
from rinnalla.home.case_things import case_things
from rinnalla.home.meeting_things import meeting_things
from rinnalla.home.permit_things import permits_that_end, permits_to_ask, recipients_to_tell
from rinnalla.home.things import ROWS, Thing, age, due
from rinnalla.lib.days import start_of
from rinnalla.meetings.models import Appointment
from rinnalla.organizations.models import TeamMember
from rinnalla.plans.models import Step
from rinnalla.ui.dates import weekday_short

AHEAD = timedelta(days=7)
State = Application.State


@dataclass(frozen=True)
class Waiting:
    """How much waits, each at most 100, and which kinds of work the actor has at all."""

    answers: int
    arrived: int
    views: int
    steps: int
    pairs: int
    letters: int
    questions: int
    openings: int
    cases: int
    convenes: bool
    has_seat: bool


# One statement for the frame of every page. Counts stop at 100: the frame says 99+.
_WAITING = """
with me as (select membership, unit from access.me)
select
  (select count(*) from (
     select from applications_application a, me
     where a.referrer_id = me.membership
       and (a.state = 'recommended' or exists (
            select from applications_informationrequest r
            where r.application_id = a.id and r.answered_at is null))
     limit 100) x),
  (select count(*) from (
     select from organizations_team t
     join applications_application a on a.team_id = t.id and a.state = 'sent', me
     where t.convener_id = me.membership limit 100) x),
  (select count(*) from (
     select from access.my_circle c
     join applications_agendaitem i on i.application_id = c.thing and i.client_id = c.client, me
     where c.cause = 'session' and i.removed_at is null and i.handled_at is null
       and not exists (select from applications_view v
                       where v.application_id = i.application_id
                         and v.membership_id = me.membership)
     limit 100) x),
  (select count(*) from (
     select from plans_step s, me
     where (s.owner_id = me.membership or s.watcher_id = me.membership)
       and s.state in ('agreed', 'started') and s.due <= rinnalla.today()
     limit 100) x),
  (select count(*) from (
     select from imports_doubtfulpair p where p.state = 'open' limit 100) x),
  (select count(*) from (
     select from notifications_message m, me
     where m.channel = 'print' and m.unit_id = me.unit and m.state = 'queued'
       and m.due <= rinnalla.now()
     limit 100) x),
  (select count(*) from (
     select from officer_question q, me
     where not exists (select from officer_closing c where c.question_id = q.id)
       and not exists (select from officer_asking a join officer_answer r on r.asking_id = a.id
                       where a.question_id = q.id and a.to_id = me.membership)
     limit 100) x),
  (select count(*) from (
     select from access_lawopening o, me
     where o.membership_id = me.membership and o.closed_at is null and o.ends_at > rinnalla.now()
     limit 100) x),
  (select count(*) from (
     select from cases_assignment a, me
     where a.membership_id = me.membership and a.declined_at is null and a.ended_at is null
       and (a.accepted_at is null or a.is_interim or a.agreed_on is null)
     union all
     select from cases_case c, me where c.holder_id = me.membership and c.state = 'agreed'
     limit 100) x),
  exists (select from organizations_team t, me where t.convener_id = me.membership),
  exists (select from organizations_teammember tm, me
          where tm.membership_id = me.membership and tm.ended_at is null)
"""


def waiting(actor: Actor) -> Waiting:
    """The counts of the frame, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return Waiting(*cursor.fetchone())


@dataclass(frozen=True)
class Bucket:
    """A kind of work with how much of it waits: the menu of the first page."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Day:
    """The first page: what waits for the actor now, and what the actor holds for another."""

    things: list[Thing]
    drafts: list[Application]
    interim: list[Application]

    @property
    def buckets(self) -> list[Bucket]:
        """Kinds of work that wait, with the page where all of that kind is."""
        places = {
            "unnamed": (_("Ilman vastuutyöntekijää"), "my-cases"),
            "asked": (_("Sinua pyydetään"), "my-cases"),
            "package": (_("Palvelukokonaisuus katsottava"), "my-cases"),
            "tell": (_("Kerro asiakkaalle"), "my-cases"),
            "case": (_("Asiakkaan vastaus puuttuu"), "my-cases"),
            "meeting": (_("Tapaamiset"), "my-meetings"),
            "appointment": (_("Ajat muissa palveluissa"), "my-meetings"),
            "answer": (_("Odottaa vastaustasi"), "my-applications"),
            "permit": (_("Lupa kysyttävä"), "my-applications"),
            "expiring": (_("Lupa vanhenee ≤ 30 pv"), "my-applications"),
            "notice": (_("Kerro luvan päättymisestä"), "my-applications"),
            "arrived": (_("Saapuneet"), "inbox"),
            "view": (_("Näkemys kirjaamatta"), "sessions"),
            "step": (_("Tehtävät lähipäivinä"), "my-steps"),
        }
        counts = Counter(thing.kind for thing in self.things)
        return [
            Bucket(label, counts[kind], reverse(name))
            for kind, (label, name) in places.items()
            if counts[kind]
        ]

    @property
    def clients(self) -> list[Client]:
        return [
            *(thing.client for thing in self.things),
            *(draft.client for draft in self.drafts),
            *(held.client for held in self.interim),
        ]


def my_day(actor: Actor) -> Day:
    """What waits for this role, the most urgent first."""
    things = [
        *case_things(actor),
        *meeting_things(actor),
        *appointment_things(actor),
        *_recommendations(actor),
        *_questions(actor),
        *_untold(actor),
        *permits_to_ask(actor),
        *permits_that_end(actor),
        *recipients_to_tell(actor),
        *_arrived(actor),
        *_declined_or_answered(actor),
        *_views(actor),
        *_steps(actor),
    ]
    mine = Application.objects.select_related("client", "team")
    return Day(
        things=sorted(things, key=lambda thing: not thing.urgent),
        drafts=list(mine.filter(referrer=actor.membership_id, state=State.DRAFT)[:ROWS]),
        interim=list(
            mine.filter(holder=actor.membership_id, holder_is_interim=True, ended_at__isnull=True)[
                :ROWS
            ]
        ),
    )


def _recommendations(actor: Actor) -> list[Thing]:
    rows = Outcome.objects.filter(
        application__referrer=actor.membership_id,
        application__state=State.RECOMMENDED,
        recalled_at=None,
    ).select_related("client", "service", "application__team")
    return [
        Thing(
            client=row.client,
            what=_("Tiimi suosittelee: %(service)s") % {"service": row.service},
            detail=row.application.team.name,
            tag="hold",
            when=age(actor, row.given_at),
            act=_("Vastaa"),
            url=reverse("outcome", args=[row.public_id]),
            urgent=True,
            kind="answer",
        )
        for row in rows.order_by("given_at")[:ROWS]
    ]


def _questions(actor: Actor) -> list[Thing]:
    rows = InformationRequest.objects.filter(
        application__referrer=actor.membership_id, answered_at=None
    ).select_related("client", "application__team")
    return [
        Thing(
            client=row.client,
            what=_("Tiimi kysyy: ”%(question)s”") % {"question": row.question},
            detail=row.application.team.name,
            tag="hold",
            when=age(actor, row.asked_at),
            act=_("Vastaa"),
            url=reverse("answer-application", args=[row.application.public_id]),
            urgent=True,
            kind="answer",
        )
        for row in rows.order_by("asked_at")[:ROWS]
    ]


def _untold(actor: Actor) -> list[Thing]:
    told = Telling.objects.filter(outcome=OuterRef("pk"))
    rows = Outcome.objects.filter(
        ~Exists(told),
        application__referrer=actor.membership_id,
        application__state=State.ACCEPTED,
        recalled_at=None,
    ).select_related("client", "service")
    return [
        Thing(
            client=row.client,
            what=_("Kerro suositus asiakkaalle"),
            detail=str(row.service or ""),
            tag="calm",
            when=age(actor, row.given_at),
            act=_("Kirjaa kerrotuksi"),
            url=reverse("tell-client", args=[row.public_id]),
            kind="answer",
        )
        for row in rows.order_by("given_at")[:ROWS]
    ]


def _arrived(actor: Actor) -> list[Thing]:
    rows = Application.objects.filter(
        team__convener=actor.membership_id, state=State.SENT
    ).select_related("client", "unit", "team")
    return [
        Thing(
            client=row.client,
            what=_("Uusi hakemus"),
            detail=f"{row.unit.name} · {row.team.name}",
            tag="calm",
            when=age(actor, row.sent_at),
            act=_("Avaa"),
            url=f"{reverse('inbox')}?hakemus={row.public_id}",
            kind="arrived",
        )
        for row in rows.order_by("sent_at")[:ROWS]
    ]


def _declined_or_answered(actor: Actor) -> list[Thing]:
    """Taken in, on no agenda, and no question open: the convener has the next word."""
    part = {"application": OuterRef("pk")}
    rows = Application.objects.filter(
        ~Exists(AgendaItem.objects.filter(**part, removed_at=None, handled_at=None)),
        ~Exists(InformationRequest.objects.filter(**part, answered_at=None)),
        ~Exists(Joining.objects.filter(**part, undone_at=None)),
        team__convener=actor.membership_id,
        state=State.RECEIVED,
    ).select_related("client", "team")
    return [
        Thing(
            client=row.client,
            what=_("Valitse kokous, jossa asia käsitellään"),
            detail=row.team.name,
            tag="hold",
            when=age(actor, row.received_at),
            act=_("Vie kokoukseen"),
            url=f"{reverse('inbox')}?hakemus={row.public_id}",
            kind="arrived",
        )
        for row in rows.order_by("received_at")[:ROWS]
    ]


def _views(actor: Actor) -> list[Thing]:
    if not TeamMember.objects.filter(membership=actor.membership_id, ended_at=None).exists():
        return []
    mine = View.objects.filter(application=OuterRef("application"), membership=actor.membership_id)
    rows = AgendaItem.objects.filter(
        ~Exists(mine),
        client__my_circle__cause="session",
        removed_at=None,
        handled_at=None,
        session__starts_at__gte=start_of(actor.today),
        session__team__seats__members__membership=actor.membership_id,
        session__team__seats__members__ended_at=None,
    ).select_related("client", "session__team")
    return [
        Thing(
            client=row.client,
            what=_("Kirjaa näkemyksesi ennen kokousta"),
            detail=row.session.team.name,
            tag="calm",
            when=weekday_short(row.session.starts_at),
            act=_("Avaa asia"),
            url=reverse("case", args=[row.session_id, row.number]),
            kind="view",
        )
        for row in rows.order_by("session__starts_at", "number").distinct()[:ROWS]
    ]


def _steps(actor: Actor) -> list[Thing]:
    rows = Step.objects.filter(
        Q(owner=actor.membership_id) | Q(watcher=actor.membership_id),
        state__in=Step.IN_FORCE,
        due__lte=actor.today + AHEAD,
        # The look at services and the appointment have rows of their own.
        watch=None,
    ).select_related("client")
    booked = Appointment.objects.filter(step=OuterRef("pk"), ended_at=None, happened="")
    rows = rows.exclude(Exists(booked))
    return [_step_thing(actor, row) for row in rows.order_by("due")[:ROWS]]


def _step_thing(actor: Actor, row: Step) -> Thing:
    late = (actor.today - row.due).days
    return Thing(
        client=row.client,
        what=row.text,
        detail=_("sinun tehtäväsi") if row.owner_id == actor.membership_id else _("seuraat tätä"),
        tag="late" if late > 0 else "calm",
        when=due(actor, row.due),
        act=_("Kirjaa"),
        url=reverse("report-step", args=[row.public_id]),
        kind="step",
        urgent=late > 0,
    )
