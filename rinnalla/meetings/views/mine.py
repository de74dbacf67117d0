"""The meetings that the reader calls together or is invited to, and appointments they mind."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rinnalla.access.acting import acting
from rinnalla.access.recording import record_read
from rinnalla.meetings.queries.appointments import my_appointments
from rinnalla.meetings.queries.meetings import my_meetings


def mine(request: HttpRequest) -> HttpResponse:
    """Those to come, the next one first; those without a time before them."""
    actor = acting(request)
    lines = my_meetings(actor)
    booked = my_appointments(actor)
    clients = {line.meeting.client_id for line in lines} | {one.client_id for one in booked}
    if clients:
        record_read("my-meetings", clients, ["meeting", "steps"])
    ordered = sorted(
        lines,
        key=lambda line: (line.starts is not None, line.starts or actor.now),
    )
    return render(request, "meetings/mine.html", {"lines": ordered, "booked": booked})
