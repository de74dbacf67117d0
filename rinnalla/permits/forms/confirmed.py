"""A form whose effect is shown before it is done: what is written is what was read."""

import hashlib

from django import forms


class ConfirmedForm(forms.Form):
    """Carries what was shown, so that another choice is shown anew."""

    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def chosen(self) -> str:
        """Whose data from whom, as one word: it changes when the choice does."""
        data = self.cleaned_data
        names = ("units", "organizations", "recipient_units")
        parts = [data[name] for name in names if name in data]
        words = "|".join(",".join(sorted(str(row.pk) for row in rows)) for rows in parts)
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def is_confirmed(self) -> bool:
        """The effect of just this choice has been shown."""
        return bool(self.cleaned_data["confirmed"] == self.chosen)
