"""What people tell of the program."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rinnalla.ui.forms import ReadForm


class FeedbackForm(ReadForm):
    said = (_("Ne, jotka ylläpitävät Rinnallaa"),)
    text = forms.CharField(
        label=_("Mikä ei toiminut, tai mitä toivot?"),
        help_text=_("Älä kirjoita asiakkaan tietoja."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    contact = forms.EmailField(
        label=_("Sähköpostiosoite, jos haluat vastauksen"),
        help_text=_("Vastaamme 14 päivän kuluessa."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
