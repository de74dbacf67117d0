"""In which language and size a paper form is printed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from rinnalla.permits.models import Permit
from rinnalla.permits.papers import DENIAL
from rinnalla.permits.printing import PLAIN

LANGUAGES = [
    ("fi", gettext_lazy("suomi")),
    (PLAIN, gettext_lazy("selkosuomi")),
    ("sv", gettext_lazy("ruotsi")),
    ("en", gettext_lazy("englanti")),
]
KINDS = [
    (Permit.Kind.DISCLOSURE_PERMIT.value, gettext_lazy("Luovutuslupa hyvinvointialueen sisällä")),
    (Permit.Kind.CONSENT.value, gettext_lazy("Suostumus toiselle organisaatiolle")),
    (DENIAL, gettext_lazy("Kielto")),
]


class PrintForm(forms.Form):
    """Language and size; the kind, too, when the form is blank."""

    laji = forms.ChoiceField(
        label=gettext_lazy("Mikä lomake"), choices=KINDS, widget=forms.RadioSelect
    )
    kieli = forms.ChoiceField(
        label=gettext_lazy("Lomakkeen kieli"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    iso = forms.BooleanField(label=gettext_lazy("Suuri teksti"), required=False)

    def __init__(self, *args: Any, blank: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not blank:
            del self.fields["laji"]
