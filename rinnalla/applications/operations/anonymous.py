"""Acts on a consultation about somebody who is not named: ask, take in, think, answer, go on."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.applications import events
from rinnalla.applications.access import places_of, require
from rinnalla.applications.identifying import told_outright
from rinnalla.applications.models import (
    AnonymousConsultation,
    AnonymousView,
    Application,
    ConsultedPerson,
)
from rinnalla.applications.operations import drafting
from rinnalla.clients.models import Client
from rinnalla.lib.errors import RuleBroken
from rinnalla.organizations.models import Team, TeamSeat, TeamSession

State = AnonymousConsultation.State
TEXTS = ("question", "situation", "tried", "wish")


@dataclass(frozen=True)
class Asked:
    """What is asked of which team."""

    team: Team
    texts: dict[str, str]


@transaction.atomic
def begin_anonymous(*, by: Actor, asked: Asked) -> AnonymousConsultation:
    """Begins a consultation; until it is sent only its writer sees it."""
    consultation = AnonymousConsultation.objects.create(
        unit_id=by.unit_id,
        team=asked.team,
        referrer_id=by.membership_id,
        holder_id=by.membership_id,
        created_at=by.now,
        **asked.texts,
    )
    _note(consultation, events.ANONYMOUS_BEGUN, by)
    return consultation


@transaction.atomic
def edit_anonymous(consultation: AnonymousConsultation, *, by: Actor, asked: Asked) -> None:
    """Changes a draft."""
    consultation = _locked(consultation)
    require(asks(by, consultation))
    _require(consultation, State.DRAFT)
    consultation.team = asked.team
    for name, text in asked.texts.items():
        setattr(consultation, name, text)
    consultation.save(update_fields=["team", *TEXTS])
    _note(consultation, events.ANONYMOUS_SAVED, by)


@transaction.atomic
def send_anonymous(consultation: AnonymousConsultation, *, by: Actor) -> None:
    """Asks the team; what names somebody outright is refused."""
    consultation = _locked(consultation)
    require(asks(by, consultation))
    _require(consultation, State.DRAFT)
    if not (consultation.question.strip() and consultation.situation.strip()):
        raise RuleBroken(_("Kirjoita kysymys ja tilanne ennen lähettämistä."))
    if told_outright(*(getattr(consultation, name) for name in TEXTS)):
        raise RuleBroken(_("Poista tekstistä henkilötunnus, puhelinnumero ja sähköpostiosoite."))
    _move(consultation, State.SENT, sent_at=by.now)
    _note(consultation, events.ANONYMOUS_SENT, by, team=str(consultation.team_id))


@transaction.atomic
def take_back_anonymous(consultation: AnonymousConsultation, *, by: Actor) -> None:
    """Takes it back while the team has not taken it in."""
    consultation = _locked(consultation)
    require(asks(by, consultation))
    _require(consultation, State.SENT)
    _move(consultation, State.DRAFT, sent_at=None)
    _note(consultation, events.ANONYMOUS_TAKEN_BACK, by)


@transaction.atomic
def place_anonymous(
    consultation: AnonymousConsultation, *, by: Actor, session: TeamSession
) -> None:
    """Takes it in and puts it on an agenda: the team's members read it from now on."""
    consultation = _locked(consultation)
    require(convenes(by, consultation) and session.team_id == consultation.team_id)
    _require(consultation, State.SENT, State.RECEIVED)
    _move(consultation, State.RECEIVED, session=session, holder_id=by.membership_id)
    _note(consultation, events.ANONYMOUS_PLACED, by, session=str(session.pk))


@transaction.atomic
def remove_anonymous(consultation: AnonymousConsultation, *, by: Actor) -> None:
    """Takes it off the agenda: it is new again, and its referrer holds it."""
    consultation = _locked(consultation)
    require(convenes(by, consultation))
    _require(consultation, State.RECEIVED)
    _move(consultation, State.SENT, session=None, holder_id=_asker(consultation))
    _note(consultation, events.ANONYMOUS_REMOVED, by)


@transaction.atomic
def save_anonymous_view(
    consultation: AnonymousConsultation, *, by: Actor, seat: TeamSeat, text: str
) -> None:
    """Saves what a member thinks of it."""
    if seat.pk not in {place.pk for place in places_of(by, consultation.team_id)}:
        raise PermissionDenied
    _require(consultation, State.RECEIVED)
    AnonymousView.objects.update_or_create(
        consultation=consultation,
        seat=seat,
        membership_id=by.membership_id,
        defaults={"text": text, "saved_at": by.now},
    )
    _note(consultation, events.ANONYMOUS_VIEW_SAVED, by, seat=str(seat.pk))


@transaction.atomic
def answer_anonymous(consultation: AnonymousConsultation, *, by: Actor, text: str) -> None:
    """The team's answer on paper; the referrer holds the matter again."""
    consultation = _locked(consultation)
    require(convenes(by, consultation))
    _require(consultation, State.RECEIVED)
    if told_outright(text):
        raise RuleBroken(_("Poista tekstistä henkilötunnus, puhelinnumero ja sähköpostiosoite."))
    holder = _asker(consultation)
    given = {"answer": text, "answered_by_id": by.membership_id, "answered_at": by.now}
    _move(consultation, State.ANSWERED, holder_id=holder, **given)
    _note(consultation, events.ANONYMOUS_ANSWERED, by)


