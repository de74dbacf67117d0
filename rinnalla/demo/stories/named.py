"""Cases: Tiina's worker has accepted, Anna's is asked, Senja has nobody yet, Kari thinks."""

from datetime import date

from rinnalla.access.actor import Actor
from rinnalla.applications.operations import beginning, drafting, outcome, reception
from rinnalla.cases.models import Case, CaseAnswer
from rinnalla.cases.operations import around, naming, proposing
from rinnalla.cases.operations.around import Place
from rinnalla.cases.operations.naming import Choice
from rinnalla.cases.operations.orientation import confirm_reading
from rinnalla.cases.operations.proposing import Said, Told
from rinnalla.clients.models import Client
from rinnalla.demo.stage import Stage, member, session
from rinnalla.demo.stories.common import COUNTY, HEALTH, again, found, permit, write
from rinnalla.permits.models import Permit
from rinnalla.plans.operations.packages import Package, agree_on_package, day_to_check
from rinnalla.portal.operations.enrolment import open_page

TEAM = "tyky-tampere"
UNTIL = date(2027, 4, 30)
TUIRE = ("tuire.mallilainen", "SO820")


def tell(stage: Stage) -> None:
    """Until Friday 30.10."""
    with stage.at("2026-10-21 12.05", "kaino.mallipelto", "MP400") as kaino:
        confirm_reading(by=kaino)
    _tiina(stage)
    _senja(stage)
    with stage.at("2026-10-30 11.00", "sirkka.esimerkki") as sirkka:
        [case] = _proposed(found("A100293"), sirkka, "Paluu töihin vaatii monen yhteistä työtä.")
        yes = CaseAnswer.Answer.YES
        said = Said(yes, "Kunhan joku kertoo, mitä seuraavaksi tapahtuu.", sirkka.today)
        proposing.record_answer(case, by=sirkka, said=said)
        laina = member("laina.malli", "TO210")
        naming.name_worker(case, by=sirkka, choice=Choice(laina.pk, agreed=True))
    with stage.at("2026-10-30 14.30", "urho.naytemaa", "TK030") as urho:
        [case] = _proposed(found("A100003"), urho, "Kari on jäänyt palvelujen väliin.")
        said = Said(
            CaseAnswer.Answer.THINKING,
            "Mietin ensin. En tiedä, jaksanko taas selittää kaiken alusta.",
            urho.today,
            ask_again_on=date(2026, 11, 6),
        )
        proposing.record_answer(case, by=urho, said=said)


def _proposed(client: Client, by: Actor, reason: str) -> list[Case]:
    return proposing.propose([client], by=by, told=Told(reason, "meeting", by.today))


def _tiina(stage: Stage) -> None:
    """Story 4 by hand: the nurse proposes, the social counsellor is named and accepts."""
    with stage.at("2026-10-22 10.15", "vieno.koesaari", "MP410") as vieno:
        tiina = found("A100004")
        permit(tiina, vieno, ("TK020", "MP410"), COUNTY, Permit.Purpose.SERVICES, UNTIL)
        [case] = _proposed(tiina, vieno, "Monta palvelua, eikä kukaan katso kokonaisuutta.")
        said = Said(
            CaseAnswer.Answer.YES,
            "Toivon, että joku pitää langat käsissä. En muista kaikkia aikoja.",
            vieno.today,
            wish="Tuire Mallilainen tuntee minut.",
        )
        proposing.record_answer(case, by=vieno, said=said)
        tuire = member(*TUIRE)
        [asked] = naming.name_worker(case, by=vieno, choice=Choice(tuire.pk, agreed=True))
    with stage.at("2026-10-22 15.40", *TUIRE) as by:
        confirm_reading(by=by)
        naming.accept(asked, by=by)
        nurse = Place("hoitaja, tapaa joka toinen viikko", member("vieno.koesaari", "MP410").pk)
        around.add_to_team(case, by=by, place=nurse)
        _package(case, by)
        sister = Place("sisko, auttaa lasten kanssa", person="Tiinan sisko")
        around.add_to_team(case, by=by, place=sister)
    with stage.at("2026-10-23 09.05", *TUIRE) as by:
        naming.record_told(asked, by=by, on=by.today, way="phone")
        open_page(found("A100004"), "tiina@esimerkki.example.org", by=by)


def _package(case: Case, by: Actor) -> None:
    """Talked through on the day of the naming, until the end of the permit."""
    text = "Hoitajan tapaamiset joka toinen viikko, perhetyö kotona ja velkaneuvonta."
    words = "Hyvä, että tiedän, milloin tämä loppuu."
    check_on = day_to_check(by.today, UNTIL)
    package = Package(text, by.today, UNTIL, check_on, by.today, words)
    agree_on_package(case, by=by, package=package)


def _senja(stage: Stage) -> None:
    """Story 2 from the consultation until the yes: the convener looks for her worker."""
    with stage.at("2026-10-26 09.20", "ulpu.naytenen", "SO810") as ulpu:
        senja = found("A100002")
        application = write(
            senja,
            ulpu,
            TEAM,
            question="Kuka kokoaa Senjan hoidon ja toimeentulon yhteen?",
            wish="Haluan, että joku tulee mukaan lääkäriin.",
            situation="Työkyky vaihtelee. Hoitosuhde jatkuu, toimeentulo on auki keväästä.",
            agreed="spoken",
        )
        permit(senja, ulpu, ("SO810",), COUNTY, Permit.Purpose.CONSULTATION, UNTIL)
        permit(senja, ulpu, HEALTH, COUNTY, Permit.Purpose.CONSULTATION, UNTIL)
        drafting.send(application, by=ulpu)
    with stage.at("2026-10-26 14.10", "sirkka.esimerkki") as sirkka:
        matter = reception.take_in(again(application.pk), by=sirkka)
        reception.place(matter, by=sirkka, session=session(TEAM, "2026-10-27 09.00"))
    with stage.at("2026-10-27 10.05", "sirkka.esimerkki") as sirkka:
        reason = "Hoito ja toimeentulo kulkevat erillään."
        network = ["oma hoitaja", "sosiaaliohjaaja"]
        outcome.call_to_meeting(again(application.pk), by=sirkka, reason=reason, network=network)
    with stage.at("2026-10-29 13.00", "sirkka.esimerkki") as sirkka:
        told = Told("Hoito ja toimeentulo kulkevat erillään.", "meeting", sirkka.today)
        [case] = beginning.begin_case(again(application.pk), by=sirkka, told=told)
        said = Said(
            CaseAnswer.Answer.YES,
            "Haluan yhden ihmisen, jolle voin soittaa.",
            sirkka.today,
        )
        proposing.record_answer(case, by=sirkka, said=said)
