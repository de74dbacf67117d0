"""The people of the first story, whom the page of the demonstration offers first."""

from django.utils.translation import gettext_lazy as _

# Account → what one sees as this person.
LEADS = {
    "hilppa.kokeilija": _("lähettää Veikon hakemuksen ja vie suosituksen eteenpäin"),
    "sirkka.esimerkki": _("ottaa hakemukset vastaan ja kutsuu tiimin koolle"),
    "laina.malli": _("kirjaa terveydenhuollon näkemyksen"),
    "toivo.koe": _("jää pois asioista, joihin asiakkaan lupa ei ulotu"),
    "martta.mallikallio": _("selvittää epäselvät henkilöt"),
    "aino.koekangas": _("ylläpitää, ei näe asiakastietoja"),
}
