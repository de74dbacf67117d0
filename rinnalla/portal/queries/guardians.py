"""Who acts for a client, as the reader may see it."""

from uuid import UUID

from rinnalla.access.models import Mandate


def mandates_about(client: UUID) -> list[Mandate]:
    """The mandates that have not been ended; those whose days are over stay told until then."""
    rows = Mandate.objects.filter(client=client, ended_at=None)
    return list(rows.order_by("recorded_at"))
