"""Calling a meeting together, with those proposed whom a consultation has heard."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from rinnalla.home.situation import heard_of
from rinnalla.meetings.views import arranging


def arrange(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The own team and the workers are proposed first, then whoever gave a view on paper."""
    return arranging.arrange(request, case_id, heard_of(case_id))
