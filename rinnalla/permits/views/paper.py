"""Paper forms: printed for a request, for a permit, or blank; signed ones attached."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.audience import Audience, Kind
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.access.recording import record_read
from rinnalla.clients.models import Client
from rinnalla.clients.queries import client_for
from rinnalla.files.forms import AttachForm, attempt_file
from rinnalla.files.uploading import limit_mib
from rinnalla.permits.access import permit_for, request_for
from rinnalla.permits.models import Permit
from rinnalla.permits.papers import Paper, blank_paper, permit_paper, request_paper
from rinnalla.permits.print_forms import PrintForm
from rinnalla.permits.printing import printed
from rinnalla.permits.queries import permit_line
from rinnalla.permits.scans import attach_scan, scans_of
from rinnalla.ui.forms import posted

KINDS = ["permits"]


def client_paper(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """A blank form with the client's name on it."""
    actor = acting(request)
    client = client_for(actor, client_id)
    form = _form(request, client, blank=True)
    if form.is_valid():
        return _pdf(actor, "client-paper", blank_paper(client, form.cleaned_data["laji"]), form)
    return _page(request, actor, client, ("client-paper", {"print_form": form}))


def request_paper_page(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The form of a permit that is to be asked."""
    actor = acting(request)
    asked = request_for(actor, request_id)
    form = _form(request, asked.client)
    if form.is_valid():
        return _pdf(actor, "request-paper", request_paper(asked), form)
    return _page(request, actor, asked.client, ("request-paper", {"print_form": form}))


def permit_paper_page(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    """The form of a recorded permit, and the signed ones that are attached to it."""
    actor = acting(request)
    permit = permit_for(actor, permit_id)
    form = _form(request, permit.client)
    if form.is_valid():
        return _pdf(actor, "permit-paper", permit_paper(permit, actor.today), form)
    return _permit_page(request, actor, permit, AttachForm(limit=limit_mib(actor)), form)


def attach_scan_page(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    """Attaches the signed form; why a file is refused stands at its field."""
    actor = acting(request)
    permit = permit_for(actor, permit_id)
    form = AttachForm(posted(request), request.FILES or None, limit=limit_mib(actor))
    if form.is_valid() and attempt_file(form, lambda: attach_scan(permit, form.upload(), by=actor)):
        messages.success(request, _("Allekirjoitettu lomake on liitetty."))
        return redirect("permit-paper", permit_id=permit.public_id)
    return _permit_page(request, actor, permit, form, _form(request, permit.client))


def _permit_page(
    request: HttpRequest, actor: Actor, permit: Permit, form: AttachForm, print_form: PrintForm
) -> HttpResponse:
    context = {
        "print_form": print_form,
        "permit": permit,
        "line": permit_line(permit, actor.today),
        "scans": scans_of(permit, actor),
        "form": form,
    }
    return _page(request, actor, permit.client, ("permit-paper", context))


def _form(request: HttpRequest, client: Client, *, blank: bool = False) -> PrintForm:
    """Filled in by the address; otherwise the client's own language is proposed."""
    spoken = client.contact_language
    initial = {"kieli": spoken if spoken in ("fi", "sv", "en") else "fi"}
    return PrintForm(request.GET if "kieli" in request.GET else None, initial=initial, blank=blank)


def _pdf(actor: Actor, page: str, paper: Paper, form: PrintForm) -> HttpResponse:
    record_read(page, [paper.client.pk], KINDS)
    document = printed(
        paper,
        form.cleaned_data["kieli"],
        large=form.cleaned_data["iso"],
        at=actor.now,
        today=actor.today,
    )
    answer = HttpResponse(document, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"{_file_name(paper)}.pdf")
    return answer


def _file_name(paper: Paper) -> str:
    """The kind and the number, not the name, which would lie about in a folder of downloads."""
    return f"{paper.title.lower()}-{paper.client.number or ''}".rstrip("-").replace(" ", "-")


def _page(
    request: HttpRequest, actor: Actor, client: Client, page: tuple[str, dict[str, object]]
) -> HttpResponse:
    name, more = page
    context = {
        "identity": read_bar(actor, client, name, KINDS),
        "tabs": client_tabs(client, "client-permits"),
        "client": client,
        "readers": Audience(actor, client, Kind.PERMIT),
        **more,
    }
    return render(request, "permits/paper.html", context)
