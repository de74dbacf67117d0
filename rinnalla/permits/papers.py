"""What stands on the paper form of a permit: the same questions, filled in as far as is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rinnalla.clients.models import Client
from rinnalla.organizations.models import Organization
from rinnalla.permits.models import Permit, PermitRequest
from rinnalla.permits.queries import permit_line, request_line
from rinnalla.ui.dates import full_date

Part = dict[str, Any]
DENIAL = Permit.Kind.DENIAL.value


@dataclass(frozen=True)
class Paper:
    """What a form says. What is empty is left to be written by hand."""

    kind: str
    client: Client
    whose: Sequence[str] = ()
    who: Sequence[str] = ()
    purpose: str = ""
    begins: date | None = None
    ends: date | None = None
    # Facts of a permit that is recorded: name and words.
    recorded: Sequence[tuple[str, str]] = field(default=())
    given_by: str = ""
    # How the client was told before, and helped; empty parts are left to be written.
    informed: str = ""
    explained_by: str = ""
    helped: str = ""

    @property
    def is_denial(self) -> bool:
        return self.kind == DENIAL

    @property
    def title(self) -> str:
        """The kind of the paper, as its heading."""
        titles = {
            Permit.Kind.DISCLOSURE_PERMIT.value: _("Luovutuslupa"),
            Permit.Kind.CONSENT.value: _("Suostumus"),
            DENIAL: _("Kielto"),
        }
        return titles[self.kind]


def blank_paper(client: Client, kind: str) -> Paper:
    """The client's own form, the rest to be written by hand."""
    return Paper(kind, client)


def request_paper(request: PermitRequest) -> Paper:
    """A permit that is to be asked: everything but the client's answer."""
    units = [asked.unit for asked in request.asked_units.all()]
    county = Organization.Kind.COUNTY
    parties = [request.recipient, *(unit.organization for unit in units)]
    inside = all(party.kind == county for party in parties)
    return Paper(
        kind=Permit.Kind.DISCLOSURE_PERMIT.value if inside else Permit.Kind.CONSENT.value,
        client=request.client,
        whose=request_line(request).whose,
        who=[request.recipient.name],
        purpose=request.reason,
    )


def permit_paper(permit: Permit, today: date) -> Paper:
    """A permit as it was recorded, to be signed or sent to its recipients."""
    line = permit_line(permit, today)
    recorder = permit.recorded_by
    named = f"{recorder.user.get_full_name()}, {recorder.title}" if recorder else ""
    return Paper(
        kind=permit.kind,
        client=permit.client,
        whose=line.whose,
        who=line.who,
        purpose=permit.purpose_words,
        begins=permit.begins,
        ends=permit.ends,
        given_by=permit.given_by,
        informed=_informing_of(permit),
        explained_by=permit.explained_by,
        helped=", ".join(filter(None, (permit.helped_by, permit.understanding))),
        recorded=[
            (_("Annettu"), f"{full_date(permit.given_on)}, {permit.get_form_display()}"),
            (_("Kirjannut"), named or _("asiakas itse")),
        ],
    )


def _informing_of(permit: Permit) -> str:
    day = full_date(permit.informed_on) if permit.informed_on else ""
    way = permit.get_informed_way_display() if permit.informed_way else ""
    told = (permit.informed_by, day, way, permit.informed_language_words, permit.leaflet)
    return ", ".join(filter(None, told))


def parts_of(paper: Paper) -> list[Part]:
    """The form, part by part."""
    return [
        {"kind": "paragraph", "text": _about(paper)},
        *_client(paper),
        *_scope(paper),
        *_period(paper),
        _heading(_("Hyvä tietää")),
        {"kind": "items", "items": _good_to_know(paper)},
        *_informed(paper),
        *_giver(paper),
        *_help(paper),
        *_signing(paper),
    ]


def _about(paper: Paper) -> str:
    if paper.is_denial:
        return _("Tällä lomakkeella kiellät tietojesi antamisen. Voit perua kiellon milloin vain.")
    if paper.kind == Permit.Kind.CONSENT.value:
        return _(
            "Annat suostumuksen siihen, että tietojasi annetaan organisaatiolta toiselle."
            " Osapuolet on nimetty alla."
        )
    return _(
        "Annat luvan siihen, että hyvinvointialueen työntekijät saavat nähdä tietojasi toisesta"
        " palvelusta."
    )


def _client(paper: Paper) -> Iterable[Part]:
    client = paper.client
    yield _heading(_("Asiakas"))
    yield _fact(_("Nimi"), f"{client.given_names} {client.family_name}")
    if client.birth_date:
        yield _fact(_("Syntymäaika"), full_date(client.birth_date))
    if client.number:
        yield _fact(_("Asiakasnumero"), client.number)
    yield _write(_("Henkilötunnus"))


