"""The promised clocks of a matter: stopped with a reason, and going on."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.acting import acting
from rinnalla.access.bar import read_bar
from rinnalla.applications.access import application_for, is_convener, is_referrer, require
from rinnalla.applications.forms.clocks import PauseForm
from rinnalla.applications.operations.clocks import end_pause, pause_clock
from rinnalla.applications.queries.matter import matter
from rinnalla.applications.queries.readers import of_thing
from rinnalla.ui.forms import attempt, posted
from rinnalla.ui.saying import say


def pause(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Why the clock stands and until when; while it stands, the button that lets it go on."""
    actor = acting(request)
    found = application_for(actor, application_id)
    require(is_convener(actor, found) or is_referrer(actor, found))
    here = reverse("pause-clock", args=[found.public_id])
    # The button of the page, or the message that takes the pause back.
    goes_on = request.method == "POST" and (
        request.POST.get("act") == "go-on" or "jatka" in request.GET
    )
    form = PauseForm(None if goes_on else posted(request))
    if goes_on:
        end_pause(found, by=actor)
        say(request, _("Kello käy taas."))
        return redirect("application", found.public_id)
    if form.is_valid() and attempt(
        form, lambda: pause_clock(found, by=actor, **form.cleaned_data), "returns_on"
    ):
        say(request, _("Kello seisoo. Asiakas näkee syyn."), f"{here}?jatka")
        return redirect("application", found.public_id)
    form.readers = of_thing(actor, found)
    client, subject = found.client, ("application", found.pk)
    context = {
        "identity": read_bar(actor, client, "pause-clock", ["application"], subject=subject),
        "application": found,
        "clocks": matter(found, actor.today).clocks,
        "form": form,
    }
    return render(request, "applications/pause.html", context)
