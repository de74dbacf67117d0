"""An attachment: handed out as a file, removed, brought back."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rinnalla.access.acting import acting
from rinnalla.access.bar import read_bar
from rinnalla.access.recording import record_read
from rinnalla.files import operations
from rinnalla.files.access import attachment_for, own_attachment
from rinnalla.files.models import Attachment
from rinnalla.files.queries import content_of
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.frame import Confirmation

KINDS = ["files"]
# Whatever a reader does with it, it runs nothing and asks nobody.
CLOSED = "default-src 'none'; sandbox"


@require_GET
def attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """The file, always to be saved, never opened as a page of ours."""
    found = attachment_for(acting(request), attachment_id)
    if found.removed_at:
        raise Http404
    record_read("attachment", [found.client_id], KINDS, subject=("attachment", found.pk))
    answer = HttpResponse(content_of(found), content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["Content-Security-Policy"] = CLOSED
    return answer


def remove_attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """Shows what is taken from sight, then takes it."""
    actor = acting(request)
    found = own_attachment(actor, attachment_id)
    form = Form(posted(request))
    if form.is_valid() and attempt(form, lambda: operations.remove_attachment(found, by=actor)):
        messages.success(request, _("Liite on poistettu. Voit palauttaa sen luettelosta."))
        return redirect(_way_back(request, found))
    context = {
        "identity": read_bar(
            actor, found.client, "remove-attachment", KINDS, subject=("attachment", found.pk)
        ),
        "form": form if form.errors else None,
        "confirm": _confirmation(request, found),
    }
    return render(request, "files/confirm.html", context)


@require_POST
def restore_attachment(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """Brings back what was removed."""
    actor = acting(request)
    found = own_attachment(actor, attachment_id)
    operations.restore_attachment(found, by=actor)
    messages.success(request, _("Liite on palautettu."))
    return redirect(_way_back(request, found))


def _confirmation(request: HttpRequest, found: Attachment) -> Confirmation:
    return Confirmation(
        title=_("Poista liite"),
        effects=[
            _("Liitettä %(name)s ei enää näytetä eikä voi avata.") % {"name": found.name},
            _("Se säilyy tietokannassa. Voit palauttaa sen."),
        ],
        act=_("Poista liite"),
        back_url=_way_back(request, found),
    )


def _way_back(request: HttpRequest, found: Attachment) -> str:
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return reverse("client", args=[found.client.public_id])
