"""The paper form as a PDF, in the client's language."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from rinnalla.organizations.queries import setting
from rinnalla.permits.papers import Paper, parts_of
from rinnalla.permits.plain import in_plain_finnish
from rinnalla.ui.dates import full_date
from rinnalla.ui.pdf import render

PLAIN = "fi-selko"


def printed(paper: Paper, language: str, *, large: bool, at: datetime, today: date) -> bytes:
    """The form in Finnish, plain Finnish, Swedish or English; large print when asked."""
    with override("fi" if language == PLAIN else language):
        data = _document(paper, today)
    if language == PLAIN:
        data = in_plain_finnish(data)
    return render("ui/document", data, language, large=large, at=at)


def _document(paper: Paper, today: date) -> dict[str, Any]:
    return {
        "title": paper.title,
        "owner": _county(today),
        "footer": _("Asiakas %(number)s, tulostettu %(day)s")
        % {"number": paper.client.number or "", "day": full_date(today)},
        "page_word": _("sivu"),
        "parts": parts_of(paper),
    }


def _county(today: date) -> str:
    """The county's name in the language of the form, or as it is in Finnish."""
    translated = setting(f"county_name_{get_language()}", today)
    return translated or setting("county_name", today)
