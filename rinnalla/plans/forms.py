"""Telling how a step goes, and agreeing on services for a fixed time."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.plans.models import Step
from rinnalla.plans.operations.packages import day_to_check, wrong_days
from rinnalla.ui.fields import DayField
from rinnalla.ui.forms import ReadForm


class ReportForm(ReadForm):
    """The step's new state, a new day if it moves, and why when it does not happen."""

    state = forms.ChoiceField(
        label=gettext_lazy("Miten kävi"),
        choices=Step.State.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse, miten kävi.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Mitä tapahtui"),
        help_text=gettext_lazy("Kirjoita, jos asia ei toteutunut tai sen päivä siirtyy."),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
    )
    due = DayField(label=gettext_lazy("Uusi päivä"), required=False)

    def clean(self) -> dict[str, Any]:
        """What did not happen says why."""
        data = super().clean() or {}
        if data.get("state") == Step.State.NOT_DONE and not data.get("text", "").strip():
            self.add_error("text", _("Kerro, miksi asia ei toteutunut."))
        return data


DAYS = {"begins", "ends", "check_on", "talked_on"}


class PackageForm(ReadForm):
    """Services for a fixed time, as talked through with the client; all days are known."""

    text = forms.CharField(
        label=gettext_lazy("Mitä kokonaisuuteen kuuluu"),
        help_text=gettext_lazy("Kirjoita niin, että asiakas ymmärtää. Hän näkee tämän sivullaan."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Kirjoita, mitä kokonaisuuteen kuuluu.")},
    )
    begins = DayField(
        label=gettext_lazy("Milloin se alkaa"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, jona kokonaisuus alkaa.")},
    )
    ends = DayField(
        label=gettext_lazy("Milloin se päättyy"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, jona kokonaisuus päättyy.")},
    )
    check_on = DayField(
        label=gettext_lazy("Milloin katsotte tilannetta yhdessä"),
        help_text=gettext_lazy(
            "Jos jätät tyhjäksi, päivä on 30 päivää ennen loppua, lyhyessä puolivälissä."
        ),
        required=False,
    )
    talked_on = DayField(
        label=gettext_lazy("Minä päivänä puhuitte tästä"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, jona puhuit asiakkaan kanssa.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Asiakkaan omat sanat"),
        help_text=gettext_lazy("Kirjoita niin kuin asiakas sen sanoi."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """The days fit together; who gives no day to look at it gets the usual one."""
        data = super().clean() or {}
        if DAYS - {name for name, day in data.items() if day or name == "check_on"}:
            return data
        begins, ends = data["begins"], data["ends"]
        data["check_on"] = data["check_on"] or day_to_check(max(begins, self.today), ends)
        for name, sentence in wrong_days(self.today, **{name: data[name] for name in DAYS}).items():
            self.add_error(name, sentence)
        return data
