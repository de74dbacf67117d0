"""Acts on doubtful pairs: a human decides, and may take the decision back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.imports.access import require_intake
from rinnalla.imports.events import PAIR_DECIDED, PAIR_REOPENED
from rinnalla.imports.models import DoubtfulPair
from rinnalla.lib.errors import RuleBroken

State = DoubtfulPair.State


@transaction.atomic
def decide_pair(pair: DoubtfulPair, *, by: Actor, answer: str) -> None:
    """Says whether the two are one person."""
    locked = _locked(pair, by)
    if answer not in (State.SAME, State.DIFFERENT):
        raise RuleBroken(_("Valitse, onko kyseessä sama henkilö vai eri henkilö."))
    if locked.state != State.OPEN:
        raise RuleBroken(_("Joku on jo ratkaissut tämän parin. Lataa sivu uudelleen."))
    _change(locked, answer, by.membership_id, by.now)
    record(by, PAIR_DECIDED, ("doubtful_pair", locked.pk), _clients(locked), answer=answer)


@transaction.atomic
def reopen_pair(pair: DoubtfulPair, *, by: Actor) -> None:
    """Takes a decision back: the pair waits again."""
    locked = _locked(pair, by)
    if locked.state == State.OPEN:
        raise RuleBroken(_("Paria ei ole ratkaistu. Lataa sivu uudelleen."))
    _change(locked, State.OPEN, None, None)
    record(by, PAIR_REOPENED, ("doubtful_pair", locked.pk), _clients(locked))


def _locked(pair: DoubtfulPair, by: Actor) -> DoubtfulPair:
    require_intake(by)
    locked = DoubtfulPair.objects.select_for_update().filter(pk=pair.pk).first()
    if locked is None:
        raise RuleBroken(_("Paria ei voi nyt muuttaa. Lataa sivu uudelleen."))
    return locked


def _change(
    pair: DoubtfulPair, state: str, decided_by: UUID | None, decided_at: datetime | None
) -> None:
    pair.state = state
    pair.decided_by_id = decided_by
    pair.decided_at = decided_at
    pair.save(update_fields=["state", "decided_by", "decided_at"])


def _clients(pair: DoubtfulPair) -> list[UUID]:
    return [pair.client_id, pair.other_id]
