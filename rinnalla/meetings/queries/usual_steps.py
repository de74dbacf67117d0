"""The usual steps of services, from which a note's rows begin."""

from datetime import date

from django.db.models import Q

from rinnalla.services.models import CatalogueService, StepTemplate


def services_with_steps(day: date) -> list[tuple[str, str]]:
    """Codes and names of the catalogue's services on the day, by name."""
    there = Q(ends=None) | Q(ends__gte=day)
    rows = CatalogueService.objects.filter(there, begins__lte=day, steps__isnull=False).distinct()
    return sorted(((row.code, str(row)) for row in rows), key=lambda one: one[1].casefold())


def steps_of(code: str) -> list[StepTemplate]:
    """The steps of the service, in their order; none of an unknown one."""
    return list(StepTemplate.objects.filter(service__code=code))
