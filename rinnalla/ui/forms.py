"""How a form meets an act."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.forms import BaseForm, Form
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from rinnalla.lib.errors import RuleBroken
from rinnalla.ui.readers import Readers, Told


class ReadForm(Form):
    """A form whose texts others will read.

    The page gives it `readers` before it is drawn, or they are `said` in words, always the same.
    """

    readers: Readers | None = None
    said: Sequence[str | Promise] = ()

    def who_reads(self) -> Readers | None:
        """Whom the fields name; nobody knows when neither the page nor the form says."""
        if self.readers is None and self.said:
            return Told([str(role) for role in self.said])
        return self.readers


def attempt(form: BaseForm, act: Callable[[], object], field: str | None = None) -> bool:
    """Runs the act; a broken rule becomes a sentence on the form, at the field that it is about,
    and nothing stays half done."""
    try:
        with transaction.atomic():
            act()
    except RuleBroken as refusal:
        form.add_error(field, str(refusal))
        return False
    return True


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, also when nothing was filled in; None when it is only shown."""
    return request.POST if request.method == "POST" else None
