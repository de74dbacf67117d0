"""What every page of a case begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from rinnalla.access.acting import acting
from rinnalla.access.actor import Actor
from rinnalla.access.audience import Audience, Kind
from rinnalla.access.bar import client_tabs
from rinnalla.access.queries import identity
from rinnalla.access.recording import record_read
from rinnalla.cases.access import case_for
from rinnalla.cases.models import Case
from rinnalla.ui.frame import Confirmation


@dataclass(frozen=True)
class Desk:
    """The reader at one case."""

    request: HttpRequest
    actor: Actor
    case: Case

    def page(
        self, name: str, template: str, kinds: Sequence[str] = ("case",), **context: Any
    ) -> HttpResponse:
        """Leaves the row of the read and draws the page."""
        shown = context.get("shown")
        others = [one.client_id for one in shown.others] if shown else []
        client = self.case.client
        clients = [client.pk, *others]
        bases = record_read(name, clients, kinds, subject=("case", self.case.pk))
        url = reverse("client", args=[client.public_id])
        bar = identity(client, bases[client.pk], self.actor.today, url=url)
        whole = {"identity": bar, "case": self.case, "case_url": self.url, **context}
        whole["tabs"] = client_tabs(self.case.client, "joint-case")
        return render(self.request, template, whole)

    def confirm(self, name: str, confirm: Confirmation, **context: Any) -> HttpResponse:
        """A page that says what an act will change."""
        return self.page(name, "cases/confirm.html", confirm=confirm, **context)

    def readers(self, kind: Kind) -> Audience:
        return Audience(self.actor, self.case.client, kind)

    @property
    def url(self) -> str:
        return reverse("joint-case", args=[self.case.public_id])

    def back(self) -> HttpResponse:
        return redirect("joint-case", self.case.public_id)


def desk(request: HttpRequest, case_id: UUID) -> Desk:
    """The reader and the case, else 404."""
    actor = acting(request)
    return Desk(request, actor, case_for(actor, case_id))
