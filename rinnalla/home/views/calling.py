"""Calling a meeting together, with those proposed whom a consultation has heard."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rinnalla.applications.models import View
from rinnalla.meetings.views import arranging


def arrange(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The own team and the workers are proposed first, then whoever gave a view on paper."""
    views = View.objects.filter(client__cases__public_id=case_id).order_by("saved_at", "pk")
    reason = _("antoi näkemyksen konsultaatiossa")
    heard = [(key, reason) for key in views.values_list("membership_id", flat=True)]
    return arranging.arrange(request, case_id, heard)
