"""Forms of a case: proposing it, the answer, naming, and what is around the worker."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.cases.models import Assignment, CaseAnswer, Proposal
from rinnalla.cases.queries.people import Person
from rinnalla.clients.models import Client
from rinnalla.permits.forms.giving import past
from rinnalla.ui.fields import DayField, ReadLine
from rinnalla.ui.forms import ReadForm

Answer = CaseAnswer.Answer


class DatedForm(forms.Form):
    """Tells of a day that is not to come."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        """Today, or before."""
        return past(self.cleaned_data["on"], self.today)


class ProposeForm(DatedForm, ReadForm):
    """Why wider cooperation, how it was explained, and with whom of the family."""

    reason = forms.CharField(
        label=gettext_lazy("Miksi ehdotat yhteistä työtä"),
        help_text=gettext_lazy("Kirjoita niin, että asiakas voi lukea tämän."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Kirjoita, miksi ehdotat yhteistä työtä.")},
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Miten puhuit asiasta"),
        choices=Proposal.Way.choices,
        widget=forms.RadioSelect,
        initial=Proposal.Way.MEETING,
        error_messages={"required": gettext_lazy("Valitse, miten puhuit asiasta.")},
    )
    on = DayField(
        label=gettext_lazy("Minä päivänä"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, jona puhuit asiasta.")},
    )
    others = forms.CharField(
        label=gettext_lazy("Muut asiakkaat, joita asia koskee"),
        help_text=gettext_lazy("Asiakasnumerot pilkulla erotettuina, jos kyse on perheestä."),
        required=False,
        max_length=200,
    )

    def clean_others(self) -> list[Client]:
        """Clients with whom the writer works, by number."""
        typed = self.cleaned_data["others"].replace(",", " ").upper().split()
        found = list(Client.objects.filter(number__in=typed))
        missing = sorted(set(typed) - {client.number for client in found})
        if missing:
            raise forms.ValidationError(
                _("Et työskentele tämän numeron asiakkaan kanssa: %(number)s. Hae hänet ensin.")
                % {"number": ", ".join(missing)}
            )
        return found


class AnswerForm(DatedForm, ReadForm):
    """What the client answered, in own words."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Mitä asiakas vastasi"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse, mitä asiakas vastasi.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Asiakkaan omat sanat"),
        help_text=gettext_lazy("Kirjoita niin kuin asiakas sen sanoi."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wish = forms.CharField(
        label=gettext_lazy("Kenet asiakas toivoo vastuutyöntekijäksi"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    on = DayField(
        label=gettext_lazy("Minä päivänä asiakas vastasi"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, jona asiakas vastasi.")},
    )
    ask_again_on = DayField(
        label=gettext_lazy("Milloin kysyt uudelleen, jos asiakas miettii"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """The client's words belong to an answer; who thinks is asked again."""
        data = super().clean() or {}
        answer = data.get("answer")
        if answer in (Answer.YES, Answer.THINKING) and not data.get("words", "").strip():
            self.add_error("words", _("Kirjoita, mitä asiakas sanoi omin sanoin."))
        if answer == Answer.THINKING and "ask_again_on" in data:
            again = data["ask_again_on"]
            if not again:
                self.add_error("ask_again_on", _("Kirjoita päivä, jona kysyt uudelleen."))
            elif again <= self.today:
                self.add_error("ask_again_on", _("Valitse tuleva päivä, jona kysyt uudelleen."))
        return data


class NameForm(forms.Form):
    """One of the suggested, or somebody else; the button says whether the client has agreed."""

    person = forms.ChoiceField(
        label=gettext_lazy("Ketä pyydetään"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse, ketä pyydetään.")},
    )
    other = forms.ChoiceField(label=gettext_lazy("Joku muu"), required=False)
    OTHER = "other"

    def __init__(
        self,
        *args: Any,
        suggested: Sequence[tuple[str, str]],
        people: Sequence[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [*suggested, (self.OTHER, _("joku muu, valitsen alta"))]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        self.fields["person"].initial = choices[0][0]
        nobody = ("", _("Valitse henkilö"))
        self.fields["other"].choices = [  # type: ignore[attr-defined]
            nobody,
            *((str(person.key), person.label) for person in people),
        ]

    def clean(self) -> dict[str, Any]:
        """Somebody else is chosen by name."""
        data = super().clean() or {}
        if data.get("person") == self.OTHER and not data.get("other"):
            self.add_error("other", _("Valitse henkilö luettelosta."))
        return data

    @property
    def chooses_other(self) -> bool:
        """Somebody who is not suggested."""
        return bool(self.cleaned_data["person"] == self.OTHER)

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data["other" if self.chooses_other else "person"])


class DeclineForm(ReadForm):
    """Why somebody does not take the responsibility."""

    reason = forms.CharField(
        label=gettext_lazy("Miksi et voi olla vastuutyöntekijä"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Kerro, miksi et voi olla vastuutyöntekijä.")},
    )


class TellForm(DatedForm):
    """How and when the client was told."""

    way = forms.ChoiceField(
        label=gettext_lazy("Miten kerroit"),
        choices=Assignment.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse, miten kerroit asiakkaalle.")},
    )
    on = DayField(
        label=gettext_lazy("Minä päivänä kerroit"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, jona kerroit asiakkaalle.")},
    )


class TeamForm(ReadForm):
    """A professional of the county, or somebody close by name; each with a role."""

    member = forms.ChoiceField(label=gettext_lazy("Työntekijä"), required=False)
    person = forms.CharField(
        label=gettext_lazy("Tai muu ihminen"),
        help_text=gettext_lazy("Esimerkiksi läheinen, terapeutti tai kokemusasiantuntija."),
        required=False,
        max_length=200,
        widget=ReadLine,
    )
    contact = forms.CharField(
        label=gettext_lazy("Puhelin tai sähköposti"),
        required=False,
        max_length=200,
        widget=ReadLine,
    )
    role = forms.CharField(
        label=gettext_lazy("Rooli tiimissä"),
        max_length=200,
        widget=ReadLine,
        error_messages={"required": gettext_lazy("Kirjoita rooli, esimerkiksi äiti tai lääkäri.")},
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Ei työntekijä")), *((str(one.key), one.label) for one in people)]
        self.fields["member"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        data = super().clean() or {}
        member, person = data.get("member"), data.get("person")
        if not member and not person:
            self.add_error("person", _("Valitse työntekijä tai kirjoita ihmisen nimi."))
        if member and person:
            self.add_error("person", _("Valitse joko työntekijä tai kirjoita nimi, ei molempia."))
        return data


class ContactForm(ReadForm):
    """How the client reaches the worker in matters that are not urgent."""

    phone = forms.CharField(
        label=gettext_lazy("Suora numero"),
        max_length=40,
        widget=ReadLine,
        error_messages={"required": gettext_lazy("Kirjoita numero, josta sinut tavoittaa.")},
    )
    hours = forms.CharField(
        label=gettext_lazy("Milloin vastaat"),
        max_length=200,
        widget=ReadLine,
        error_messages={"required": gettext_lazy("Kirjoita, milloin vastaat.")},
    )
    ways = forms.CharField(
        label=gettext_lazy("Mitä muuta sovitte"),
        help_text=gettext_lazy("Esimerkiksi: tekstiviesti, jos et vastaa."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CoverForm(forms.Form):
    """Who covers, from a day through a day."""

    who = forms.ChoiceField(
        label=gettext_lazy("Kuka on sijaisesi"),
        error_messages={"required": gettext_lazy("Valitse sijainen.")},
    )
    begins = DayField(
        label=gettext_lazy("Ensimmäinen poissaolopäivä"),
        error_messages={"required": gettext_lazy("Kirjoita ensimmäinen poissaolopäivä.")},
    )
    ends = DayField(
        label=gettext_lazy("Viimeinen poissaolopäivä"),
        error_messages={"required": gettext_lazy("Kirjoita viimeinen poissaolopäivä.")},
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Valitse henkilö")), *((str(one.key), one.label) for one in people)]
        self.fields["who"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        data = super().clean() or {}
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("Poissaolo ei voi päättyä ennen kuin se alkaa."))
        return data
