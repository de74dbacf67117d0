"""What is said of each kind of fault, in one Finnish sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rinnalla.imports.reading import SourceUnreadable

REASONS: dict[str, Promise] = {
    "hetu_check_character": _("Henkilötunnuksen tarkistusmerkki ei täsmää."),
    "hetu_malformed": _("Henkilötunnus ei ole oikeaa muotoa."),
    "hetu_impossible_date": _("Henkilötunnuksen päivää ei ole kalenterissa."),
    "date_impossible": _("Päivää ei ole kalenterissa."),
    "date_wrong_format": _("Päivä ei ole tämän lähteen muodossa."),
    "end_before_start": _("Loppupäivä on ennen alkupäivää."),
    "value_missing": _("Pakollinen tieto puuttuu."),
    "column_missing": _("Rivillä on liian vähän sarakkeita."),
    "column_extra": _("Rivillä on liikaa sarakkeita."),
    "client_unknown": _("Henkilöä ei ole asiakasrekisterissä."),
    "unit_unknown": _("Yksikkökoodia ei tunneta tässä rekisterissä."),
    "service_task_unknown": _("Palvelutehtävän koodia ei tunneta."),
    "benefit_kind_unknown": _("Etuuslajin koodia ei tunneta."),
    "number_malformed": _("Luku ei ole oikeaa muotoa."),
    "outcome_unknown": _("Toteutuman koodia ei tunneta."),
    "time_impossible": _("Kellonaikaa ei ole olemassa."),
    "done_in_the_future": _("Toteutunut käynti on tulevaisuudessa."),
    "guardian_is_self": _("Henkilö on merkitty omaksi huoltajakseen."),
    "birth_date_differs_from_hetu": _("Syntymäaika on eri kuin henkilötunnuksessa."),
    "flag_unknown": _("Merkintä ei ole mikään sallituista."),
    "value_too_long": _("Teksti on pidempi kuin sen paikka."),
    "id_conflict": _("Sama tunniste on jo toisella sisällöllä. Aiempi rivi jäi voimaan."),
    "nul_character": _("Rivillä on nollamerkki, joka ei kuulu tekstiin."),
    "encoding_invalid": _("Rivillä on tavuja, jotka eivät ole tämän lähteen merkistöä."),
    "required_element_missing": _("Pakollinen tieto puuttuu."),
    "wrong_json_type": _("Tieto on väärää JSON-tyyppiä."),
    "resource_type_unknown": _("Tätä resurssityyppiä ei oteta vastaan."),
    "status_unknown": _("Tilan koodia ei tunneta."),
    "code_unknown": _("Koodia ei tunneta."),
    "subject_not_found": _("Henkilöä, johon viitataan, ei ole nipussa tai hänet hylättiin."),
    "organization_not_found": _("Yksikköä, johon viitataan, ei ole nipussa."),
    "identifier_ambiguous": _("Tunnisteita on useita, eikä oikeaa voi valita arvaamatta."),
}

WARNINGS: dict[str, Promise] = {
    "trailer_missing": _(
        "Lopetusrivi puuttuu tai ilmoittaa toisen rivimäärän: tiedosto voi olla vajaa."
    ),
}

_UNREADABLE: dict[str, Promise] = {
    "empty": _("Tiedosto on tyhjä."),
    "header_wrong": _("Tiedostossa ei ole tämän lähteen otsikkoriviä: puuttuu %(detail)s."),
    "header_extra": _("Tiedoston otsikkorivillä on sarakkeita, joita tämä lähde ei tunne."),
    "not_json": _("Tiedosto ei ole JSON-muotoa."),
    "not_bundle": _("Tiedosto ei ole FHIR-nippu (Bundle)."),
    "cut_off": _("Tiedosto on katkennut kesken."),
    "encoding_wrong": _("Tiedoston merkistö ei ole UTF-8."),
    "line_too_long": _("Rivi %(detail)s ei lopu: tiedosto ei ole tämän lähteen tiedosto."),
}


def reason(kind: str) -> str:
    """Why a row was set aside."""
    return str(REASONS[kind])


def unreadable(error: SourceUnreadable) -> str:
    """Why nothing of a file could be read."""
    return str(_UNREADABLE[error.kind]) % {"detail": error.detail}
