"""Meetings: Tiina's was held and another is to come, Senja's network is called together."""

from datetime import date, timedelta

from rinnalla.access.actor import Actor
from rinnalla.cases.models import Case
from rinnalla.demo.stage import Stage, member, moment
from rinnalla.demo.stories.common import found
from rinnalla.demo.stories.named import TUIRE
from rinnalla.meetings.models import Meeting, MeetingNote
from rinnalla.meetings.operations import answering, arranging, holding
from rinnalla.meetings.operations.answering import Reply, Talk
from rinnalla.meetings.operations.arranging import Calling, Guest, Slot, Telling
from rinnalla.meetings.operations.holding import Deal, Minutes

Way = Meeting.Way
HOUR = timedelta(hours=1)
VIENO = ("vieno.koesaari", "MP410")


def tell(stage: Stage) -> None:
    """Until Friday 30.10."""
    _tiina_held(stage)
    _tiina_to_come(stage)
    _senja(stage)


def _tiina_held(stage: Stage) -> None:
    """Her worker, her nurse and herself: what helps, and what is agreed."""
    with stage.at("2026-10-26 09.00", *TUIRE) as tuire:
        calling = Calling(
            purpose="Käydään yhdessä läpi, mitä palveluja sinulla on ja mikä niistä auttaa.",
            slots=[_slot("2026-10-28 10.00", "Perhekeskus, huone 3")],
            kind=Meeting.Kind.CLIENT,
            members=[member(*VIENO).pk],
            needs_break=True,
            telling=Telling(Way.PORTAL, Way.PORTAL),
        )
        met = arranging.arrange(_case("A100004"), by=tuire, calling=calling)
    with stage.at("2026-10-28 10.50", *TUIRE) as tuire:
        minutes = Minutes(
            "Eniten painaa se, että laskut ovat sekaisin. Hoitajan käynnit auttavat.",
            MeetingNote.Outcome.GOES_ON,
            date(2026, 11, 25),
            discussion="Hoito jatkuu. Velkaneuvontaan tarvitaan aika ja saattaja.",
        )
        holding.write_note(met, by=tuire, minutes=minutes, deals=_deals(tuire))
    with stage.at("2026-10-28 15.20", *TUIRE) as tuire:
        asked = "Mitä maksusuunnitelma tarkoittaa? Pitääkö kaikki maksaa kerralla?"
        answering.record_question(met, by=tuire, words=asked)


def _deals(tuire: Actor) -> list[Deal]:
    """The worker's, the nurse's and the client's own."""
    return [
        Deal(
            "Varaa ajan velkaneuvontaan ja lähtee mukaan",
            "Tuire varaa ajan velkaneuvontaan ja tulee mukaasi.",
            date(2026, 11, 6),
            owner=tuire.membership_id,
        ),
        Deal(
            "Tarkistaa lääkityksen seurannan seuraavalla käynnillä",
            "Vieno katsoo kanssasi, sopiiko lääke.",
            date(2026, 11, 11),
            owner=member(*VIENO).pk,
        ),
        Deal(
            "Kokoaa avoimet laskut",
            "Etsi laskut ja ota ne mukaan.",
            date(2026, 11, 4),
            by_client=True,
        ),
    ]


def _tiina_to_come(stage: Stage) -> None:
    """With her sister; called by telephone, and the nurse has answered."""
    with stage.at("2026-10-28 15.40", *TUIRE) as tuire:
        calling = Calling(
            purpose="Sovitaan, miten velat ja toimeentulo järjestyvät talven aikana.",
            questions="Mihin tukeen Tiinalla on oikeus?\nKuka seuraa maksusuunnitelmaa?",
            slots=[_slot("2026-11-05 13.00", "Perhekeskus, huone 3")],
            kind=Meeting.Kind.NETWORK,
            members=[member(*VIENO).pk],
            guests=[Guest("Tiinan sisko", "sisko", "sisko@esimerkki.example.org")],
            place_may_be_told=True,
            needs_break=True,
            telling=Telling(Way.CALL, Way.PORTAL, hour_before=True),
        )
        coming = arranging.arrange(_case("A100004"), by=tuire, calling=calling)
        talk = Talk("invite", "comes", "Sisko lähtee mukaan. Taukoa tarvitaan.")
        answering.record_call(coming, by=tuire, talk=talk)
    with stage.at("2026-10-29 08.10", *VIENO) as by:
        own = coming.participants.get(membership=by.membership_id)
        answering.answer(own, by=by, reply=Reply("yes"))


def _senja(stage: Stage) -> None:
    """Story 2: her own nurse and the referrer are called together; she has not been reached."""
    with stage.at("2026-10-30 09.10", "sirkka.esimerkki") as sirkka:
        calling = Calling(
            purpose="Sovitaan, kuka kokoaa hoidon ja toimeentulon yhteen.",
            questions="Kuka on Senjan vastuutyöntekijä?",
            slots=[_slot("2026-11-10 12.00", "Hatanpään terveysasema, kokoushuone 2")],
            kind=Meeting.Kind.NETWORK,
            members=[member("ulpu.naytenen", "SO810").pk, member("kaino.mallipelto", "MP400").pk],
            telling=Telling(Way.CALL, Way.CALL),
        )
        met = arranging.arrange(_case("A100002"), by=sirkka, calling=calling)
        again = date(2026, 11, 2)
        answering.record_call(
            met, by=sirkka, talk=Talk("invite", "unanswered", call_again_on=again)
        )


def _case(number: str) -> Case:
    return Case.objects.get(client=found(number), state__in=Case.OPEN)


def _slot(when: str, place: str) -> Slot:
    starts = moment(when)
    return Slot(starts, starts + HOUR, place=place)
