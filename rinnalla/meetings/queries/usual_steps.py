"""The usual steps of services, from which a note's rows begin."""

from collections import Counter
from datetime import date

from django.db.models import Q

from rinnalla.services.models import CatalogueService, StepTemplate


def services_with_steps(day: date) -> list[tuple[str, str]]:
    """Codes and names of the catalogue's services on the day, by name; services of one name are
    told apart by who decides on them."""
    there = Q(ends=None) | Q(ends__gte=day)
    rows = CatalogueService.objects.filter(there, begins__lte=day, steps__isnull=False).distinct()
    found = list(rows.select_related("decided_by"))
    times = Counter(map(str, found))
    named = [
        (row.code, f"{row}, {row.decided_by.name}" if times[str(row)] > 1 else str(row))
        for row in found
    ]
    return sorted(named, key=lambda one: one[1].casefold())


def steps_of(code: str) -> list[StepTemplate]:
    """The steps of the service, in their order; none of an unknown one."""
    return list(StepTemplate.objects.filter(service__code=code))
