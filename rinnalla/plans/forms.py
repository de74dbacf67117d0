"""Telling how a step goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.plans.models import Step
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
