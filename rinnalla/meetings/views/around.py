"""What every page of a meeting begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.audience import Audience, Kind
from rinnalla.access.bar import client_tabs, read_bar
from rinnalla.cases.access import require
from rinnalla.meetings.access import arranges, meeting_for
from rinnalla.meetings.models import Meeting
from rinnalla.ui.frame import Confirmation


@dataclass(frozen=True)
class Table:
    """The reader at one meeting."""

    request: HttpRequest
    actor: Actor
    meeting: Meeting

    @cached_property
    def may_arrange(self) -> bool:
        """Whether the reader calls together for the case."""
        return arranges(self.actor, self.meeting.case_id)

    def require_arranger(self) -> None:
        """Seen but not the reader's to arrange is 403."""
        require(self.may_arrange)

    def page(
        self, name: str, template: str, kinds: Sequence[str] = ("meeting",), **context: Any
    ) -> HttpResponse:
        """Leaves the row of the read and draws the page."""
        client, subject = self.meeting.client, ("meeting", self.meeting.pk)
        whole = {
            "identity": read_bar(self.actor, client, name, kinds, subject=subject),
            "tabs": client_tabs(client, name),
            "meeting": self.meeting,
            "meeting_url": self.url,
            "may_arrange": self.may_arrange,
            **context,
        }
        return render(self.request, template, whole)

    def confirm(self, name: str, confirm: Confirmation, **context: Any) -> HttpResponse:
        """A page that says what an act will change."""
        return self.page(name, "cases/confirm.html", confirm=confirm, **context)

    def readers(self, kind: Kind) -> Audience:
        return Audience(self.actor, self.meeting.client, kind)

    @property
    def url(self) -> str:
        return reverse("meeting", args=[self.meeting.public_id])

    def back(self) -> HttpResponse:
        return redirect("meeting", self.meeting.public_id)


def table(request: HttpRequest, meeting_id: UUID) -> Table:
    """The reader and the meeting, else 404."""
    actor = acting(request)
    return Table(request, actor, meeting_for(actor, meeting_id))
