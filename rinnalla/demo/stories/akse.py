"""Story 1, AKSE: Veikko's application is on the agenda of Tuesday 3.11., and some views are
there."""

from datetime import date
from uuid import UUID

from rinnalla.access.actor import Actor
from rinnalla.applications.operations import consultation, drafting, reception
from rinnalla.clients.models import Client
from rinnalla.demo.stage import Stage, organization, session, units
from rinnalla.demo.stories.common import COUNTY, HEALTH, again, found, permit, write
from rinnalla.files.sniffing import Upload
from rinnalla.organizations.models import TeamSeat
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import Giving, Scope, ask_permit, record_permit
from rinnalla.permits.papers import permit_paper
from rinnalla.permits.printing import printed
from rinnalla.permits.scans import attach_scan

TEAM = "tyky-tampere"
UNTIL = date(2027, 4, 30)


def tell(stage: Stage) -> None:
    """From the application of 20.10. to the views of 28.10."""
    application = _written(stage)
    _sent_and_placed(stage, application)
    with stage.at("2026-10-27 15.10", "ukko.naytto", "TA901") as ukko:
        consultation.save_view(
            again(application),
            by=ukko,
            seat=_seat("tyollisyysalue"),
            text="Motivaatio on hyvä. Trukkikurssi alkaa tammikuussa, jos selkä kestää.",
        )
    with stage.at("2026-10-28 09.30", "laina.malli") as laina:
        consultation.save_view(
            again(application),
            by=laina,
            seat=_seat("terveydenhuolto"),
            text="Selkä ei kestä nostoja. Kevyempi työ onnistuu, jos työaika joustaa.",
        )


def _written(stage: Stage) -> UUID:
    with stage.at("2026-10-20 13.05", "hilppa.kokeilija", "TA901") as hilppa:
        veikko = found("A100001")
        application = write(
            veikko,
            hilppa,
            TEAM,
            question="Miten Veikko pääsee takaisin töihin, kun selkä ei kestä varastotyötä?",
            wish="Haluan töihin. En vain tiedä, mihin tällä selällä otetaan.",
            situation=(
                "Veikko on ollut työttömänä lokakuusta 2024. Selkä on huonontunut, ja "
                "varastotyö ei enää onnistu. Hän jaksaa kävellä ja istua vuorotellen."
            ),
            tried="Fysioterapia viime talvena auttoi hetken. Työttömän terveystarkastus tehty.",
            involved="Omavalmentaja Hilppa Kokeilija. Muita hoitavia tahoja Veikko ei nimeä.",
            reaching="Puhelin, parhaiten aamulla",
            agreed="spoken",
        )
        purpose = Permit.Purpose.CONSULTATION
        permit(veikko, hilppa, ("TA901",), COUNTY, purpose, UNTIL)
        permit(veikko, hilppa, HEALTH, "TA901", Permit.Purpose.TELLING, UNTIL)
        _signed(veikko, hilppa, purpose)
        ask_permit(
            veikko,
            by=hilppa,
            units=units("SO810", "SO820", "SO860"),
            recipient=organization(COUNTY),
            reason="Tiimi tarvitsee tiedon sosiaalihuollon palveluista.",
        )
    return application.pk


def _signed(veikko: Client, by: Actor, purpose: str) -> None:
    """A permit that Veikko gave on paper, with the paper beside it."""
    scope = Scope(
        units=units("KE950"), organizations=[organization(COUNTY)], purpose_code=purpose, ends=UNTIL
    )
    given = record_permit(
        veikko, by=by, scope=scope, giving=Giving(given_on=by.today, form=Permit.Form.PAPER)
    )
    paper = permit_paper(given, by.today)
    scan = printed(paper, "fi", large=False, at=by.now, today=by.today)
    attach_scan(given, Upload("lupa-kela.pdf", "application/pdf", scan, len(scan)), by=by)


def _sent_and_placed(stage: Stage, application: UUID) -> None:
    with stage.at("2026-10-27 08.40", "hilppa.kokeilija", "TA901") as hilppa:
        drafting.send(again(application), by=hilppa)
    with stage.at("2026-10-27 11.20", "sirkka.esimerkki") as sirkka:
        reception.take_in(again(application), by=sirkka)
        reception.place(again(application), by=sirkka, session=session(TEAM, "2026-11-03 09.00"))


def _seat(code: str) -> TeamSeat:
    return TeamSeat.objects.get(team__code=TEAM, code=code)
