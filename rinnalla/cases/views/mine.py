"""The cases that are the reader's to carry."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rinnalla.access.acting import acting
from rinnalla.access.recording import record_read
from rinnalla.cases.queries.orientation import unread_of
from rinnalla.cases.queries.standing import my_cases


def mine(request: HttpRequest) -> HttpResponse:
    """Without a responsible worker first, then who asks, then the others."""
    actor = acting(request)
    found = my_cases(actor)
    if found:
        record_read("my-cases", {one.case.client_id for one in found}, ["case"])
    context = {
        "unread": any(one.assignment for one in found)
        and bool(unread_of([actor.membership_id], actor.today)),
        "without": [one for one in found if one.is_without_worker],
        "asked": [one for one in found if one.is_asked],
        "others": [one for one in found if not (one.is_without_worker or one.is_asked)],
    }
    return render(request, "cases/mine.html", context)
