"""Choosing as whom one acts, and in the demonstration, who one is."""

from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rinnalla.home.access import demonstration_people, demonstration_person, own_memberships
from rinnalla.home.operations import choose_role as choose
from rinnalla.home.operations import enter_as
from rinnalla.home.people import lead_people


def choose_role(request: HttpRequest) -> HttpResponse:
    """A person with several memberships chooses as whom they act."""
    own = own_memberships(request)
    if request.method == "POST":
        choose(request, _key(request))
        return redirect("home")
    return render(request, "home/roles.html", {"memberships": own})


@login_not_required
def choose_person(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration, one click each."""
    if not settings.DEMONSTRATION:
        raise Http404
    if request.method == "POST":
        enter_as(request, demonstration_person(_key(request)))
        return redirect("home")
    people = demonstration_people()
    leads = lead_people(people)
    parts = groupby(people, key=lambda m: m.unit.organization)
    organizations = [(organization, list(rows)) for organization, rows in parts]
    return render(request, "home/people.html", {"leads": leads, "organizations": organizations})


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("membership", ""))
    except ValueError:
        raise Http404 from None
