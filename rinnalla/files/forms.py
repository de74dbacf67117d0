"""A file and nothing else."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.files.operations import FileRefused
from rinnalla.files.sniffing import ENDINGS, Upload
from rinnalla.files.uploading import taken


class AttachForm(forms.Form):
    """The file that is to be attached."""

    file = forms.FileField(
        label=gettext_lazy("Tiedosto"),
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        error_messages={"required": gettext_lazy("Valitse tiedosto.")},
    )

    def __init__(self, *args: Any, limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "PDF, PNG tai JPEG, enintään %(limit)d megatavua."
            " Kuvasta poistetaan tieto siitä, missä se on otettu."
        ) % {"limit": limit}

    def upload(self) -> Upload:
        """What came."""
        return taken(self.cleaned_data["file"])


def attempt_file(form: AttachForm, act: Callable[[], object]) -> bool:
    """Runs the act; why a file is refused stands beside its field, and nothing is kept."""
    try:
        with transaction.atomic():
            act()
    except FileRefused as refusal:
        form.add_error("file", str(refusal))
        return False
    return True
