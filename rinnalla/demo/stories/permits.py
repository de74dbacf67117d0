"""Permits as they go: one that ends soon, one withdrawn whose recipient is untold, and one given
with help on paper."""

from datetime import date

from rinnalla.demo.stage import Stage, organization, units
from rinnalla.demo.stories.common import found
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import (
    Giving,
    Help,
    Informing,
    Scope,
    ask_permit,
    change_permit,
    hand_paper,
    record_permit,
    withdraw_permit,
)

Purpose, Form = Permit.Purpose, Permit.Form
LEAFLET = "Mitä tietojasi käytetään, 2/2026"


def tell(stage: Stage) -> None:
    """What has happened to the permits of three clients by Saturday 31.10."""
    _ends_soon(stage)
    _withdrawn(stage)
    _with_help(stage)


def _ends_soon(stage: Stage) -> None:
    """Johanna lets Kela's benefits be seen by the employment area until 9.11."""
    with stage.at("2026-10-12 10.20", "hilppa.kokeilija", "TA901") as hilppa:
        record_permit(
            found("A100217"),
            by=hilppa,
            scope=Scope(
                units=units("KE950"),
                organizations=[organization("TA901")],
                purpose_code=Purpose.SERVICES,
                ends=date(2026, 11, 9),
            ),
            giving=Giving(
                hilppa.today,
                Form.SPOKEN,
                informing=Informing(hilppa.today, "spoken", "fi", hilppa.name, LEAFLET),
            ),
        )


def _withdrawn(stage: Stage) -> None:
    """Laura let Kela see what the employment area knows, narrowed it, and took it back."""
    scope = Scope(
        units=units("TA901"),
        organizations=[organization("KELA"), organization("TA902")],
        purpose_code=Purpose.SERVICES,
        ends=date(2027, 4, 30),
    )
    with stage.at("2026-10-08 09.20", "hilppa.kokeilija", "TA901") as hilppa:
        laura = found("A100116")
        giving = Giving(hilppa.today, Form.SPOKEN)
        first = record_permit(laura, by=hilppa, scope=scope, giving=giving)
    with stage.at("2026-10-28 10.15", "hilppa.kokeilija", "TA901") as hilppa:
        narrowed = Scope(
            scope.units, scope.organizations[:1], purpose_code=Purpose.SERVICES, ends=scope.ends
        )
        giving = Giving(hilppa.today, Form.SPOKEN)
        second = change_permit(first, by=hilppa, scope=narrowed, giving=giving)
    with stage.at("2026-10-30 14.40", "hilppa.kokeilija", "TA901") as hilppa:
        withdraw_permit(second, by=hilppa)


def _with_help(stage: Stage) -> None:
    """Onni signs a paper that was read aloud; another paper is still with him."""
    health, social = units("TK040"), units("SO820")
    with stage.at("2026-10-29 12.30", "tuire.mallilainen", "SO820") as tuire:
        onni = found("A100005")
        giving = Giving(
            tuire.today,
            Form.PAPER,
            language="fi",
            informing=Informing(date(2026, 10, 22), "paper", "fi", tuire.name, LEAFLET),
            help=Help(
                explained_by=f"{tuire.name}, selkokielellä",
                helped_by="Onnin äiti",
                understanding="Onni kertoi omin sanoin, kuka saa nähdä mitä.",
            ),
        )
        scope = Scope(health, (), social, Purpose.SERVICES, ends=date(2027, 10, 28))
        for one in (scope, scope.turned):
            record_permit(onni, by=tuire, scope=one, giving=giving)
        asked = ask_permit(
            onni,
            by=tuire,
            units=social,
            recipient=organization("TA901"),
            reason="Työvalmennuksen suunnittelu yhdessä työllisyysalueen kanssa.",
        )
        hand_paper(asked, by=tuire, on=tuire.today)
