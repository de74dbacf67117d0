"""Pages that stand: probes, the accessibility statement, feedback."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rinnalla.home.forms import FeedbackForm
from rinnalla.home.operations import give_feedback
from rinnalla.organizations.queries import setting


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("live\n", content_type="text/plain")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The process reaches its database, and the database has its tables."""
    with connection.cursor() as cursor:
        cursor.execute("select rinnalla.now()")
    return HttpResponse("ready\n", content_type="text/plain")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, with the county's own contact details."""
    today = timezone.localdate()
    facts = {
        key: setting(key, today) for key in ("county_name", "feedback_email", "feedback_phone")
    }
    return render(request, "home/accessibility.html", facts)


@login_not_required
def feedback(request: HttpRequest) -> HttpResponse:
    """A word about accessibility or anything else."""
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        give_feedback(request, **form.cleaned_data)
        messages.success(request, _("Kiitos. Palautteesi on tallessa."))
        return redirect("feedback")
    return render(request, "home/feedback.html", {"form": form})
