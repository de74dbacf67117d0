"""What is written of a consultation about somebody who is not named."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rinnalla.applications.forms.drafts import TeamField
from rinnalla.applications.operations.anonymous import TEXTS, Asked
from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Team, TeamSession
from rinnalla.ui import dates
from rinnalla.ui.forms import ReadForm

WITHOUT_NAMES = _("Älä kirjoita nimiä, tarkkoja päiviä, osoitteita tai työpaikkoja.")
TEAM = (_("Tiimin koollekutsuja"), _("Tiimin jäsenet, kun kysymys on esityslistalla"))


class AskedForm(ReadForm):
    """To which team, and what; a draft may lack anything but the team."""

    said = TEAM

    team = TeamField(
        Team.objects.order_by("kind", *alphabetical("name")),
        label=_("Mille tiimille"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Valitse tiimi.")},
    )
    question = forms.CharField(
        label=_("Kysymys tiimille"),
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": _("Kirjoita kysymys.")},
    )
    situation = forms.CharField(
        label=_("Tilanne ilman nimeä"),
        help_text=WITHOUT_NAMES,
        max_length=20_000,
        widget=forms.Textarea,
        error_messages={"required": _("Kuvaa tilanne.")},
    )
    tried = forms.CharField(
        label=_("Mitä on jo kokeiltu"), max_length=20_000, widget=forms.Textarea, required=False
    )
    wish = forms.CharField(
        label=_("Asiakkaan oma toive"), max_length=20_000, widget=forms.Textarea, required=False
    )

    def asked(self) -> Asked:
        """What was written, as the act takes it."""
        given = self.cleaned_data
        return Asked(given["team"], {name: given[name] for name in TEXTS})


class PersonForm(forms.Form):
    """Of whom it is: found by the whole code or number, and seen by the referrer alone."""

    typed = forms.CharField(
        label=_("Henkilötunnus tai asiakasnumero"),
        help_text=_("Vain sinä näet, kenestä on kyse. Tiimi ei näe sitä."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Kirjoita henkilötunnus tai asiakasnumero.")},
    )


class SessionForm(forms.Form):
    """Onto which session's agenda."""

    session = forms.ChoiceField(
        label=_("Kokous"),
        error_messages={
            "required": _("Valitse kokous."),
            "invalid_choice": _("Kokous on jo mennyt. Valitse toinen."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, sessions: list[TeamSession]) -> None:
        super().__init__(data, auto_id="id_place_%s")
        self.sessions = {str(session.pk): session for session in sessions}
        field: Any = self.fields["session"]
        field.choices = [
            (key, dates.day_and_time(session.starts_at)) for key, session in self.sessions.items()
        ]

    def clean_session(self) -> TeamSession:
        """The session itself."""
        return self.sessions[self.cleaned_data["session"]]


class WordsForm(ReadForm):
    """A view, or the team's answer."""

    text = forms.CharField(
        help_text=WITHOUT_NAMES,
        max_length=20_000,
        widget=forms.Textarea,
        error_messages={"required": _("Kirjoita teksti.")},
    )

    def __init__(
        self, data: QueryDict | None = None, *, label: str, text: str = "", key: UUID | str = ""
    ) -> None:
        super().__init__(data, initial={"text": text}, auto_id=f"id_{key}_%s")
        self.fields["text"].label = label
        self.said = (*TEAM, *([_("Kysymyksen lähettäjä")] if key == "answer" else []))
