"""What must be true of the clock before production starts."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.translation import gettext as _

from rinnalla.journal.clock import is_demonstration_clock


def refuse_demonstration_clock() -> None:
    """Raises when this is no demonstration, but the database's clock is one that can be moved."""
    if settings.DEMONSTRATION:
        return
    with connection.cursor() as cursor:
        if is_demonstration_clock(cursor):
            raise ImproperlyConfigured(
                _("Tietokannassa on esittelyn kello, jota voi siirtää: tuotanto ei käynnisty.")
            )
