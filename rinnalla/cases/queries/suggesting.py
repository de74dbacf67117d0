"""Who could be the responsible worker: suggestions in order, each with its reason and load.

The order is that of the operating models: the client's wish, an own worker with close contact, the
unit whose services come first, and the work-ability coordinator where nobody else is behind the
client. All is counted from what the namer may read; the program offers and does not choose.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rinnalla.access.actor import Actor
from rinnalla.cases.access import ROLES
from rinnalla.cases.models import Load
from rinnalla.cases.queries.orientation import unread_of
from rinnalla.cases.queries.standing import Standing
from rinnalla.organizations.models import Membership
from rinnalla.organizations.queries import setting
from rinnalla.services.models import ServiceUse, Visit
from rinnalla.ui.dates import full_date

HALF_YEAR = timedelta(days=182)
# So many held visits in half a year are close contact.
CLOSE = 3
OF_A_UNIT = 2
COORDINATOR = "työkykykoordinaattori"


@dataclass(frozen=True)
class Suggestion:
    """A member with the reason, how many clients they answer for already, and whether what the role
    is remains to be read."""

    membership: Membership
    reason: str
    cases: int | None
    limit: int
    is_unread: bool

    @property
    def is_full(self) -> bool:
        return self.cases is not None and self.cases >= self.limit


@dataclass(frozen=True)
class Suggested:
    """Suggestions in order, and relations that are open without anybody in touch."""

    people: list[Suggestion]
    silent: list[str]


@dataclass(frozen=True)
class _Known:
    """What the namer may read of the client's services."""

    visits: list[Visit]
    uses: list[ServiceUse]
    members: list[Membership]
    today: date

    def named(self, unit: UUID, worker: str) -> Membership | None:
        """The member of the unit whom a row names: a source writes the title before the name."""
        words = worker.casefold()
        for member in self.members:
            if member.unit_id == unit and member.user.get_full_name().casefold() in words:
                return member
        return None

    def held(self, since: timedelta) -> list[Visit]:
        first = self.today - since
        return [v for v in self.visits if v.state == Visit.State.HELD and v.day >= first]


def suggest(shown: Standing, actor: Actor) -> Suggested:
    """Suggestions for a case, in a fixed number of statements."""
    client = shown.case.client_id
    known = _Known(
        list(Visit.objects.filter(client=client).select_related("unit")),
        list(ServiceUse.objects.filter(client=client, ends_on=None).select_related("unit")),
        list(
            Membership.objects.filter(is_open=True, role__in=ROLES, begins__lte=actor.today)
            .select_related("user", "unit__organization")
            .order_by("user__last_name", "user__first_name", "unit__code")
        ),
        actor.today,
    )
    found: dict[UUID, tuple[Membership, str]] = {}
    around = [*shown.workers, *shown.asked]
    posts = {one.membership_id for one in around}
    # A pair is of two people, also where one of them works in several places.
    people = {one.membership.user_id for one in around if not (one.is_open and one.gives_way)}
    mine = [(one, _("sinä itse")) for one in known.members if one.pk == actor.membership_id]
    for member, reason in [*_in_order(shown, known), *mine]:
        if member.pk not in posts and member.user_id not in people:
            found.setdefault(member.pk, (member, reason))
    return Suggested(_with_loads(found.values(), actor.today), list(_silent(known)))


def _in_order(shown: Standing, known: _Known) -> Iterator[tuple[Membership, str]]:
    for member in _wished(shown.wish.casefold(), known):
        yield member, _("asiakkaan toive")
    behind = [*_own_workers(known), *_of_first_unit(known)]
    yield from behind
    if not behind:
        for member in known.members:
            if member.title.casefold() == COORDINATOR:
                yield member, _("kukaan muu ei ole asiakkaan takana")
    for place in shown.team:
        if place.membership_id:
            for member in known.members:
                if member.pk == place.membership_id:
                    yield member, _("asiakkaan omassa tiimissä: %(role)s") % {"role": place.role}


def _wished(words: str, known: _Known) -> Iterator[Membership]:
    """Those whom the client named; who works in several places, where the client is known."""
    places: dict[UUID, list[Membership]] = {}
    for member in known.members:
        if words and member.user.get_full_name().casefold() in words:
            places.setdefault(member.user_id, []).append(member)
    met = {one.unit_id for one in (*known.visits, *known.uses)}
    for of_one in places.values():
        yield from [member for member in of_one if member.unit_id in met] or of_one


def _own_workers(known: _Known) -> Iterator[tuple[Membership, str]]:
    """Named by a relation that goes on, or met often; who met the client most comes first."""
    visits: Counter[UUID] = Counter()
    last: dict[UUID, date] = {}
    people: dict[UUID, Membership] = {}
    for visit in known.held(HALF_YEAR):
        if member := known.named(visit.unit_id, visit.worker):
            visits[member.pk] += 1
            last[member.pk] = max(visit.day, last.get(member.pk, visit.day))
            people[member.pk] = member
    related = {}
    for use in known.uses:
        if member := known.named(use.unit_id, use.worker):
            related[member.pk] = use.name
            people[member.pk] = member
    close = [key for key in people if key in related or visits[key] >= CLOSE]
    for key in sorted(close, key=lambda one: -visits[one]):
        words = [_("oma työntekijä")]
        if visits[key]:
            met = ngettext(
                "%(n)d käynti puolen vuoden aikana",
                "%(n)d käyntiä puolen vuoden aikana",
                visits[key],
            ) % {"n": visits[key]}
            words += [met, _("viimeksi %(day)s") % {"day": full_date(last[key])}]
        if key in related:
            words.append(related[key])
        yield people[key], ", ".join(words)


def _of_first_unit(known: _Known) -> Iterator[tuple[Membership, str]]:
    """Members of the unit that the client has used most in half a year, if it is in touch."""
    used = Counter(visit.unit_id for visit in known.held(HALF_YEAR))
    unit, count = next(iter(used.most_common(1)), (None, 0))
    if count < CLOSE:
        return
    reason = ngettext(
        "ensisijainen palvelu, %(n)d käynti puolessa vuodessa",
        "ensisijainen palvelu, %(n)d käyntiä puolessa vuodessa",
        count,
    ) % {"n": count}
    of_unit = [member for member in known.members if member.unit_id == unit]
    for member in of_unit[:OF_A_UNIT]:
        yield member, reason


def _silent(known: _Known) -> Iterator[str]:
    """Relations that are open, without a named worker and without a contact in half a year."""
    met = {visit.unit_id for visit in known.held(HALF_YEAR)}
    for use in known.uses:
        if not use.worker and use.unit_id not in met:
            yield f"{use.name}, {use.unit.name}"


def _with_loads(found: Iterable[tuple[Membership, str]], today: date) -> list[Suggestion]:
    chosen = list(found)
    keys = [member.pk for member, _reason in chosen]
    loads = dict(Load.objects.filter(membership__in=keys).values_list("membership_id", "cases"))
    limit = int(setting("responsible_clients", today, "40"))
    unread = unread_of(keys, today)
    return [
        Suggestion(member, reason, loads.get(member.pk), limit, member.pk in unread)
        for member, reason in chosen
    ]
