"""The page frame's facts: who is here as what, where one can go, and what waits."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.law import open_now
from rinnalla.access.models import LawOpening
from rinnalla.home.queries import Waiting, waiting
from rinnalla.organizations.models import Membership
from rinnalla.ui.frame import Frame, NavItem, Opening

Role = Membership.Role
# Roles that work with clients: the others find nobody and apply for nobody.
WITH_CLIENTS = (Role.PRACTITIONER, Role.CONVENER)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The frame, made only when a page draws it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
        return Frame(
            today=timezone.localdate(),
            demonstration=settings.DEMONSTRATION,
            sign_out_url=reverse("sign-out") if signed_in else "",
        )
    counts = waiting(actor)
    return Frame(
        today=actor.today,
        actor=actor,
        nav=_nav(request, actor, counts),
        openings=[_opening(row) for row in open_now(actor)] if counts.openings else (),
        search_url=reverse("find-client") if actor.role in (*WITH_CLIENTS, Role.INTAKE) else "",
        roles_url=reverse("choose-role"),
        sign_out_url=reverse("sign-out"),
        demonstration=settings.DEMONSTRATION,
    )


def _opening(opening: LawOpening) -> Opening:
    return Opening(
        until=opening.ends_at,
        url=reverse("client", args=[opening.client.public_id]),
        close_url=reverse("close-law-opening", args=[opening.public_id]),
    )


def _nav(request: HttpRequest, actor: Actor, counts: Waiting) -> list[NavItem]:
    places: list[tuple[str, str, int]] = [(_("Oma päivä"), "home", 0)]
    if actor.role in WITH_CLIENTS:
        places.append((_("Hakemukset"), "my-applications", counts.answers))
    if actor.role in WITH_CLIENTS or counts.cases:
        places.append((_("Asiakkaat"), "my-cases", counts.cases))
    if counts.convenes:
        places.append((_("Saapuneet"), "inbox", counts.arrived))
    if counts.convenes or counts.has_seat:
        places.append((_("Kokoukset"), "sessions", counts.views))
    if actor.role in WITH_CLIENTS or counts.steps:
        places.append((_("Tehtävät"), "my-steps", counts.steps))
    if counts.letters:
        places.append((_("Kirjeet"), "letters", counts.letters))
    if actor.role == Role.INTAKE:
        places.append((_("Epäselvät henkilöt"), "doubtful-pairs", counts.pairs))
    if actor.role in (Role.INTAKE, Role.ADMINISTRATOR):
        places.append((_("Tuonnit"), "imports", 0))
    if actor.role in (Role.UNIT_MANAGER, Role.ADMINISTRATOR):
        places.append((_("Perehdytys"), "worker-role-readers", 0))
    if actor.role == Role.OFFICER:
        places.append((_("Tietosuoja"), "officer-desk", counts.questions))
    elif counts.questions:
        places.append((_("Selvitykset"), "my-questions", counts.questions))
    here = _current(request, [name for _label, name, _count in places])
    return [NavItem(label, reverse(name), n, current=name == here) for label, name, n in places]


def _current(request: HttpRequest, names: list[str]) -> str:
    """The place of the menu under which the page lies: the longest address that begins its own."""
    matching = [name for name in names if request.path.startswith(reverse(name))]
    longest = max(matching, key=lambda name: len(reverse(name)), default="")
    return longest if longest != "home" or request.path == reverse("home") else ""
