"""The page that a link of an invitation or a reminder opens: a day, a time, and three answers."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rinnalla.meetings.links import answer_by_link, of_link, read_secret
from rinnalla.meetings.models import Answer

SAYS = set(Answer.Says.values)


@login_not_required
def reply(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening it changes nothing; only its buttons answer, and they close with the time."""
    named = read_secret(secret)
    says = request.POST.get("says", "")
    done = refused = False
    invited = None
    if named:
        with transaction.atomic():
            if request.method == "POST" and says in SAYS:
                done = answer_by_link(named, says)
                refused = not done
            invited = of_link(named)
    context = {"invited": invited, "done": done, "refused": refused}
    return render(request, "meetings/link.html", context, status=200 if invited else 410)
