"""The meetings that the reader calls together or is invited to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rinnalla.access.acting import acting
from rinnalla.access.recording import record_read
from rinnalla.meetings.queries.meetings import my_meetings


def mine(request: HttpRequest) -> HttpResponse:
    """Those to come, the next one first; those without a time before them."""
    actor = acting(request)
    lines = my_meetings(actor)
    if lines:
        record_read("my-meetings", {line.meeting.client_id for line in lines}, ["meeting"])
    ordered = sorted(
        lines,
        key=lambda line: (line.starts is not None, line.starts or actor.now),
    )
    return render(request, "meetings/mine.html", {"lines": ordered})
