"""In the meeting and after it: what was said, what was agreed, why it was missed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.meetings.forms.slots import SlotForm
from rinnalla.meetings.models import MeetingNote
from rinnalla.meetings.operations.holding import Deal, Minutes
from rinnalla.services.models import StepTemplate
from rinnalla.ui.fields import DayField, ReadLine
from rinnalla.ui.forms import ReadForm

CLIENT = "client"
GUEST = "guest:"


class NoteForm(ReadForm):
    """Who was away, the client's view first, what was talked about, and the outcome."""

    absent = forms.MultipleChoiceField(
        label=gettext_lazy("Kuka oli poissa"),
        help_text=gettext_lazy("Muut kutsutut kirjataan paikalla olleiksi."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    client_view = forms.CharField(
        label=gettext_lazy("Asiakkaan oma näkemys"),
        help_text=gettext_lazy("Ensin se, mitä asiakas itse sanoi."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Kirjoita, mitä asiakas itse sanoi.")},
    )
    discussion = forms.CharField(
        label=gettext_lazy("Mistä puhuttiin"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=8000,
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Mihin tultiin"),
        choices=MeetingNote.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse, mihin tultiin.")},
    )
    outcome_words = forms.CharField(
        label=gettext_lazy("Mitä se tarkoittaa"),
        required=False,
        max_length=1000,
        widget=ReadLine,
    )
    next_check = DayField(
        label=gettext_lazy("Milloin tilanne tarkistetaan"),
        error_messages={"required": gettext_lazy("Kirjoita päivä, jona tilanne tarkistetaan.")},
    )

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["absent"].choices = list(people)  # type: ignore[attr-defined]
        self.today = today

    def clean_next_check(self) -> date:
        """Today, or a day to come."""
        day: date = self.cleaned_data["next_check"]
        if day < self.today:
            raise forms.ValidationError(_("Valitse tämä päivä tai tuleva päivä."))
        return day

    @property
    def minutes(self) -> Minutes:
        data = self.cleaned_data
        return Minutes(
            data["client_view"],
            data["outcome"],
            data["next_check"],
            data["discussion"],
            data["outcome_words"],
        )

    @property
    def away(self) -> list[UUID]:
        return [UUID(key) for key in self.cleaned_data["absent"]]


class ServiceForm(forms.Form):
    """The service whose usual steps fill the rows."""

    service = forms.ChoiceField(label=gettext_lazy("Palvelun tavalliset vaiheet"), required=False)

    def __init__(self, *args: Any, services: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].choices = [("", _("Ei valmista palvelua")), *services]  # type: ignore[attr-defined]


class DealForm(ReadForm):
    """One agreed thing, in the professional's sentence and in the client's."""

    text = forms.CharField(
        label=gettext_lazy("Mitä sovittiin"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words = forms.CharField(
        label=gettext_lazy("Sama asiakkaalle selkeästi"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.ChoiceField(label=gettext_lazy("Kuka tekee"), required=False)
    due = DayField(label=gettext_lazy("Mihin mennessä"), required=False)

    def __init__(
        self,
        *args: Any,
        owners: Sequence[tuple[str, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]
        self.today = today

    def clean(self) -> dict[str, Any]:
        """A row that says something says all: nothing is agreed without an owner and a day."""
        data = super().clean() or {}
        if not any(data.get(name) for name in ("text", "words", "due")):
            return data
        missing = {
            "text": _("Kirjoita, mitä sovittiin."),
            "words": _("Kirjoita sama asiakkaalle selkeästi."),
            "owner": _("Valitse, kuka tekee."),
            "due": _("Kirjoita, mihin mennessä."),
        }
        for name, sentence in missing.items():
            if name not in self.errors and not data.get(name):
                self.add_error(name, sentence)
        if data.get("due") and data["due"] < self.today:
            self.add_error("due", _("Sovitun asian päivä ei voi olla menneisyydessä."))
        return data

    @property
    def deal(self) -> Deal | None:
        """What the row says; None of an empty one."""
        data = self.cleaned_data
        if not data.get("text"):
            return None
        owner = data["owner"]
        made = Deal(data["text"], data["words"], data["due"])
        if owner == CLIENT:
            return Deal(made.text, made.words, made.due, by_client=True)
        if owner.startswith(GUEST):
            return Deal(made.text, made.words, made.due, contact=owner.removeprefix(GUEST))
        return Deal(made.text, made.words, made.due, owner=UUID(owner))


Deals = forms.formset_factory(DealForm, extra=3, max_num=10, absolute_max=10)


class Rows(NamedTuple):
    """What a form of a note begins with: its own fields, and those of each row."""

    note: dict[str, Any]
    deals: list[dict[str, Any]]


class RecallForm(ReadForm):
    """Why a note is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Mikä muistiinpanossa on väärin"),
        help_text=gettext_lazy("Tämän näkee vain oma yksikkösi."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Kirjoita, mikä muistiinpanossa on väärin.")},
    )


class MissForm(SlotForm):
    """Why a meeting was missed, what is done about it, and a new time if there is one."""

    reason = forms.CharField(
        label=gettext_lazy("Miksi tapaaminen jäi väliin"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Kirjoita, miksi tapaaminen jäi väliin.")},
    )
    follow_up = forms.CharField(
        label=gettext_lazy("Mitä teet nyt"),
        required=False,
        max_length=1000,
        widget=ReadLine,
    )

    def __init__(self, *args: Any, anew: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["reason", "follow_up"])
        if not anew:
            for name in ("on", "starts", "ends", "place_kind", "place", "link"):
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Without a new time its place does not matter."""
        data = super().clean() or {}
        if not self.fields["on"].required:
            for name in ("place", "link"):
                self.errors.pop(name, None)
        return data


class QuestionForm(ReadForm):
    """The answer to what stayed unclear, in plain words."""

    words = forms.CharField(
        label=gettext_lazy("Vastaus asiakkaalle"),
        help_text=gettext_lazy("Kirjoita selkeästi ja lyhyesti. Asiakas näkee tämän sivullaan."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Kirjoita vastaus.")},
    )


class AskForm(ReadForm):
    """What stayed unclear to the client, in the client's own words."""

    words = forms.CharField(
        label=gettext_lazy("Asiakkaan omat sanat"),
        help_text=gettext_lazy("Kirjoita niin kuin asiakas sen sanoi."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Kirjoita, mitä asiakas kysyi.")},
    )


def filled(typed: QueryDict, steps: Sequence[StepTemplate], writer: str, today: date) -> Rows:
    """What was typed of a note, with the steps of a service in the rows after it: whoever refers
    or convenes is the writer, until somebody else is chosen."""
    note: dict[str, Any] = {name: typed.get(name) for name in NoteForm.base_fields}
    note["absent"] = typed.getlist("absent")
    names = ("text", "words", "owner", "due")
    typed_rows = [
        {name: typed.get(f"deal-{n}-{name}", "") for name in names} for n in range(Deals.max_num)
    ]
    rows = [row for row in typed_rows if row["text"] or row["words"]]
    for step in steps[: Deals.max_num - len(rows)]:
        client = step.owner == StepTemplate.Owner.CLIENT
        due = DayField().prepare_value(today + timedelta(days=step.days))
        who = CLIENT if client else writer
        texts = {"text": step.text, "words": step.client_words}
        rows.append(texts | {"owner": who, "due": due})
    return Rows(note, rows)
