"""An address, a code, a question: as little as can be asked."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from rinnalla.accounts.contacts import channel_of, normal
from rinnalla.ui.fields import DayField
from rinnalla.ui.forms import ReadForm


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
