"""Finding a client, and entering one whom the master does not know."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.clients.operations import Person
from rinnalla.lib.hetu import HetuInvalid, birth_date, parse
from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Municipality
from rinnalla.ui.fields import DayField

PLAIN = {"autocomplete": "off"}


class FindForm(forms.Form):
    """One box for a whole identity code or a whole client number."""

    q = forms.CharField(
        label=gettext_lazy("Henkilötunnus tai asiakasnumero"),
        help_text=gettext_lazy("Kirjoita koko tunnus, esimerkiksi 131052-308T tai A100001."),
        max_length=100,
        error_messages={"required": gettext_lazy("Kirjoita henkilötunnus tai asiakasnumero.")},
        widget=forms.TextInput(attrs={**PLAIN, "size": 20}),
    )


class ClientForm(forms.Form):
    """A new client; the birth date comes from the identity code when there is one."""

    family_name = forms.CharField(
        label=gettext_lazy("Sukunimi"), max_length=200, widget=forms.TextInput(attrs=PLAIN)
    )
    given_names = forms.CharField(
        label=gettext_lazy("Etunimet"), max_length=200, widget=forms.TextInput(attrs=PLAIN)
    )
    hetu = forms.CharField(
        label=gettext_lazy("Henkilötunnus"),
        required=False,
        max_length=11,
        widget=forms.TextInput(attrs={**PLAIN, "size": 12}),
    )
    birth_date = DayField(
        label=gettext_lazy("Syntymäaika"),
        required=False,
        help_text=gettext_lazy("Kirjoita, jos henkilötunnusta ei ole."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Asiointikieli"),
        choices=[
            ("fi", gettext_lazy("suomi")),
            ("sv", gettext_lazy("ruotsi")),
            ("en", gettext_lazy("englanti")),
            ("se", gettext_lazy("pohjoissaame")),
        ],
    )
    needs_interpreter = forms.BooleanField(
        label=gettext_lazy("Asiakas tarvitsee tulkin"), required=False
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by(*alphabetical("name")),
        label=gettext_lazy("Kotikunta"),
        required=False,
        empty_label=gettext_lazy("ei tiedossa"),
        help_text=gettext_lazy("Jätä tyhjäksi, jos asiakkaalla on turvakielto."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Puhelin"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={**PLAIN, "inputmode": "tel"}),
    )
    way = forms.CharField(
        label=gettext_lazy("Mieluisin yhteydenottotapa"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Esimerkiksi tekstiviesti, puhelu aamulla."),
        widget=forms.TextInput(attrs=PLAIN),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = self.fields["municipality"]
        names.label_from_instance = lambda place: place.name  # type: ignore[attr-defined]

    def clean_hetu(self) -> str:
        typed = str(self.cleaned_data["hetu"])
        if not typed:
            return ""
        try:
            return parse(typed)
        except HetuInvalid:
            raise ValidationError(_("Tarkista henkilötunnus: siinä on kirjoitusvirhe.")) from None

    def clean(self) -> dict[str, Any]:
        """The birth date is told once: by the code, or by itself, and the two must agree."""
        data = super().clean() or {}
        hetu, born = data.get("hetu"), data.get("birth_date")
        if hetu and born and birth_date(hetu) != born:
            self.add_error("birth_date", _("Syntymäaika ei ole sama kuin henkilötunnuksessa."))
        elif hetu:
            data["birth_date"] = birth_date(hetu)
        elif not born and not {"hetu", "birth_date"} & set(self.errors):
            self.add_error("birth_date", _("Kirjoita henkilötunnus tai syntymäaika."))
        return data

    def person(self) -> Person:
        """What was typed, as the act takes it."""
        return Person(**self.cleaned_data)
