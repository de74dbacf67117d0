"""How a form meets an act."""

from collections.abc import Callable

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

from rinnalla.lib.errors import RuleBroken


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Runs the act; a broken rule becomes a sentence on the form, and nothing stays half done."""
    try:
        with transaction.atomic():
            act()
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, also when nothing was filled in; None when it is only shown."""
    return request.POST if request.method == "POST" else None
