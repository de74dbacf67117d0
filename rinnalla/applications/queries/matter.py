"""One matter as its readers see it: whoever lacks the permit has the state, without the text."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rinnalla.applications.models import (
    AgendaItem,
    Application,
    ApplicationText,
    InformationRequest,
    Outcome,
)
from rinnalla.applications.queries.clocks import Clocks, clocks
from rinnalla.applications.queries.history import Event, history, told
from rinnalla.ui import dates

State = Application.State


@dataclass(frozen=True)
class Matter:
    """What the pages of one application share; `text` is None where no permit reaches."""

    application: Application
    text: ApplicationText | None
    clocks: Clocks
    open_request: InformationRequest | None
    item: AgendaItem | None
    outcome: Outcome | None
    history: list[Event]

    @property
    def title(self) -> str:
        """The question; without the right to read it only what kind of a matter this is."""
        return self.text.question if self.text and self.text.question else _("Hakemus tiimille")

    @property
    def state(self) -> str:
        return state_words(self.application, self.open_request, self.item)


def matter(application: Application, today: date) -> Matter:
    """All that the reader may read of the application; one statement for a kind of row."""
    rows = told(application)
    given = [outcome for outcome in rows.outcomes if outcome.recalled_at is None]
    return Matter(
        application=application,
        text=text_of(application),
        clocks=clocks(application, [*rows.requests, *rows.pauses], today),
        open_request=next((r for r in rows.requests if r.answered_at is None), None),
        item=next((i for i in rows.items if not (i.removed_at or i.handled_at)), None),
        outcome=given[-1] if given else None,
        history=history(application, rows),
    )


def text_of(application: Application) -> ApplicationText | None:
    """What the referrer wrote, if the reader may read it."""
    text: ApplicationText | None = getattr(application, "text", None)
    return text


def state_words(
    application: Application, request: InformationRequest | None, item: AgendaItem | None
) -> str:
    """The state as a sentence: what is waited for, and of whom."""
    if request:
        return _("Tiimi kysyi lisää. Kello seisoo, kunnes lähettäjä vastaa.")
    if application.state == State.RECEIVED and item:
        return _("Tiimi käsittelee asian %(day)s.") % {
            "day": dates.day_and_time(item.session.starts_at)
        }
    if application.state == State.CALLED and application.met_at:
        return _("Tapaaminen on pidetty tai vastuutyöntekijä on nimetty.")
    sentences = {
        State.DRAFT: _("Luonnos: hakemusta ei ole vielä lähetetty."),
        State.SENT: _("Lähetetty. Koollekutsuja ottaa hakemuksen seuraavaksi käsittelyyn."),
        State.RECEIVED: _("Käsittelyssä. Koollekutsuja valitsee kokouksen."),
        State.RECOMMENDED: _("Tiimi on antanut suosituksen. Lähettäjä vastaa siihen."),
        State.CALLED: _("Asiakas kutsutaan tapaamiseen."),
        State.ACCEPTED: _("Lähettäjä vie suositusta eteenpäin asiakkaan kanssa."),
        State.ENDED: _("Asia on päättynyt."),
        State.DISCARDED: _("Luonnos on poistettu. Sen voi palauttaa 30 päivän ajan."),
    }
    return sentences[State(application.state)]
