"""How the client was told of it before, and helped in giving it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.permits.forms.giving import GivenForm
from rinnalla.permits.models import Permit
from rinnalla.permits.operations import Giving, Help, Informing
from rinnalla.ui.fields import DayField, ReadLine

LANGUAGES = [
    ("", gettext_lazy("ei tiedossa")),
    ("fi", gettext_lazy("suomi")),
    ("sv", gettext_lazy("ruotsi")),
    ("en", gettext_lazy("englanti")),
    ("se", gettext_lazy("pohjoissaame")),
    ("mul", gettext_lazy("muu kieli tai tulkki")),
]


class ToldForm(GivenForm):
    """How the client was told before, in which language it was given, and with whose help."""

    language = forms.ChoiceField(
        label=gettext_lazy("Millä kielellä tämä annettiin"), choices=LANGUAGES, required=False
    )
    informed_on = DayField(label=gettext_lazy("Minä päivänä kerrottiin"), required=False)
    informed_way = forms.ChoiceField(
        label=gettext_lazy("Miten kerrottiin"),
        choices=[("", gettext_lazy("ei tiedossa")), *Permit.InformedBy.choices],
        required=False,
    )
    informed_language = forms.ChoiceField(
        label=gettext_lazy("Millä kielellä kerrottiin"), choices=LANGUAGES, required=False
    )
    informed_by = forms.CharField(label=gettext_lazy("Kuka kertoi"), max_length=200, required=False)
    leaflet = forms.CharField(
        label=gettext_lazy("Esitteen nimi ja versio"), max_length=60, required=False
    )
    explained_by = forms.CharField(
        label=gettext_lazy("Kuka selitti asian"), max_length=200, required=False
    )
    helped_by = forms.CharField(
        label=gettext_lazy("Kuka auttoi asiakasta"), max_length=200, required=False
    )
    understanding = forms.CharField(
        label=gettext_lazy("Miten varmistettiin, että asiakas ymmärsi"),
        widget=ReadLine,
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """The client is told before, not after."""
        data = super().clean()
        informed, given = data.get("informed_on"), data.get("given_on")
        if informed and given and informed > given:
            self.add_error("informed_on", _("Asiakkaalle kerrotaan ennen kuin hän päättää."))
        return data

    def giving(self) -> Giving:
        """How the client gave it."""
        data = self.cleaned_data
        return Giving(
            data["given_on"],
            data["form"],
            data["given_by"],
            data["mandate"],
            data["language"],
            Informing(
                data["informed_on"],
                data["informed_way"],
                data["informed_language"],
                data["informed_by"],
                data["leaflet"],
            ),
            Help(data["explained_by"], data["helped_by"], data["understanding"]),
        )

    @property
    def has_informing(self) -> bool:
        """Something of the informing is filled in or wrong: the reader must see it."""
        return self._any("informed_on", "informed_way", "informed_by", "leaflet")

    @property
    def has_help(self) -> bool:
        """Something of the help is filled in."""
        return self._any("explained_by", "helped_by", "understanding")

    def _any(self, *names: str) -> bool:
        return any(self[name].value() or self[name].errors for name in names)
