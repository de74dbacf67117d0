"""The print queue, and in a demonstration what the stand-in was given."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rinnalla.access.acting import acting
from rinnalla.access.recording import record_read
from rinnalla.notifications import operations
from rinnalla.notifications.access import letter_for
from rinnalla.notifications.queries import letters_of, postal_lines, went_out
from rinnalla.ui.readers import Told


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Letters of one's own unit that wait to be printed, and those printed lately."""
    queue = letters_of(acting(request))
    if queue.clients:
        record_read("letters", {client.pk for client in queue.clients}, ["letters"])
    return render(request, "notifications/letters.html", {"queue": queue})


@require_safe
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter as it comes on paper."""
    found = letter_for(acting(request), letter_id)
    record_read("letter", [found.client_id], ["letters", "address"], ("message", found.pk))
    readers = Told((_("Asiakas, jolle kirje lähtee"), _("Yksikkösi, joka postittaa kirjeen")))
    context = {"letter": found, "receiver": postal_lines(found.client), "readers": readers}
    return render(request, "notifications/letter.html", context)


@require_POST
def mark_printed(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The letter is on paper."""
    actor = acting(request)
    operations.mark_printed(letter_for(actor, letter_id), by=actor)
    messages.success(request, _("Kirje on merkitty tulostetuksi."))
    return redirect("letters")


@require_POST
def unmark_printed(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The letter waits again."""
    actor = acting(request)
    operations.unmark_printed(letter_for(actor, letter_id), by=actor)
    messages.success(request, _("Kirje odottaa taas tulostusta."))
    return redirect("letters")


@login_not_required
@require_safe
def sent_mail(request: HttpRequest) -> HttpResponse:
    """What would have gone out over the network."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "notifications/sent_mail.html", {"mail": went_out()})
