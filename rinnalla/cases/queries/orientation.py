"""What a responsible worker does, in the county's words, and who has read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from rinnalla.access.actor import Actor
from rinnalla.cases.access import ROLES
from rinnalla.cases.models import Orientation
from rinnalla.lib.ordering import alphabetical
from rinnalla.organizations.models import Membership
from rinnalla.organizations.queries import holding_setting, setting

FOR_WORKERS, FOR_CLIENTS = "worker_role", "worker_role_client"


@dataclass(frozen=True)
class RoleText:
    """The words in the reader's language, and the day from which they hold."""

    text: str
    version: date


def role_text(today: date, key: str = FOR_WORKERS) -> RoleText | None:
    """The county's words in force; where it has none in the language, the Finnish ones. The
    version is that of the Finnish words."""
    source = holding_setting(f"{key}_fi", today).first()
    if source is None:
        return None
    language = (get_language() or "fi")[:2]
    return RoleText(setting(f"{key}_{language}", today, source.value), source.begins)


def read_at(actor: Actor, text: RoleText) -> datetime | None:
    """When the actor confirmed to have read these words."""
    mine = Orientation.objects.filter(membership=actor.membership_id, version=text.version)
    return mine.values_list("read_at", flat=True).first()


def unread_of(memberships: Collection[UUID], today: date) -> set[UUID]:
    """Which of the memberships have not read the words in force, in one statement."""
    source = holding_setting(f"{FOR_WORKERS}_fi", today).values("begins")[:1]
    rows = Membership.objects.filter(pk__in=memberships).annotate(current=Subquery(source))
    read = Orientation.objects.filter(membership=OuterRef("pk"), version=OuterRef("current"))
    unread = rows.filter(~Exists(read), current__isnull=False)
    return set(unread.values_list("pk", flat=True))


def sees_readers(actor: Actor) -> bool:
    """Whether the actor looks after others' getting oriented."""
    return actor.role in (Membership.Role.UNIT_MANAGER, Membership.Role.ADMINISTRATOR)


def readers(actor: Actor, text: RoleText) -> QuerySet[Membership]:
    """Who can be named, by name, with when they read these words: of the units that the actor
    leads, to an administrator of the whole county."""
    rows = Membership.objects.filter(is_open=True, role__in=ROLES, begins__lte=actor.today)
    if actor.role == Membership.Role.ADMINISTRATOR:
        rows = rows.filter(unit__organization=actor.organization_id)
    else:
        me = actor.membership_id
        rows = rows.filter(
            Q(unit__manager=me) | Q(unit__manager=None, unit__organization__manager=me)
        )
    read = Orientation.objects.filter(membership=OuterRef("pk"), version=text.version)
    return (
        rows.select_related("user", "unit")
        .annotate(read_at=Subquery(read.values("read_at")[:1]))
        .order_by(*alphabetical("unit__name", "user__last_name", "user__first_name"))
    )
