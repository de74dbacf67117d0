"""Why a promised clock stands, and until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.applications.models import ClockPause
from rinnalla.ui.fields import DayField
from rinnalla.ui.forms import ReadForm


class PauseForm(ReadForm):
    """A reason with words for the client, and the day from which the clock goes on."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Miksi kello pysäytetään"),
        choices=ClockPause.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse syy.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Mitä kerrot asiakkaalle"),
        help_text=gettext_lazy("Asiakas näkee tämän omalla sivullaan."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    returns_on = DayField(
        label=gettext_lazy("Minä päivänä kello jatkuu"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, jona kello jatkuu.")},
    )

    def clean(self) -> dict[str, Any]:
        """Another reason is told in words."""
        data = super().clean() or {}
        if data.get("reason") == ClockPause.Reason.OTHER and not data.get("words", "").strip():
            self.add_error("words", _("Kerro syy omin sanoin."))
        return data
