"""How a form meets an act."""

from collections.abc import Callable

from django.db import transaction
from django.forms import BaseForm

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
