"""The people of the first story, whom the page of the demonstration offers first."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from rinnalla.organizations.models import Membership

# Account and unit → what one sees as this person.
LEADS = {
    ("hilppa.kokeilija", "TA901"): _("lähettää Veikon hakemuksen ja vie suosituksen eteenpäin"),
    ("sirkka.esimerkki", "TO210"): _("ottaa hakemukset vastaan ja kutsuu tiimin koolle"),
    ("laina.malli", "TO210"): _("kirjaa terveydenhuollon näkemyksen"),
    ("toivo.koe", "KE950"): _("jää pois asioista, joihin asiakkaan lupa ei ulotu"),
    ("martta.mallikallio", "AR010"): _("selvittää epäselvät henkilöt"),
    ("raita.malliluoto", "HA001"): _("kysyy avaamisista ja vastaa lokipyyntöihin"),
    ("aino.koekangas", "HA001"): _("ylläpitää, ei näe asiakastietoja"),
}


def lead_people(people: Iterable[Membership]) -> list[tuple[Membership, str]]:
    """The first story's people, in its order, each with what one sees as them."""
    by_key = {(m.user.username, m.unit.code): m for m in people}
    return [(by_key[key], str(what)) for key, what in LEADS.items() if key in by_key]
