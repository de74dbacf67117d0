"""Signs by which a text may tell of whom it is: for hints, and to refuse what names outright."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

_OUTRIGHT = (
    re.compile(r"\b[0-9]{6}[-+A-FU-Ya-fu-y][0-9]{3}[0-9A-Za-z]\b"),
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    re.compile(r"(?:\+358|\b0)[0-9][0-9 -]{5,}[0-9]\b"),
)
_NAME = re.compile(
    r"(?<![.!?:\n] )(?<!^)\b[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäö]+)?\b", re.MULTILINE
)
_DATE = re.compile(r"\b[0-9]{1,2}\.[0-9]{1,2}\.(?:19|20)[0-9]{2}\b")
_ADDRESS = re.compile(r"\b\w+(?:katu|tie|kuja|polku|raitti|gatan|vägen) [0-9]+", re.IGNORECASE)


def told_outright(*texts: str) -> bool:
    """Whether an identity code, a telephone number or a mail address stands in the texts."""
    return any(shape.search(text) for shape in _OUTRIGHT for text in texts)


def hints(*texts: str) -> list[str]:
    """What in the texts may tell of whom they are, as sentences with what was seen."""
    whole = "\n".join(texts)
    return list(_hints(whole))


def _hints(whole: str) -> Iterator[str]:
    if told_outright(whole):
        yield _("Tekstissä on henkilötunnus, puhelinnumero tai sähköpostiosoite. Poista se.")
    wanted = (
        (
            _NAME,
            _("Nimeltä näyttää: %(seen)s. Henkilön, työnantajan tai paikan nimi voi paljastaa."),
        ),
        (_DATE, _("Tarkka päivä: %(seen)s. Kuukausi tai vuosi riittää.")),
        (_ADDRESS, _("Osoitteelta näyttää: %(seen)s.")),
    )
    for shape, sentence in wanted:
        if seen := list(dict.fromkeys(shape.findall(whole)))[:5]:
            yield sentence % {"seen": ", ".join(seen)}
