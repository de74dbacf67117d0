"""Timo's two applications in the western team: neither referrer knows of the other."""

from datetime import date

from rinnalla.applications.operations import drafting
from rinnalla.demo.stage import Stage
from rinnalla.demo.stories.common import COUNTY, HEALTH, found, permit, write
from rinnalla.permits.models import Permit

TEAM = "tyky-lansi"
TIMO = "A100670"
UNTIL = date(2027, 4, 30)


def tell(stage: Stage) -> None:
    """What has come in by Friday 30.10.; the convener has not opened them yet."""
    with stage.at("2026-10-27 13.20", "hilppa.kokeilija", "TA902") as hilppa:
        timo = found(TIMO)
        application = write(
            timo,
            hilppa,
            TEAM,
            question="Mikä työ Timolle sopisi, kun yötyö ei enää onnistu?",
            wish="Haluan päivätyön, jossa jaksan.",
            situation="Työsuhde päättyi keväällä. Unirytmi on sekaisin vuorotyön jäljiltä.",
            agreed="spoken",
        )
        purpose = Permit.Purpose.CONSULTATION
        permit(timo, hilppa, ("TA902",), COUNTY, purpose, UNTIL)
        permit(timo, hilppa, HEALTH, "TA902", Permit.Purpose.TELLING, UNTIL)
        drafting.send(application, by=hilppa)
    with stage.at("2026-10-30 10.05", "liisi.naytesuo") as liisi:
        application = write(
            found(TIMO),
            liisi,
            TEAM,
            question="Tarvitaanko Timolle työkyvyn arvio unettomuuden takia?",
            wish="Haluan nukkua ja palata töihin.",
            situation="Unettomuutta puoli vuotta, päiväväsymys haittaa arkea.",
            agreed="spoken",
        )
        drafting.send(application, by=liisi)
