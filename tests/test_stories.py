"""Stories 2 and 3, page by page: from the consultation through the meeting to a responsible worker
who has accepted, and of whom the client has been told."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rinnalla.applications.operations import drafting, outcome, reception
from rinnalla.demo.stage import session
from rinnalla.demo.stories.common import COUNTY, HEALTH, again, permit, write
from rinnalla.permits.models import Permit
from rinnalla.portal.operations.enrolment import open_page
from tests.world import CONVENER, Who, World

SENJA, KARI = "A100002", "A100003"
KAINO, ULPU = ("kaino.mallipelto", "MP400"), ("ulpu.naytenen", "SO810")
URHO = ("urho.naytemaa", "TK030")
CASE = "select public_id from cases_case where client_id = %s and ended_at is null"
MEETING = "select public_id from meetings_meeting where client_id = %s order by id desc limit 1"
MATTER = "select public_id from applications_application where client_id = %s order by id desc"
ASKED = "select id from cases_assignment where client_id = %s and accepted_at is null"
WORKER = "select worker_id from cases_case where client_id = %s and ended_at is null"
STEP = "select public_id from plans_step where client_id = %s order by id desc limit 1"
APPOINTMENT = "select public_id from meetings_appointment where client_id = %s"


@dataclass
class Walk:
    """A story as it is walked: the client by number, and who brings the matter."""

    world: World
    number: str
    referrer: Who

    def read(self, who: Who, address: str) -> str:
        return str(self.world.browser(who).get(address).content.decode())

    def post(self, who: Who, address: str, **typed: Any) -> str:
        """Posts to a page, which must lead on; what is read there."""
        answer = self.world.browser(who).post(address, typed, follow=True)
        wrong = answer.context["form"].errors if not answer.redirect_chain else {}
        assert answer.redirect_chain, f"{address}: {wrong}"
        return str(answer.content.decode())

    def value(self, query: str) -> Any:
        return self.world.rows(query, self.world.client(self.number).pk)[0][0]

    @property
    def case(self) -> str:
        return f"/yhteisasiakkuudet/{self.value(CASE)}/"

    @property
    def meeting(self) -> str:
        return f"/tapaamiset/{self.value(MEETING)}/"

    @property
    def matter(self) -> str:
        return f"/hakemukset/{self.value(MATTER)}/"

    def hold(self, who: Who, deal: dict[str, str]) -> None:
        """The note: the client's view, what was agreed, and that a worker is named."""
        rows = {"deal-TOTAL_FORMS": "1", "deal-INITIAL_FORMS": "0"}
        rows |= {f"deal-0-{name}": value for name, value in deal.items()}
        said = {"client_view": "Haluan yhden ihmisen.", "outcome": "worker", "act": "save"}
        self.post(who, f"{self.meeting}muistio/", **said, **rows, next_check="12.12.2026")

    def name(self, who: Who) -> str:
        """Whoever is suggested first is named, as agreed with the client; why they are first."""
        url = f"{self.case}nimea/"
        choices = self.world.browser(who).get(url).context["form"].fields["person"].choices
        first, label = choices[0]
        self.post(who, url, person=first, agreed="yes")
        return str(label)

    def tell(self, who: Who, day: str) -> None:
        worker = self.value(WORKER)
        self.post(who, f"{self.case}kerrottu/{worker}/", on=day, way="meeting")

    def own_page(self, by: Who) -> str:
        """What the client reads; the worker opens the page with them."""
        client = self.world.client(self.number)
        with self.world.acting(by) as worker:
            open_page(client, f"{self.number}@esimerkki.example.org", by=worker)
        return str(self.world.portal(self.number).get("/oma/").content.decode())


def test_story_2_from_the_consultation_to_the_own_nurse(world: World) -> None:
    """MiePä: a social counsellor of SO810 brought it, the team called, the own nurse is named."""
    own = Walk(world, SENJA, ULPU)
    page = own.read(ULPU, own.matter)
    assert "Tapaaminen on ti 10.11.2026" in page and "tavoite 30 pv" in page
    world.freeze("2026-11-10 12.50")
    nurse = str(world.member(KAINO).pk)
    own.hold(CONVENER, {"text": "Varaa ajan lääkäriin", "words": "Kaino varaa ajan lääkärille.",
                        "owner": nurse, "due": "20.11.2026"})  # fmt: skip
    reason = own.name(CONVENER)
    assert "Kaino Mallipelto" in reason and "oma työntekijä" in reason
    own.post(KAINO, f"{own.case}pyynto/{own.value(ASKED)}/")
    own.tell(KAINO, "10.11.2026")
    page = own.read(KAINO, own.case)
    assert "asiakkaalle kerrottu" in page and "tel:0500002508" in page
    assert "Verkostotapaaminen pidettiin" in page
    assert "Lupaus tapaamisesta täyttyi ti 10.11.2026" in own.read(ULPU, own.matter)
    page = own.own_page(KAINO)
    assert "Kaino Mallipelto" in page and "Kaino varaa ajan lääkärille." in page


