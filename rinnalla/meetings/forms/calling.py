"""Calling together, answering, calling the client."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.cases.queries.people import Person
from rinnalla.meetings.forms.slots import SlotForm, more_slots
from rinnalla.meetings.models import Answer, InvitingCall, Meeting
from rinnalla.meetings.operations.answering import Reply, Talk
from rinnalla.meetings.operations.arranging import Calling, Guest, Slot, Telling
from rinnalla.ui.fields import DayField, ReadLine
from rinnalla.ui.forms import ReadForm

Way = Meeting.Way
# Invited by nobody is not a way to invite.
INVITING = [(way.value, way.label) for way in Way if way is not Way.NONE]
REMINDING = [(way.value, way.label) for way in Way]
WHEN = [
    ("day", gettext_lazy("edellisenä päivänä klo 10")),
    ("hour", gettext_lazy("tuntia ennen")),
]


def _set_people(field: forms.Field, people: Sequence[Person], nobody: str) -> None:
    choices = [("", nobody), *((str(one.key), one.label) for one in people)]
    field.choices = choices  # type: ignore[attr-defined]


class MeetingForm(SlotForm):
    """What for, when and where, with whom, and how the client is told."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Millainen tapaaminen"),
        choices=Meeting.Kind.choices,
        widget=forms.RadioSelect,
        initial=Meeting.Kind.NETWORK,
    )
    purpose = forms.CharField(
        label=gettext_lazy("Miksi tavataan"),
        help_text=gettext_lazy("Kirjoita niin, että asiakas ymmärtää. Kaikki kutsutut näkevät."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": gettext_lazy("Kirjoita, miksi tavataan.")},
    )
    questions = forms.CharField(
        label=gettext_lazy("Mihin haetaan vastausta"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    more_times = forms.CharField(
        label=gettext_lazy("Muut mahdolliset ajat"),
        help_text=gettext_lazy(
            "Yksi riville, esimerkiksi 12.11.2026 klo 9.00. Kutsutut vastaavat, mikä sopii."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Ketkä kutsutaan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other = forms.ChoiceField(label=gettext_lazy("Joku muu työntekijä"), required=False)
    guest = forms.CharField(
        label=gettext_lazy("Asiakkaan oma kutsuttu"),
        help_text=gettext_lazy("Esimerkiksi läheinen, terapeutti tai kokemusasiantuntija."),
        required=False,
        max_length=200,
        widget=ReadLine,
    )
    guest_role = forms.CharField(
        label=gettext_lazy("Kuka hän on asiakkaalle"),
        required=False,
        max_length=200,
        widget=ReadLine,
    )
    guest_email = forms.EmailField(label=gettext_lazy("Hänen sähköpostinsa"), required=False)
    interpreter = forms.CharField(
        label=gettext_lazy("Tulkki, mille kielelle"),
        required=False,
        max_length=100,
        widget=ReadLine,
    )
    needs_break = forms.BooleanField(label=gettext_lazy("Tauko kesken"), required=False)
    needs_quiet = forms.BooleanField(label=gettext_lazy("Rauhallinen huone"), required=False)
    place_may_be_told = forms.BooleanField(
        label=gettext_lazy("Asiakas antaa kertoa paikan kutsuttujen kalentereihin"), required=False
    )
    invite_by = forms.ChoiceField(
        label=gettext_lazy("Miten asiakas kutsutaan"),
        choices=INVITING,
        widget=forms.RadioSelect,
        initial=Way.CALL,
    )
    remind_by = forms.ChoiceField(
        label=gettext_lazy("Miten asiakasta muistutetaan"),
        choices=REMINDING,
        widget=forms.RadioSelect,
        initial=Way.CALL,
    )
    remind_when = forms.MultipleChoiceField(
        label=gettext_lazy("Milloin muistutetaan"),
        choices=WHEN,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=["day"],
    )

    def __init__(
        self,
        *args: Any,
        proposed: Sequence[tuple[str, str]],
        people: Sequence[Person],
        ways: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(proposed)  # type: ignore[attr-defined]
        _set_people(self.fields["other"], people, _("Ei muita"))
        if not proposed:
            del self.fields["people"]
        for name in ("invite_by", "remind_by"):
            field = self.fields[name]
            field.choices = [one for one in field.choices if one[0] in ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A guest has a name; each of the other times can be."""
        data = super().clean() or {}
        if (data.get("guest_role") or data.get("guest_email")) and not data.get("guest"):
            self.add_error("guest", _("Kirjoita kutsutun nimi."))
        self.slots: list[Slot] = []
        if self.slot:
            try:
                more = more_slots(data.get("more_times", ""), self.slot, self.now)
            except ValidationError as refusal:
                self.add_error("more_times", refusal)
                return data
            self.slots = sorted([self.slot, *more], key=lambda slot: slot.starts)
        return data

    @property
    def calling(self) -> Calling:
        """What is called together, of a form that is valid."""
        data = self.cleaned_data
        keys = [*data.get("people", ()), data["other"]]
        members = [UUID(key) for key in keys if key]
        return Calling(
            purpose=data["purpose"],
            slots=self.slots,
            kind=data["kind"],
            questions=data["questions"],
            members=list(dict.fromkeys(members)),
            guests=[Guest(data["guest"], data["guest_role"], data["guest_email"])]
            if data["guest"]
            else [],
            interpreter=data["interpreter"],
            needs_break=data["needs_break"],
            needs_quiet=data["needs_quiet"],
            place_may_be_told=data["place_may_be_told"],
            telling=Telling(data["invite_by"], data["remind_by"], *_when(data)),
        )


def _when(data: dict[str, Any]) -> tuple[bool, bool]:
    return "day" in data["remind_when"], "hour" in data["remind_when"]


class MoveForm(SlotForm):
    """Another time, or the one that is chosen of the suggested."""


class CancelForm(ReadForm):
    """Why a meeting is cancelled."""

    reason = forms.CharField(
        label=gettext_lazy("Miksi tapaaminen perutaan"),
        help_text=gettext_lazy("Kutsutut näkevät tämän tapaamisen sivulla. Viestissä sitä ei ole."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": gettext_lazy("Kirjoita, miksi tapaaminen perutaan.")},
    )


class InviteForm(ReadForm):
    """One more: a professional, or a guest of the client's own."""

    member = forms.ChoiceField(label=gettext_lazy("Työntekijä"), required=False)
    person = forms.CharField(
        label=gettext_lazy("Tai asiakkaan oma kutsuttu"),
        required=False,
        max_length=200,
        widget=ReadLine,
    )
    role = forms.CharField(
        label=gettext_lazy("Kuka hän on asiakkaalle"),
        required=False,
        max_length=200,
        widget=ReadLine,
    )
    email = forms.EmailField(label=gettext_lazy("Hänen sähköpostinsa"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set_people(self.fields["member"], people, _("Ei työntekijä"))

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two."""
        data = super().clean() or {}
        member, person = data.get("member"), data.get("person")
        if not member and not person:
            self.add_error("member", _("Valitse työntekijä tai kirjoita kutsutun nimi."))
        if member and person:
            self.add_error("person", _("Valitse joko työntekijä tai kirjoita nimi, ei molempia."))
        return data

    @property
    def guest(self) -> Guest | None:
        data = self.cleaned_data
        return Guest(data["person"], data["role"], data["email"]) if data["person"] else None


class ReplyForm(ReadForm):
    """Whether the time suits, with a reason if somebody wants to give one."""

    says = forms.ChoiceField(
        label=gettext_lazy("Pääseekö"),
        choices=Answer.Says.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse vastaus.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Mitä haluat sanoa"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def reply(self) -> Reply:
        return Reply(self.cleaned_data["says"], self.cleaned_data["words"])


class CallForm(ReadForm):
    """How a call to the client ended, and when to call again."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Miten puhelu päättyi"),
        choices=InvitingCall.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Valitse, miten puhelu päättyi.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Mistä puhuitte"),
        help_text=gettext_lazy("Esimerkiksi mitä asiakas odottaa tapaamiselta ja kenet hän tuo."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    call_again_on = DayField(
        label=gettext_lazy("Milloin soitat uudelleen, jos ei vastannut"), required=False
    )

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        outcome: Any = self.fields["outcome"]
        # Of what is cancelled the client hears; of the rest the client says something.
        told = {InvitingCall.Outcome.TOLD, InvitingCall.Outcome.UNANSWERED}
        is_told = purpose == InvitingCall.Purpose.CANCEL
        left_out = InvitingCall.Outcome.TOLD
        outcome.choices = [
            one for one in outcome.choices if (one[0] in told if is_told else one[0] != left_out)
        ]

    def clean(self) -> dict[str, Any]:
        """Who did not answer is called again on a day."""
        data = super().clean() or {}
        unanswered = data.get("outcome") == InvitingCall.Outcome.UNANSWERED
        if unanswered and "call_again_on" in data and not data["call_again_on"]:
            self.add_error("call_again_on", _("Kirjoita päivä, jona soitat uudelleen."))
        return data

    @property
    def talk(self) -> Talk:
        return Talk(self.purpose, **self.cleaned_data)


class RemindForm(forms.Form):
    """How and when the client is reminded."""

    remind_by = forms.ChoiceField(
        label=gettext_lazy("Miten asiakasta muistutetaan"),
        choices=REMINDING,
        widget=forms.RadioSelect,
    )
    remind_when = forms.MultipleChoiceField(
        label=gettext_lazy("Milloin muistutetaan"),
        choices=WHEN,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, ways: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["remind_by"]
        field.choices = [one for one in field.choices if one[0] in ways]  # type: ignore[attr-defined]

    @property
    def wished(self) -> Telling:
        data = self.cleaned_data
        day, hour = _when(data)
        return Telling(remind_by=data["remind_by"], day_before=day, hour_before=hour)
