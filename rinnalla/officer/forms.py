"""What is written at the officer's desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rinnalla.access.models import LawOpening
from rinnalla.officer.models import Closing
from rinnalla.organizations.models import Membership
from rinnalla.ui.fields import DayField
from rinnalla.ui.forms import ReadForm

OFFICER = _("Alueen tietosuojavastaava")


class AskForm(ReadForm):
    """Whom to ask, and in which words."""

    said = (_("Työntekijä, jolta kysyt"), OFFICER)

    to = forms.ChoiceField(label=_("Keneltä kysyt"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Kysymys omin sanoin"), required=False, max_length=2000, widget=forms.Textarea
    )

    def __init__(self, people: list[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(member.pk): member for member in people}
        choices = [(key, f"{m.user}, {m.title}") for key, m in self.people.items()]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    @property
    def member(self) -> Membership:
        return self.people[self.cleaned_data["to"]]


class AnswerForm(ReadForm):
    """The answer of the one who was asked."""

    said = (OFFICER,)

    text = forms.CharField(
        label=_("Vastauksesi"),
        help_text=_("Kerro, mihin työtehtävään avaaminen liittyi."),
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": _("Kirjoita vastaus.")},
    )


class CloseForm(ReadForm):
    """What came of a question."""

    said = (_("Työntekijä, jolta kysyttiin"), OFFICER)

    outcome = forms.ChoiceField(
        label=_("Lopputulos"),
        choices=Closing.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse lopputulos.")},
    )
    words = forms.CharField(
        label=_("Perustelu"),
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": _("Kirjoita perustelu.")},
    )


class PeriodForm(forms.Form):
    """From which day to which."""

    since = DayField(label=_("Alkaen"))
    until = DayField(label=_("Päättyen"))


class LogRequestForm(ReadForm):
    """A client's request for the log."""

    said = (OFFICER,)

    client = forms.CharField(
        label=_("Henkilötunnus tai asiakasnumero"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 20}),
    )
    received = DayField(label=_("Pyyntö saapui"))
    since = DayField(label=_("Jakso alkaa"))
    until = DayField(label=_("Jakso päättyy"))
    reason = forms.CharField(
        label=_("Asiakkaan syy"),
        help_text=_("Tarvitaan, jos jakso alkaa yli kaksi vuotta ennen pyyntöä."),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
    )


class ReviewForm(ReadForm):
    """The review of an opening by law."""

    said = (OFFICER, _("Asiakas itse"), _("Työntekijä, joka avasi tiedot"))

    verdict = forms.ChoiceField(
        label=_("Arvio"),
        choices=LawOpening.Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse arvio.")},
    )
    words = forms.CharField(
        label=_("Perustelu"), required=False, max_length=500, widget=forms.Textarea
    )


class InquiryAnswerForm(ReadForm):
    """The officer's answer to a client."""

    said = (_("Asiakas itse"), OFFICER)

    text = forms.CharField(
        label=_("Vastaus asiakkaalle"),
        help_text=_("Asiakas lukee vastauksen omalta sivultaan."),
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": _("Kirjoita vastaus.")},
    )
