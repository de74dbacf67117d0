"""Veikko's neighbours on the lists: matters in every state, so that no page of the demonstration
is empty."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rinnalla.access.actor import Actor
from rinnalla.applications.models import Application, Outcome
from rinnalla.applications.operations import drafting, outcome, reception
from rinnalla.applications.operations.outcome import Proposal, steps_of
from rinnalla.demo.stage import Stage, session
from rinnalla.demo.stories.common import COUNTY, HEALTH, again, found, permit, write
from rinnalla.notifications.models import Message
from rinnalla.notifications.operations import Letter, Way, send
from rinnalla.permits.models import Permit
from rinnalla.plans.models import Step
from rinnalla.plans.operations.steps import report_step
from rinnalla.services.models import CatalogueService

TEAM = "tyky-tampere"
UNTIL = date(2027, 4, 30)
PURPOSE = Permit.Purpose.CONSULTATION


@dataclass(frozen=True)
class Written:
    """An application in a few words."""

    number: str
    question: str
    wish: str
    situation: str


LAURA = Written(
    "A100116",
    "Mikä tukisi Lauran työkykyä kuntouttavan työtoiminnan jälkeen?",
    "Haluan tietää, mihin vielä pystyn.",
    "Työtoiminta on sujunut hyvin, mutta pidempi päivä väsyttää.",
)
OTTO = Written(
    "A100137",
    "Onko Otolle oikea palvelu työkokeilu vai kuntoutus?",
    "Haluaisin kokeilla töitä ulkona.",
    "Työttömänä toukokuusta 2025. Univaikeuksia, keskittyminen takkuaa.",
)
JOHANNA = Written(
    "A100217",
    "Miten Johannan pitkä työttömyys saataisiin katkeamaan?",
    "Toivon, että joku katsoo kokonaisuutta.",
    "Työttömänä yli kolme vuotta. Useita keskeytyneitä jaksoja.",
)
ANNA = Written(
    "A100293",
    "Voisiko Anna palata alalleen osa-aikaisena?",
    "Haluan takaisin keittiöön, mutta lyhyempiin vuoroihin.",
    "Kokki, työttömänä joulukuusta 2022. Käsien ihottuma parantunut.",
)
LEENA = Written(
    "A100338",
    "Miten Leena pääsisi opinnoissa eteenpäin?",
    "",
    "Opinnot keskeytyivät keväällä.",
)
SIMO = Written(
    "A100379",
    "Mitä tukea Simo tarvitsee työkokeilun jälkeen?",
    "Työkokeilu oli hyvä. Haluan jatkaa samassa paikassa.",
    "Työkokeilu päättyi lokakuussa, työnantaja miettii palkkaamista.",
)
ELLA = Written(
    "A100480",
    "Tarvitseeko Ella arvion työkyvystään ennen uutta työnhakua?",
    "En halua enää yrittää yksin.",
    "Työttömänä maaliskuusta. Uupumusta, ei hoitokontaktia.",
)


def tell(stage: Stage) -> None:
    """What has happened to them by Saturday 31.10."""
    _recommended_and_taken_on(stage)
    _recommended_and_unanswered(stage)
    for who, sent in ((ANNA, "2026-10-23 09.10"), (SIMO, "2026-10-26 10.30")):
        application = _sent(stage, who, sent, consents=("KELA",) if who is ANNA else ())
        with stage.at("2026-10-27 12.10", "sirkka.esimerkki") as sirkka:
            matter = reception.take_in(again(application), by=sirkka)
            reception.place(matter, by=sirkka, session=session(TEAM, "2026-11-03 09.00"))
    asked = _sent(stage, JOHANNA, "2026-10-22 14.00")
    with stage.at("2026-10-28 08.50", "sirkka.esimerkki") as sirkka:
        reception.ask(
            again(asked), by=sirkka, question="Mitä Johanna itse ajattelee lyhyestä työajasta?"
        )
    _sent(stage, OTTO, "2026-10-29 15.40")
    with stage.at("2026-10-30 15.20", "hilppa.kokeilija", "TA901") as hilppa:
        _written(LEENA, hilppa)


def _recommended_and_taken_on(stage: Stage) -> None:
    given = _recommended(stage, LAURA, "2026-10-08 09.00", "TO210-LAAKARI")
    with stage.at("2026-10-27 13.30", "hilppa.kokeilija", "TA901") as hilppa:
        outcome.accept(_outcome(given), by=hilppa)
    with stage.at("2026-10-28 10.00", "hilppa.kokeilija", "TA901") as hilppa:
        outcome.tell_client(_outcome(given), by=hilppa, told_on=hilppa.today, how="phone")
        step = Step.objects.filter(
            outcome_link__outcome=given, owner=hilppa.membership_id
        ).order_by("due")[0]
        report_step(
            step,
            by=hilppa,
            state=Step.State.STARTED,
            text="Soitin Lauralle.",
            due=date(2026, 10, 30),
        )
    with stage.at("2026-10-29 09.15", "hilppa.kokeilija", "TA901") as hilppa:
        # Laura wants post: the letter waits for somebody to print it.
        letter = Letter("notifications/messages/call.txt", "fi", {"number": hilppa.phone})
        send(_outcome(given).application.client, letter, Way(Message.Channel.PRINT), by=hilppa)


def _recommended_and_unanswered(stage: Stage) -> None:
    _recommended(stage, ELLA, "2026-10-14 11.00", "TO210-LAAKARI")


def _recommended(stage: Stage, who: Written, sent: str, code: str) -> UUID:
    application = _sent(stage, who, sent)
    with stage.at("2026-10-20 08.30", "sirkka.esimerkki") as sirkka:
        matter = reception.take_in(again(application), by=sirkka)
        reception.place(matter, by=sirkka, session=session(TEAM, "2026-10-27 09.00"))
    with stage.at("2026-10-27 09.40", "sirkka.esimerkki") as sirkka:
        matter = again(application)
        service = CatalogueService.objects.get(code=code)
        given = outcome.recommend(
            matter,
            by=sirkka,
            proposal=Proposal(
                service,
                "Työkykyä ei ole arvioitu. Arvio auttaa valitsemaan oikean palvelun.",
                steps_of(service, matter, sirkka.today),
            ),
        )
    return given.pk


def _sent(stage: Stage, who: Written, when: str, consents: tuple[str, ...] = ()) -> UUID:
    with stage.at(when, "hilppa.kokeilija", "TA901") as hilppa:
        application = _written(who, hilppa)
        client = application.client
        permit(client, hilppa, ("TA901",), COUNTY, PURPOSE, UNTIL)
        permit(client, hilppa, HEALTH, "TA901", Permit.Purpose.TELLING, UNTIL)
        for code in consents:
            permit(client, hilppa, ("TA901",), code, PURPOSE, UNTIL)
        drafting.send(application, by=hilppa)
    return application.pk


def _written(who: Written, by: Actor) -> Application:
    return write(
        found(who.number),
        by,
        TEAM,
        question=who.question,
        wish=who.wish,
        situation=who.situation,
        agreed="spoken" if who.wish else "",
    )


def _outcome(key: UUID) -> Outcome:
    return Outcome.objects.select_related("application").get(pk=key)