@transaction.atomic
def recall_answer(consultation: AnonymousConsultation, *, by: Actor) -> None:
    """Takes the answer back: it is on the agenda again."""
    consultation = _locked(consultation)
    require(convenes(by, consultation))
    _require(consultation, State.ANSWERED)
    none = {"answer": "", "answered_by_id": None, "answered_at": None}
    _move(consultation, State.RECEIVED, holder_id=by.membership_id, **none)
    _note(consultation, events.ANONYMOUS_RECALLED, by)


@transaction.atomic
def close_anonymous(consultation: AnonymousConsultation, *, by: Actor) -> None:
    """Ends it; a draft, too."""
    consultation = _locked(consultation)
    require(asks(by, consultation))
    _require(consultation, State.DRAFT, State.ANSWERED)
    _move(consultation, State.CLOSED, closed_at=by.now)
    _note(consultation, events.ANONYMOUS_CLOSED, by)


@transaction.atomic
def reopen_anonymous(consultation: AnonymousConsultation, *, by: Actor) -> None:
    """Undoes the ending."""
    consultation = _locked(consultation)
    require(asks(by, consultation))
    _require(consultation, State.CLOSED)
    before = State.ANSWERED if consultation.answered_at else State.DRAFT
    _move(consultation, before, closed_at=None)
    _note(consultation, events.ANONYMOUS_REOPENED, by)


@transaction.atomic
def name_person(consultation: AnonymousConsultation, *, by: Actor, client: Client) -> None:
    """Remembers of whom it is, for the referrer alone; the journal tells no client of it."""
    require(asks(by, consultation))
    told = {"client": client, "unit_id": by.unit_id, "named_at": by.now}
    changed = ConsultedPerson.objects.filter(consultation=consultation, application=None)
    if not changed.update(client=client, named_at=by.now):
        _name_first(consultation, told)
    _note(consultation, events.ANONYMOUS_NAMED, by)


def _name_first(consultation: AnonymousConsultation, told: dict[str, Any]) -> None:
    """Whoever was named before may be out of the referrer's sight, and is named all the same."""
    try:
        with transaction.atomic():
            ConsultedPerson.objects.create(consultation=consultation, **told)
    except IntegrityError as named:
        raise RuleBroken(
            _("Konsultaatioon on jo merkitty toinen asiakas. Hae ensin hänet.")
        ) from named


@transaction.atomic
def make_application(consultation: AnonymousConsultation, *, by: Actor) -> Application:
    """The client has decided: what was asked becomes a draft of an application in their name."""
    consultation = _locked(consultation)
    require(asks(by, consultation))
    person = ConsultedPerson.objects.select_related("client").filter(consultation=consultation)
    found = person.first()
    if found is None:
        raise RuleBroken(_("Hae ensin asiakas, josta konsultaatio on."))
    if found.application_id:
        raise RuleBroken(_("Tästä on jo tehty hakemus."))
    application = drafting.begin(found.client, by=by, team=consultation.team)
    texts = {name: getattr(consultation, name) for name in TEXTS}
    if consultation.answer:
        heard = _("Nimettömästi kysyttynä tiimi vastasi: %(answer)s")
        said = heard % {"answer": consultation.answer}
        texts["tried"] = "\n\n".join(filter(None, [texts["tried"], said]))
    drafting.save_text(application, by=by, version=1, texts=texts)
    person.update(application=application)
    return application


def asks(actor: Actor, consultation: AnonymousConsultation) -> bool:
    """The one who asked, or who holds it for them after they left."""
    holds = consultation.holder_id == actor.membership_id
    return consultation.referrer_id == actor.membership_id or (
        holds and not convenes(actor, consultation)
    )


def convenes(actor: Actor, consultation: AnonymousConsultation) -> bool:
    return consultation.team.convener_id == actor.membership_id


def _asker(consultation: AnonymousConsultation) -> UUID:
    """Who asked; when they have left, the matter stays with the team's convener."""
    left = not consultation.referrer.is_open
    return consultation.team.convener_id if left else consultation.referrer_id


def _locked(consultation: AnonymousConsultation) -> AnonymousConsultation:
    rows = AnonymousConsultation.objects.select_for_update(of=("self",))
    found = rows.select_related("team", "referrer").filter(pk=consultation.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _require(consultation: AnonymousConsultation, *states: str) -> None:
    if consultation.state not in states:
        raise RuleBroken(
            _("Konsultaation tila on muuttunut: %(state)s. Lataa sivu uudelleen.")
            % {"state": consultation.get_state_display()}
        )


def _move(consultation: AnonymousConsultation, state: str, **changes: object) -> None:
    for name, value in changes.items():
        setattr(consultation, name, value)
    consultation.state = state
    fields = [name.removesuffix("_id") for name in changes]
    consultation.save(update_fields=["state", *fields])


def _note(consultation: AnonymousConsultation, kind: str, by: Actor, **facts: object) -> None:
    record(by, kind, ("anonymous_consultation", consultation.pk), [], **facts)
