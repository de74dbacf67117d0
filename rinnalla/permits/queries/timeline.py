"""What has happened to the client's permits, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from rinnalla.clients.models import Client
from rinnalla.lib.days import end_of
from rinnalla.lib.prepared import Prepared
from rinnalla.organizations.models import Membership
from rinnalla.permits.models import Permit, RecipientNotice
from rinnalla.permits.queries.lines import ClientPermits, PermitLine, RequestLine

_NOTICES = Prepared(
    lambda client: (
        RecipientNotice.objects.filter(client=client)
        .select_related("permit", "organization", "recipient_unit", "told_by__user", "owner__user")
        .order_by("made_at", "pk")
    ),
    UUID,
)


@dataclass(frozen=True)
class Moment:
    """Something that happened: when, what, to which permit, and who recorded it."""

    at: datetime
    what: str
    about: str
    by: str = ""
    permit: Permit | None = None
    days_only: bool = False


def notices_of(client: Client) -> list[RecipientNotice]:
    """Who is to be told, or was told, that a permit has ended, as far as the reader may see."""
    return _NOTICES.rows(client.pk)


def timeline_of(permits: ClientPermits) -> list[Moment]:
    """Given, changed, withdrawn, expired, asked, refused."""
    found = [moment for line in permits.permits for moment in _of_permit(line)]
    found += [moment for line in permits.requests for moment in _of_request(line)]
    return sorted(found, key=lambda moment: moment.at, reverse=True)


def _of_permit(line: PermitLine) -> Iterator[Moment]:
    permit, about = line.permit, f"{line.may_see}: {'; '.join(line.whose)}"
    word = _("Lupa muutettiin") if permit.replaces_id else _("Lupa annettiin")
    yield Moment(permit.recorded_at, word, about, name_of(permit.recorded_by), permit)
    if line.state == "withdrawn" and permit.withdrawn_at:
        by = name_of(permit.withdrawn_by)
        yield Moment(permit.withdrawn_at, _("Lupa peruttiin"), about, by, permit)
    if line.state == "ended" and permit.ends:
        yield Moment(end_of(permit.ends), _("Lupa päättyi"), about, permit=permit, days_only=True)


def _of_request(line: RequestLine) -> Iterator[Moment]:
    request = line.request
    about = f"{request.recipient.name} – {'; '.join(line.whose)}"
    yield Moment(request.asked_at, _("Lupa pyydettiin kysymään"), about, name_of(request.asked_by))
    if request.answer == "refused" and request.answered_at:
        by = name_of(request.answered_by)
        yield Moment(request.answered_at, _("Asiakas ei antanut lupaa"), about, by)


def name_of(membership: Membership | None) -> str:
    """The professional by name and title; empty when it was the client."""
    return f"{membership.user.get_full_name()}, {membership.title}" if membership else ""
