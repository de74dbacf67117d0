"""What is typed at a case: a view, an addition to one's own column."""

from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from rinnalla.applications.models import ColumnEntry
from rinnalla.applications.queries.writings import Writing
from rinnalla.ui.fields import ReadLine
from rinnalla.ui.forms import ReadForm


class ViewForm(ReadForm):
    """A member's view; `version` is the one that was edited, `window` the page on which it is."""

    text = forms.CharField(
        label=gettext_lazy("Näkemyksesi"),
        help_text=gettext_lazy(
            "Tallentuu itsestään. Sen näkevät ne, joilla on lupa yksikkösi tietoihin."
        ),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": gettext_lazy("Kirjoita näkemyksesi.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    window = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        seat_id: UUID,
        view: Writing | None = None,
        window: str = "",
    ) -> None:
        initial = {
            "text": view.text if view else "",
            "version": view.version if view else 0,
            "window": window,
        }
        super().__init__(data, initial=initial, auto_id=f"id_{seat_id}_%s")
        self.fields["text"].required = str(self["version"].value()) == "0"


class EntryForm(ReadForm):
    """An addition to a row of one's own column."""

    row = forms.ChoiceField(label=gettext_lazy("Rivi"), choices=ColumnEntry.Row.choices)
    text = forms.CharField(
        label=gettext_lazy("Mitä oma järjestelmäsi kertoo"),
        widget=ReadLine,
        max_length=1000,
        error_messages={"required": gettext_lazy("Kirjoita, mitä lisätään.")},
    )

    def __init__(self, data: QueryDict | None = None, *, seat_id: UUID) -> None:
        super().__init__(data, auto_id=f"id_{seat_id}_entry_%s")
