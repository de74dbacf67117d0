"""The application as it is written with the client; a draft may lack anything."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rinnalla.applications.models import ApplicationText
from rinnalla.applications.operations.drafting import TEXT_FIELDS
from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Team
from rinnalla.ui.forms import ReadForm

if TYPE_CHECKING:
    TeamChoice = forms.ModelChoiceField[Team]
else:
    TeamChoice = forms.ModelChoiceField


class TeamField(TeamChoice):
    """A team by its name and area."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} – {obj.area}"


class BeginForm(forms.Form):
    """To which team the matter goes."""

    team = TeamField(
        Team.objects.order_by("kind", *alphabetical("name")),
        label=_("Mille tiimille"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Valitse tiimi.")},
    )


class WantedText(forms.CharField):
    """Needed before sending, and so not called optional; a draft may lack it all the same."""

    def validate(self, value: Any) -> None:
        """Nothing is too little for a draft."""


class WantedChoice(forms.ChoiceField):
    """A choice needed before sending; a draft may lack it."""

    def validate(self, value: Any) -> None:
        """No choice is a choice that is not made yet."""
        if value:
            super().validate(value)


def _text(label: Any, help_text: Any = "", *, wanted: bool = False) -> forms.CharField:
    kind = WantedText if wanted else forms.CharField
    return kind(
        label=label,
        help_text=help_text,
        required=wanted,
        max_length=20_000,
        widget=forms.Textarea,
    )


class DraftForm(ReadForm):
    """All that the team needs to know, in the order in which it comes up with the client."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}))
    question = _text(
        _("Kysymys tiimille"),
        _("Yksi kysymys, johon tiimi vastaa. Esimerkiksi: mikä palvelu auttaisi takaisin töihin?"),
        wanted=True,
    )
    wish = _text(_("Asiakkaan oma toive"), _("Asiakkaan omin sanoin."), wanted=True)
    situation = _text(
        _("Tilanne nyt"), _("Työ, terveys, arki ja toimeentulo lyhyesti."), wanted=True
    )
    tried = _text(_("Mitä on jo kokeiltu"), _("Mikä auttoi, mikä ei, ja miksi."))
    involved = _text(
        _("Ketkä ovat mukana"), _("Työntekijät ja läheiset, joiden kanssa asiakas toimii.")
    )
    reaching = _text(_("Miten asiakkaan tavoittaa"), _("Paras tapa ja aika."))
    support_needed = _text(
        _("Mitä tukea tarvitaan"), _("Esimerkiksi tulkki, etäyhteys, tukihenkilö, esteetön tila.")
    )
    urgency = _text(
        _("Onko asialla kiire"), _("Päivä, johon mennessä, ja miksi. Tyhjä: ei erityistä kiirettä.")
    )
    agreed = WantedChoice(
        label=_("Asiakkaan suostumus hakemukseen"),
        choices=ApplicationText.Given.choices,
        widget=forms.RadioSelect,
    )
    team = TeamField(
        Team.objects.order_by("kind", *alphabetical("name")), label=_("Tiimi"), empty_label=None
    )

    def texts(self) -> dict[str, str]:
        """What was written, as the act takes it."""
        return {name: self.cleaned_data[name] for name in TEXT_FIELDS}


class AnswerForm(ReadForm):
    """The referrer's answer to the team's question."""

    text = forms.CharField(
        label=_("Vastauksesi"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": "6"}),
        error_messages={"required": _("Kirjoita vastaus.")},
    )