def test_story_3_from_the_consultation_to_the_coordinator(world: World) -> None:
    """Nobody behind: a doctor of TK030 brings it, the work-ability coordinator is named, and the
    appointment at the doctor's on 17.11. is had and used."""
    own = Walk(world, KARI, URHO)
    bring(own)
    call(own)
    own.post(URHO, f"{own.matter}yhteisasiakkuus/{own.value(CASE)}/")
    yes = {"answer": "yes", "words": "Hyvä, jos joku muu soittaa.", "on": "3.11.2026"}
    own.post(URHO, f"{own.case}vastaus/", **yes)
    arrange(own)
    world.freeze("2026-11-12 10.00")
    doctor = {"text": "Käy lääkärin vastaanotolla", "words": "Käy lääkärissä 17.11.",
              "owner": "client", "due": "17.11.2026"}  # fmt: skip
    own.hold(URHO, doctor)
    reason = own.name(URHO)
    assert "työkykykoordinaattori" in reason and "Sirkka Esimerkki" in reason
    own.post(CONVENER, f"{own.case}pyynto/{own.value(ASKED)}/")
    own.tell(CONVENER, "12.11.2026")
    assert "Sirkka Esimerkki" in own.own_page(CONVENER)
    assert "Lupaus tapaamisesta täyttyi to 12.11.2026" in own.read(URHO, own.matter)
    appointment(own)


def bring(own: Walk) -> None:
    """The doctor writes with him, and the convener takes it to the next session."""
    with own.world.acting(URHO) as urho:
        kari = own.world.client(KARI)
        for units in (("TK030",), HEALTH):
            permit(kari, urho, units, COUNTY, Permit.Purpose.CONSULTATION, date(2027, 4, 30))
        texts = {"question": "Kuka ottaa Karista vastuun?", "wish": "Ettei tarvitse selittää."}
        said = {"situation": "Ei yhteyttä puoleen vuoteen.", "agreed": "spoken"}
        made = write(kari, urho, "tyky-tampere", **texts, **said)
        drafting.send(made, by=urho)
    with own.world.acting(CONVENER) as sirkka:
        matter = reception.take_in(again(made.pk), by=sirkka)
        reception.place(matter, by=sirkka, session=session("tyky-tampere", "2026-11-03 09.00"))


def call(own: Walk) -> None:
    """On paper: nobody is behind him, so he is called to a meeting."""
    own.world.freeze("2026-11-03 09.20")
    with own.world.acting(CONVENER) as sirkka:
        [(key,)] = own.world.rows(MATTER.replace("public_id", "id"), own.world.client(KARI).pk)
        matter = again(key)
        outcome.call_to_meeting(matter, by=sirkka, reason="Kukaan ei vastaa.", network=["lääkäri"])


def arrange(own: Walk) -> None:
    """The coordinator is invited; the client is called, and comes."""
    coordinator = str(own.world.member(CONVENER).pk)
    typed = {
        **{"kind": "network_meeting", "purpose": "Sovitaan, kuka vastaa.", "other": coordinator},
        **{"on": "12.11.2026", "starts": "9", "place_kind": "room", "place": "Huone 1"},
        **{"invite_by": "call", "remind_by": "call", "act": "send"},
    }
    own.post(URHO, f"{own.case}tapaaminen/", **typed)
    own.post(URHO, f"{own.meeting}soitto/", outcome="comes", words="Tulee.")
    assert "Tapaaminen on to 12.11.2026" in own.read(CONVENER, own.matter)


def appointment(own: Walk) -> None:
    """Booked, confirmed by a call, and asked about the morning after."""
    typed = {
        **{"service": "Lääkärin vastaanotto", "on": "17.11.2026", "at": "10.15"},
        **{"remind_by": "call", "confirm_by_call": "on", "escort": "found"},
    }
    own.post(URHO, f"/vaiheet/{own.value(STEP)}/aika/", **typed, escort_words="Sirkka Esimerkki")
    booked = f"/ajat/{own.value(APPOINTMENT)}/"
    own.world.freeze("2026-11-16 09.00")
    assert "Soita ja varmista" in own.read(URHO, "/")
    own.post(URHO, f"{booked}soitto/", says="yes", words="Lähtee Sirkan kanssa.")
    own.world.freeze("2026-11-18 08.00")
    assert "Toteutuiko aika?" in own.read(URHO, "/")
    own.post(URHO, f"{booked}toteutuma/", happened="yes", is_done="on")
    assert own.value("select state from plans_step where client_id = %s order by id desc") == "done"
