"""On which ground a client is opened, and whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.access.law import Ground, Named, law_grounds
from rinnalla.access.models import LawOpening
from rinnalla.clients.identifiers import hetu_digest
from rinnalla.clients.models import Client
from rinnalla.lib.hetu import fault, parse
from rinnalla.ui.forms import ReadForm


class LawForm(ReadForm):
    """A section of law from the county's list, or an emergency in words."""

    said = (gettext_lazy("Asiakas itse"), gettext_lazy("Alueen tietosuojavastaava"))

    code = forms.ChoiceField(
        label=gettext_lazy("Millä perusteella avaat tiedot"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse peruste, jolla avaat tiedot.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Miksi tiedot tarvitaan nyt"),
        help_text=gettext_lazy("Kerro aina, jos valitset hätätilanteen. Asiakas lukee tämän."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(entry.code, entry.name) for entry in law_grounds()]
        emergency = (LawOpening.EMERGENCY, _("Hätätilanne, jonka kerron omin sanoin"))
        self.fields["code"].choices = [*sections, emergency]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An emergency is told in words."""
        data = super().clean() or {}
        if data.get("code") == LawOpening.EMERGENCY and not data.get("words", "").strip():
            self.add_error("words", _("Kirjoita, mikä hätätilanne on."))
        return data

    @property
    def ground(self) -> Ground:
        return Ground(self.cleaned_data["code"], self.cleaned_data["words"].strip())

    def named(self, client: Client | None) -> Named:
        """The client of the page."""
        return Named(client=client)


class NamedLawForm(LawForm):
    """Whom, too: by the whole identity code or client number."""

    q = forms.CharField(
        label=gettext_lazy("Henkilötunnus tai asiakasnumero"),
        help_text=gettext_lazy("Kirjoita koko tunnus, esimerkiksi 131052-308T tai A100001."),
        max_length=100,
        error_messages={"required": gettext_lazy("Kirjoita henkilötunnus tai asiakasnumero.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 20}),
    )
    field_order = ("q", "code", "words")

    def named(self, client: Client | None) -> Named:
        """The one whom the code or number names exactly."""
        typed = self.cleaned_data["q"]
        if fault(typed):
            return Named(number=typed.strip().upper())
        return Named(digest=hetu_digest(parse(typed)))
