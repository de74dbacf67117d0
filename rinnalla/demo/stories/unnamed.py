"""A question to the western team about somebody who is not named: only Hilppa knows of whom."""

from rinnalla.applications.models import AnonymousConsultation
from rinnalla.applications.operations import anonymous
from rinnalla.applications.operations.anonymous import Asked
from rinnalla.demo.stage import Stage, session
from rinnalla.demo.stories.common import found
from rinnalla.organizations.models import Team

TEAM = "tyky-lansi"
TEXTS = {
    "question": "Kannattaako työkyvyn arviota hakea ennen kuntoutusta vai sen jälkeen?",
    "situation": (
        "Noin 40-vuotias rakennusalalta. Työtön toista vuotta, polvivaivoja ja mielialan laskua. "
        "Ei halua vielä, että asia viedään tiimiin nimellä."
    ),
    "tried": "Työkokeilu keskeytyi kipuun.",
    "wish": "Haluan ensin tietää, mitä tästä seuraisi.",
}


def tell(stage: Stage) -> None:
    """Asked on 28.10., on the agenda of 5.11."""
    with stage.at("2026-10-28 14.10", "hilppa.kokeilija", "TA901") as hilppa:
        asked = Asked(Team.objects.get(code=TEAM), TEXTS)
        consultation = anonymous.begin_anonymous(by=hilppa, asked=asked)
        anonymous.send_anonymous(consultation, by=hilppa)
    with stage.at("2026-10-30 12.20", "ilona.nayte", role="convener") as ilona:
        waiting = AnonymousConsultation.objects.select_related("team").get(pk=consultation.pk)
        anonymous.place_anonymous(waiting, by=ilona, session=session(TEAM, "2026-11-05 09.00"))
    with stage.at("2026-10-31 08.40", "hilppa.kokeilija", "TA901") as hilppa:
        anonymous.name_person(waiting, by=hilppa, client=found("A100693"))
