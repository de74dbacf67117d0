"""The identity bar of a client's pages: whose page, who holds the matter, and why the reader sees
it."""

from datetime import date

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from rinnalla.access.recording import Basis
from rinnalla.clients.models import Client
from rinnalla.lib.days import helsinki_day
from rinnalla.organizations.models import Membership
from rinnalla.ui.dates import full_date
from rinnalla.ui.frame import Identity


def identity(
    client: Client, basis: Basis, today: date, *, holder: Membership | None = None, url: str = ""
) -> Identity:
    """The bar's contents; `holder` (with its user) is who holds the matter that the page is
    about."""
    return Identity(
        name=f"{client.family_name} {client.given_names}",
        age=age(client.birth_date, today),
        url=url,
        language=language(client.contact_language),
        holder_name=holder.user.get_full_name() if holder else "",
        holder_phone=holder.phone if holder else "",
        basis=why(basis),
        warnings=_warnings(client),
    )


def age(birth: date | None, today: date) -> str:
    """Age in full years as the page writes it; empty when the birth date is not known."""
    if birth is None:
        return ""
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return _("%(years)d v") % {"years": years}


def language(code: str) -> str:
    """The contact language in the reader's words; the code itself when nobody has named it."""
    names = {
        "fi": _("suomi"),
        "sv": _("ruotsi"),
        "en": _("englanti"),
        "se": _("pohjoissaame"),
        "so": _("somali"),
    }
    if code in names or code not in LANG_INFO:
        return names.get(code, code)
    name = str(get_language_info(code)["name_translated"])
    # Only English writes languages with a capital; Django's Swedish does, too.
    return name if get_language() == "en" else name.lower()


def why(basis: Basis) -> str:
    """The sentence of the basis badge: cause and since when."""
    causes = {
        "own_worker": _("olet asiakkaan oma työntekijä"),
        "found": _("hait asiakkaan tunnuksella"),
        "referrer": _("teet hakemusta asiakkaan kanssa"),
        "reception": _("hakemus on tullut tiimillesi"),
        "session": _("asia on tiimisi esityslistalla ja asiakkaan lupa ulottuu sinuun"),
        "interim": _("hoidat asiaa poislähteneen puolesta"),
        "holder": _("hoidat asiaa, kunnes vastuutyöntekijä on nimetty"),
        "asked": _("sinua pyydetään vastuutyöntekijäksi"),
        "worker": _("olet vastuutyöntekijä"),
        "own_team": _("olet asiakkaan omassa tiimissä"),
        "cover": _("olet vastuutyöntekijän sijainen"),
        "meeting": _("sinut on kutsuttu asiakkaan tapaamiseen"),
        "task": _("teet tai seuraat tapaamisessa sovittua asiaa"),
        "law": _("avasit tiedot lain nojalla"),
        "doubtful": _("selvität, onko kyse samasta henkilöstä"),
    }
    return _("%(cause)s, %(day)s alkaen") % {
        "cause": causes.get(basis.cause, basis.cause),
        "day": full_date(helsinki_day(basis.since)),
    }


def _warnings(client: Client) -> list[str]:
    found = [
        (client.is_protected, _("Turvakielto")),
        (client.needs_interpreter, _("Tarvitsee tulkin")),
        (client.died_on, _("Kuollut")),
    ]
    return [words for holds, words in found if holds]
