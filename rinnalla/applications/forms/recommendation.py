"""The referrer's answers to a recommendation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from rinnalla.applications.models import Telling
from rinnalla.ui.fields import DayField
from rinnalla.ui.forms import ReadForm


class DeclineForm(ReadForm):
    """Why the recommendation cannot be taken on."""

    reason = forms.CharField(
        label=_("Miksi suositusta ei voi viedä eteenpäin"),
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": _("Kerro, miksi et voi viedä suositusta eteenpäin.")},
    )


class TellForm(ReadForm):
    """When and how the client was told."""

    how = forms.ChoiceField(
        label=_("Miten kerroit"),
        choices=Telling.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Valitse, miten kerroit.")},
    )
    told_on = DayField(label=_("Minä päivänä kerroit"))
    note_text = forms.CharField(
        label=_("Mitä asiakas sanoi"), required=False, max_length=4000, widget=forms.Textarea
    )


class EndForm(ReadForm):
    """What came of the matter."""

    what_came = forms.CharField(
        label=_("Mitä asiasta seurasi"),
        help_text=_("Esimerkiksi: AKSE alkoi, työkokeilu sovittiin, asiakas ei halunnut jatkaa."),
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": _("Kerro, mitä asiasta seurasi.")},
    )
