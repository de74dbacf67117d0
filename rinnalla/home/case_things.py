"""Rows of the first page about cases: who is without a responsible worker comes first."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.cases.models import Assignment, Case
from rinnalla.cases.queries.standing import Look, Mine, my_cases
from rinnalla.home.things import Thing, age, due
from rinnalla.ui.dates import full_date


def case_things(actor: Actor) -> list[Thing]:
    """What waits for the actor in the cases that they hold, work in or are asked for."""
    found = [thing for mine in my_cases(actor) for thing in _of_case(mine, actor)]
    order = ("unnamed", "asked", "package", "tell", "case")
    return sorted(found, key=lambda thing: order.index(thing.kind))


def _of_case(mine: Mine, actor: Actor) -> Iterator[Thing]:
    case, assignment = mine.case, mine.assignment
    if assignment and assignment.is_open and mine.look and mine.look.on <= actor.today:
        yield _of_package(case, mine.look, actor)
    if assignment is None:
        if mine.holds:
            yield from _of_holder(mine, actor)
    elif not assignment.is_open:
        yield Thing(
            client=case.client,
            what=_("Sinua pyydetään vastuutyöntekijäksi"),
            detail="",
            tag="hold",
            when=age(actor, assignment.asked_at),
            act=_("Vastaa"),
            url=reverse("answer-asking", args=[case.public_id, assignment.pk]),
            kind="asked",
            urgent=True,
        )
    elif mine.is_without_worker and assignment.agree_by:
        if not (assignment.is_interim and mine.waits_for):
            yield _of_unsure(case, assignment, assignment.agree_by, actor)
    elif assignment.told_on is None:
        yield Thing(
            client=case.client,
            what=_("Kerro asiakkaalle, kuka on vastuutyöntekijä"),
            detail=_("nimi, numero ja milloin vastaat"),
            tag="calm",
            when=age(actor, assignment.accepted_at),
            act=_("Kirjaa kerrotuksi"),
            url=reverse("told-client", args=[case.public_id, assignment.pk]),
            kind="tell",
        )


def _of_package(case: Case, look: Look, actor: Actor) -> Thing:
    """The agreed services end soon, or have ended: what comes after is looked at together."""
    over = look.ends < actor.today
    ends = {"day": full_date(look.ends)}
    return Thing(
        client=case.client,
        what=_("Katsokaa palvelukokonaisuutta yhdessä"),
        detail=(_("päättyi %(day)s") if over else _("päättyy %(day)s")) % ends,
        tag="late" if look.on < actor.today else "hold",
        when=due(actor, look.on),
        act=_("Avaa"),
        url=reverse("service-package", args=[case.public_id]),
        kind="package",
        urgent=True,
    )


def _of_unsure(case: Case, assignment: Assignment, by: date, actor: Actor) -> Thing:
    """A stand-in names a lasting worker; whom the client has not agreed on asks."""
    interim = assignment.is_interim
    name = reverse("name-worker", args=[case.public_id])
    ask = reverse("record-agreement", args=[case.public_id, assignment.pk])
    what = _("Nimeä pysyvä vastuutyöntekijä")
    return Thing(
        client=case.client,
        what=what if interim else _("Kysy, sopiiko vastuutyöntekijä asiakkaalle"),
        detail=_("hoidat asiaa toistaiseksi") if interim else _("olet vastuutyöntekijä"),
        tag="late" if by < actor.today else "hold",
        when=due(actor, by),
        act=_("Nimeä") if interim else _("Kirjaa suostumus"),
        url=name if interim else ask,
        kind="unnamed",
        urgent=interim or by <= actor.today,
    )


def _of_holder(mine: Mine, actor: Actor) -> Iterator[Thing]:
    case = mine.case
    if case.state == Case.State.AGREED and mine.waits_for is None:
        refusal = mine.declined
        detail = _("asiakas suostui, ketään ei ole nimetty")
        if refusal:
            who = refusal.membership.user.get_full_name()
            detail = _("%(who)s ei voinut: ”%(why)s”") % {"who": who, "why": refusal.decline_reason}
        yield Thing(
            client=case.client,
            what=_("Vastuutyöntekijä puuttuu"),
            detail=detail,
            tag="late",
            when=age(actor, case.agreed_at),
            act=_("Nimeä"),
            url=reverse("name-worker", args=[case.public_id]),
            kind="unnamed",
            urgent=True,
        )
    elif case.state == Case.State.PROPOSED and mine.waits_for is None:
        again = mine.ask_again_on
        if again and again > actor.today:
            return
        yield Thing(
            client=case.client,
            what=_("Kirjaa asiakkaan vastaus"),
            detail=_("yhteistä työtä on ehdotettu"),
            tag="late" if again and again < actor.today else "calm",
            when=due(actor, again) if again else age(actor, case.proposed_at),
            act=_("Kirjaa vastaus"),
            url=reverse("answer-case", args=[case.public_id]),
            kind="case",
        )
