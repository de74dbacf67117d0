"""A file and nothing else."""

from collections.abc import Callable

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy

from rinnalla.files.operations import FileRefused
from rinnalla.files.sniffing import ENDINGS, Upload
from rinnalla.files.uploading import taken


class AttachForm(forms.Form):
    """The file that is to be attached."""

    file = forms.FileField(
        label=gettext_lazy("Tiedosto"),
        help_text=gettext_lazy("PDF, PNG tai JPEG."),
        allow_empty_file=True,
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        error_messages={"required": gettext_lazy("Valitse tiedosto.")},
    )

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
