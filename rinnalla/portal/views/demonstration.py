"""In the demonstration, one is a client by a click."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rinnalla.portal.operations.signing import enter_as_client
from rinnalla.portal.queries.people import demonstration_clients


@login_not_required
def enter(request: HttpRequest) -> HttpResponse:
    """The clients of the demonstration, one click each."""
    if not settings.DEMONSTRATION:
        raise Http404
    if request.method == "POST":
        enter_as_client(request, _key(request))
        return redirect("portal-seats")
    return render(request, "portal/people.html", {"people": demonstration_clients()})


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("client", ""))
    except ValueError:
        raise Http404 from None