def _scope(paper: Paper) -> Iterable[Part]:
    yield _heading(_("Kenen hallussa olevia tietoja tämä koskee"))
    yield from _named(paper.whose, _("Palvelut tai yksiköt"))
    yield _heading(_("Kenelle tietoja ei saa antaa") if paper.is_denial else _("Kuka saa nähdä"))
    yield from _named(paper.who, _("Organisaatiot tai yksiköt"))
    if not paper.is_denial:
        yield _heading(_("Mihin tietoja käytetään"))
        if paper.purpose:
            yield {"kind": "paragraph", "text": paper.purpose}
        else:
            yield _write(_("Käyttötarkoitus"), 2)


def _period(paper: Paper) -> Iterable[Part]:
    yield _heading(_("Kuinka kauan tämä on voimassa"))
    if paper.begins is None:
        yield _choice(_("Allekirjoituspäivästä siihen asti, että perun tämän"))
        yield _choice(_("Vain määräajan"))
        yield _write(_("Ensimmäinen ja viimeinen päivä"))
        return
    yield _fact(_("Alkaa"), full_date(paper.begins))
    yield _fact(_("Päättyy"), full_date(paper.ends) if paper.ends else _("kun asiakas peruu"))


def _good_to_know(paper: Paper) -> list[str]:
    law = _("Laki antaa joskus viranomaiselle oikeuden saada tietoja ilman lupaasi.")
    log = _("Jokainen katselu jää lokiin. Voit pyytää tiedon siitä, kuka on katsonut tietojasi.")
    if paper.is_denial:
        return [
            _("Kielto voi hidastaa asiasi hoitamista. Kysy työntekijältä, mitä siitä seuraa."),
            law,
            _("Jo annettuja tietoja ei saa takaisin."),
            log,
        ]
    return [
        _("Tämän antaminen on vapaaehtoista. Voit saada palveluja, vaikka et anna tätä."),
        _("Voit perua tämän milloin vain. Kerro siitä kenelle tahansa tässä nimetylle."),
        _("Kun perut tämän, tiedot sulkeutuvat heti. Jo annettuja tietoja ei saa takaisin."),
        law,
        log,
    ]


def _informed(paper: Paper) -> Iterable[Part]:
    yield _heading(_("Ennen allekirjoitusta"))
    yield _choice(_("Minulle on kerrottu, miten tietojani käsitellään."))
    yield _choice(_("Olen saanut kysyä, ja ymmärrän mihin vastaan."))
    yield _known(_("Kuka kertoi, milloin ja millä kielellä"), paper.informed)


def _giver(paper: Paper) -> Iterable[Part]:
    yield _heading(_("Kuka tämän antaa"))
    for value, label in (
        (Permit.Giver.CLIENT.value, _("Asiakas itse")),
        (Permit.Giver.GUARDIAN.value, _("Huoltaja tai edunvalvoja")),
    ):
        yield _choice(label, marked=paper.given_by == value)
    yield _write(_("Huoltajan tai edunvalvojan nimi"))


def _help(paper: Paper) -> Iterable[Part]:
    yield _heading(_("Apu"))
    yield _known(_("Kuka selitti tämän asiakkaalle"), paper.explained_by)
    ask = _("Kuka auttoi asiakasta, ja miten varmistettiin, että asiakas ymmärsi")
    yield _known(ask, paper.helped, 2)


def _signing(paper: Paper) -> Iterable[Part]:
    yield _heading(_("Allekirjoitus"))
    yield from (_fact(name, words) for name, words in paper.recorded)
    yield _write(_("Paikka ja päivä"))
    yield _write(_("Antajan allekirjoitus ja nimenselvennys"))
    yield _write(_("Vastaanottaneen työntekijän allekirjoitus ja nimenselvennys"))


def _named(names: Sequence[str], label: str) -> Iterable[Part]:
    if names:
        yield {"kind": "items", "items": list(names)}
    else:
        yield _write(label, 2)


def _heading(text: str) -> Part:
    return {"kind": "heading", "text": text}


def _fact(label: str, value: str) -> Part:
    return {"kind": "fact", "label": label, "value": value}


def _write(label: str, lines: int = 1) -> Part:
    return {"kind": "write", "label": label, "lines": lines}


def _known(label: str, value: str, lines: int = 1) -> Part:
    return _fact(label, value) if value else _write(label, lines)


def _choice(label: str, *, marked: bool = False) -> Part:
    return {"kind": "choice", "label": label, "marked": marked, "word": _("valittu")}
