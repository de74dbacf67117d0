"""The memberships among which a person chooses."""

from uuid import UUID

from django.http import Http404
from django.http.request import HttpRequest

from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Membership


def own_memberships(request: HttpRequest) -> list[Membership]:
    """The signed-in person's open memberships, unit by unit."""
    return list(
        Membership.objects.filter(user=request.user.pk, is_open=True)
        .select_related("unit__organization")
        .order_by(*alphabetical("unit__name"), "role")
    )


def demonstration_person(membership: UUID) -> Membership:
    """An open membership by its key, else 404."""
    found = (
        Membership.objects.filter(pk=membership, is_open=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    if found is None:
        raise Http404
    return found


def demonstration_people() -> list[Membership]:
    """Everybody one can sign in as, by organization and unit."""
    return list(
        Membership.objects.filter(is_open=True, user__is_active=True)
        .select_related("user", "unit__organization")
        .order_by(
            *alphabetical("unit__organization__name", "unit__name"),
            *alphabetical("user__last_name", "user__first_name"),
        )
    )
