"""What the convener types in the inbox."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.applications.models import Application
from rinnalla.applications.queries.inbox import Opened, other_teams
from rinnalla.organizations.models import Team, TeamSession
from rinnalla.ui import dates
from rinnalla.ui.forms import ReadForm


class PlaceForm(forms.Form):
    """Onto which session's agenda; the next one is chosen already."""

    session = forms.ChoiceField(
        label=gettext_lazy("Kokous"),
        error_messages={
            "required": gettext_lazy("Valitse kokous."),
            "invalid_choice": gettext_lazy("Kokous on jo mennyt. Valitse toinen."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, opened: Opened) -> None:
        super().__init__(data, auto_id="id_place_%s")
        self.sessions = {str(session.pk): session for session in opened.sessions}
        field = self.fields["session"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, dates.day_and_time(session.starts_at)) for key, session in self.sessions.items()
        ]
        field.initial = next(iter(self.sessions), None)

    def clean_session(self) -> TeamSession:
        """The session itself."""
        return self.sessions[self.cleaned_data["session"]]


class AskForm(ReadForm):
    """A question to the referrer."""

    question = forms.CharField(
        label=gettext_lazy("Kysymys lähettäjälle"),
        help_text=gettext_lazy("Kello seisoo, kunnes lähettäjä vastaa."),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": gettext_lazy("Kirjoita, mitä haluat tietää.")},
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="id_ask_%s")


class TeamChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A team by its name and who convenes it."""

    def label_from_instance(self, obj: Team) -> str:
        convener = obj.convener.user.get_full_name()
        return _("%(team)s (%(convener)s)") % {"team": obj.name, "convener": convener}


class ForwardForm(ReadForm):
    """To which team, and why."""

    team = TeamChoice(
        Team.objects.none(),
        label=gettext_lazy("Tiimi, jolle hakemus siirtyy"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Valitse tiimi.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Miksi siirrät"),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": gettext_lazy("Kerro, miksi hakemus siirtyy.")},
    )

    def __init__(self, data: QueryDict | None = None, *, application: Application) -> None:
        super().__init__(data)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = other_teams(application)
