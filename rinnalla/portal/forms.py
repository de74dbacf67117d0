"""An address, a code, a question: as little as can be asked."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rinnalla.access.models import Mandate
from rinnalla.accounts.contacts import channel_of, normal
from rinnalla.organizations.models import CodeEntry
from rinnalla.portal.queries.entries import Entry
from rinnalla.ui.dates import full_date
from rinnalla.ui.fields import DayField
from rinnalla.ui.forms import ReadForm

# The county's sections of law on which a record is kept from its client.
GROUNDS = "salausperuste"
KINDS = {
    "visit": _("Käynti"),
    "use": _("Palvelu"),
    "benefit": _("Etuus"),
    "referral": _("Lähete"),
    "step": _("Tehtävä"),
    "attachment": _("Liite"),
}


def _address(typed: str) -> str:
    found = normal(channel_of(typed), typed)
    if not found:
        raise forms.ValidationError(
            _("Tarkista osoite. Se on esimerkiksi minun@esimerkki.fi tai 040 123 4567.")
        )
    return found


class AddressForm(forms.Form):
    """An e-mail address or a telephone number."""

    address = forms.CharField(
        label=_("Sähköpostiosoite tai puhelinnumero"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email", "autocapitalize": "none"}),
    )

    def clean_address(self) -> str:
        return _address(self.cleaned_data["address"])


class EnrolForm(AddressForm):
    """The address as the client tells it, in person."""

    address = forms.CharField(
        label=_("Asiakkaan sähköpostiosoite tai puhelinnumero"),
        help_text=_("Kysy asiakkaalta, mihin muut eivät pääse. Linkki ja koodi tulevat tähän."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    in_person = forms.BooleanField(
        label=_("Asiakas on paikalla, ja olen varmistanut hänen henkilöllisyytensä")
    )


class CodeForm(forms.Form):
    """The six digits of the message."""

    code = forms.CharField(
        label=_("Koodi"),
        help_text=_("Koodissa on 6 numeroa."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        code = re.sub(r"\s", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise forms.ValidationError(_("Koodissa on 6 numeroa. Tarkista koodi viestistä."))
        return code


class MandateForm(forms.Form):
    """Who acts for the client, in what, and from which day to which."""

    guardian = forms.CharField(
        label=_("Huoltajan tai edunvalvojan henkilötunnus tai asiakasnumero"),
        help_text=_("Kirjoita koko tunnus, esimerkiksi 131052-308T tai A100001."),
        max_length=100,
        error_messages={"required": _("Kirjoita henkilötunnus tai asiakasnumero.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 20}),
    )
    scope = forms.ChoiceField(
        label=_("Mitä asioita valtuus koskee"),
        choices=Mandate.Scope.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, mitä asioita valtuus koskee.")},
    )
    begins = DayField(label=_("Ensimmäinen päivä"))
    ends = DayField(
        label=_("Viimeinen päivä"),
        help_text=_("Lapsen huoltajalla lapsen 18-vuotispäivää edeltävä päivä."),
        required=False,
    )
    checked = forms.BooleanField(
        label=_("Olen tarkistanut valtuuden väestötiedoista tai asiakirjasta"),
        error_messages={"required": _("Tarkista valtuus ennen kirjaamista.")},
    )

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        data = super().clean() or {}
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", gettext("Valtuus ei voi päättyä ennen kuin se alkaa."))
        return data


class WithholdForm(ReadForm):
    """Which records are kept from the client's view, and on which ground of law."""

    said = (_("Ne, jotka saavat nähdä kirjauksen"), _("Alueen tietosuojavastaava"))

    entries = forms.MultipleChoiceField(
        label=_("Kirjaukset, joita asiakas ei näe"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Valitse vähintään yksi kirjaus.")},
    )
    ground = forms.ChoiceField(
        label=_("Lainkohta"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse lainkohta, jonka perusteella kirjaus ei näy.")},
    )
    third_person = forms.BooleanField(label=_("Kirjaus kertoo toisesta henkilöstä"), required=False)
    words = forms.CharField(
        label=_("Lisätieto"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, entries: list[Entry], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {entry.key: entry for entry in entries}
        labels = [(key, self._label(entry)) for key, entry in self.by_key.items()]
        grounds = CodeEntry.objects.filter(code_list=GROUNDS).order_by("name")
        self.fields["entries"].choices = labels  # type: ignore[attr-defined]
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (entry.code, entry.name) for entry in grounds
        ]

    @staticmethod
    def _label(entry: Entry) -> str:
        return f"{KINDS[entry.kind]} {full_date(entry.day)}: {entry.text} ({entry.unit})"

    @property
    def chosen(self) -> list[tuple[str, UUID]]:
        picked = [self.by_key[key] for key in self.cleaned_data["entries"]]
        return [(entry.table, entry.thing) for entry in picked]


class GiveForm(forms.Form):
    """Until when a permit holds; empty: until it is withdrawn."""

    ends = DayField(
        label=_("Viimeinen päivä"),
        help_text=_("Jätä tyhjäksi, jos lupa jatkuu siihen asti, kun perut sen."),
        required=False,
    )


class InquiryForm(ReadForm):
    """What one wonders about."""

    said = (_("Alueen tietosuojavastaava"),)
    words = forms.CharField(
        label=_("Mitä ihmettelet?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class UnclearForm(ReadForm):
    """What stayed unclear after a meeting."""

    said = (_("Vastuutyöntekijäsi tai se, joka hoitaa asiaasi"),)
    words = forms.CharField(
        label=_("Mitä haluat kysyä"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Kirjoita, mitä haluat kysyä.")},
    )
