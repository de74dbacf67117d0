"""Whose desk it is; which questions one may read, the database decides."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from rinnalla.access.actor import Actor
from rinnalla.officer.models import Asking, Question
from rinnalla.organizations.models import Membership


def require_officer(actor: Actor) -> None:
    """The desk is the data protection officer's alone."""
    if actor.role != Membership.Role.OFFICER:
        raise PermissionDenied


def question_for(actor: Actor, public_id: UUID) -> Question:
    """The question on the officer's desk, else 403 or 404."""
    require_officer(actor)
    rows = Question.objects.select_related(
        "membership__user", "membership__unit__organization", "closing__by__user"
    )
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def asking_for(actor: Actor, public_id: UUID) -> Asking:
    """What the actor was asked about that question, else 404."""
    rows = Asking.objects.select_related(
        "question__membership__user", "question__membership__unit", "question__closing", "answer"
    )
    found = rows.filter(question__public_id=public_id, to=actor.membership_id).first()
    if found is None:
        raise Http404
    return found
