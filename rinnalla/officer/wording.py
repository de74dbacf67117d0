"""What a client's log says, in words that need no knowledge of the program."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# By how a kind begins; the longest that fits is said.
WHAT = {
    "read.": gettext_lazy("katsoi tietojasi"),
    "client.found": gettext_lazy("haki sinut tunnuksellasi tai numerollasi"),
    "client.entered": gettext_lazy("lisäsi sinut asiakkaaksi"),
    "application.": gettext_lazy("käsitteli hakemustasi"),
    "permit.": gettext_lazy("käsitteli lupaasi"),
    "opening.": gettext_lazy("avasi tai sulki tietojasi luvan mukaan"),
    "disclosed": gettext_lazy("luovutti tietojasi"),
    "step.": gettext_lazy("käsitteli sinun asiassasi sovittua tehtävää"),
    "law.": gettext_lazy("avasi tietojasi lain perusteella tai hätätilanteessa"),
    "circle.": gettext_lazy("muutti sitä, kuka työskentelee kanssasi"),
    "pair.": gettext_lazy("selvitti, onko kyse samasta henkilöstä"),
    "import.": gettext_lazy("toi tietojasi toisesta järjestelmästä"),
    "inquiry.": gettext_lazy("vastasi kysymykseesi tai otti sen vastaan"),
    "log_request.": gettext_lazy("käsitteli lokipyyntöäsi"),
    "question.": gettext_lazy("selvitti, miksi tietojasi on katsottu"),
    "": gettext_lazy("käsitteli tietojasi"),
}
WHY = {
    "own": gettext_lazy("kuuluu työhön kanssasi"),
    "permit": gettext_lazy("lupasi perusteella"),
    "shared": gettext_lazy("asia on jaettu hänelle"),
    "found": gettext_lazy("haku tunnuksella"),
    "law": gettext_lazy("laki tai hätätilanne"),
    "self": gettext_lazy("itse tai puolestasi"),
    "officer": gettext_lazy("tietosuojavastaavan tehtävä"),
    "process": gettext_lazy("järjestelmän ajo"),
    "network": gettext_lazy("toisen organisaation työ kanssasi"),
    "lead": gettext_lazy("yksikön johtaminen"),
}

# The same for the officer, who is not the one whose data it is.
GROUNDS = {
    "own": gettext_lazy("Työ asiakkaan kanssa"),
    "permit": gettext_lazy("Asiakkaan lupa"),
    "shared": gettext_lazy("Lukijalle jaettu asia"),
    "found": gettext_lazy("Haku tunnuksella"),
    "law": gettext_lazy("Laki tai hätätilanne"),
    "self": gettext_lazy("Asiakas itse tai huoltaja"),
    "officer": gettext_lazy("Tietosuojavastaavan tehtävä"),
    "process": gettext_lazy("Järjestelmän ajo"),
    "network": gettext_lazy("Toisen organisaation työ asiakkaan kanssa"),
    "lead": gettext_lazy("Yksikön johtaminen"),
}


def what(kind: str) -> str:
    """What was done, as a clause about the one who did it."""
    fitting = [beginning for beginning in WHAT if kind.startswith(beginning)]
    return str(WHAT[max(fitting, key=len)])


def ground(basis: str) -> str:
    """The ground of a read, as the officer's list names it."""
    return str(GROUNDS.get(basis, _("Perustetta ei ole kirjattu")))


def why(basis: str) -> str:
    """The grounds, in words."""
    words = [str(WHY[one]) for one in basis.split(",") if one in WHY]
    return ", ".join(words) or _("perustetta ei ole kirjattu")
