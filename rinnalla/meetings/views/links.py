"""The page that a link of an invitation or a reminder opens: a day, a time, and three answers; or
the times that are suggested."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rinnalla.meetings.links import (
    POLL,
    Named,
    answer_by_link,
    choose_by_link,
    of_link,
    of_poll,
    read_secret,
)
from rinnalla.meetings.models import Answer

SAYS = set(Answer.Says.values)
SUITS = {"yes", "no"}
GONE = 410


@login_not_required
def reply(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening it changes nothing; only its buttons answer, and they close with the time."""
    named = read_secret(secret)
    if named and named.kind == POLL:
        return _poll(request, named)
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
    return render(request, "meetings/link.html", context, status=200 if invited else GONE)


def _poll(request: HttpRequest, named: Named) -> HttpResponse:
    """Which of the suggested times suit; pressing again changes it."""
    says, done, refused = request.POST.get("says", ""), False, False
    with transaction.atomic():
        if request.method == "POST" and says in SUITS and (which := _which(request)):
            done = choose_by_link(named, which, says)
            refused = not done
        choices = of_poll(named)
    context = {"choices": choices, "done": done, "refused": refused}
    return render(request, "meetings/link.html", context, status=200 if choices else GONE)


def _which(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("time", ""))
    except ValueError:
        return None
