"""Proposing and naming work from a team of every kind: its convener, and members of its seats."""

import pytest
from django.db import connection, transaction

from rinnalla.access.actor import Actor, seat
from rinnalla.cases.models import Case
from rinnalla.cases.operations import naming
from rinnalla.cases.operations.naming import Choice
from rinnalla.organizations.models import Membership, Team
from tests.cases import answer, propose
from tests.world import World

pytestmark = pytest.mark.server
# Nobody of the stories: a client for each kind of team.
CLIENTS = {
    Team.Kind.WORK_ABILITY: "A100601",
    Team.Kind.CENTRE: "A100602",
    Team.Kind.FAMILY: "A100603",
}
OPEN = "select access.open_ways(%s::uuid[], %s::uuid[], 'own_worker', %s::uuid[])"


def sit(membership: Membership) -> Actor:
    actor = seat(membership.pk, membership.user_id)
    assert actor is not None
    return actor


def people(world: World, kind: str) -> tuple[Membership, list[Membership]]:
    """The convener of a team of that kind, and who sits for agencies of the same county."""
    with world.owner():
        team = Team.objects.select_related("convener__unit").filter(kind=kind).order_by("code")[0]
        seated = Membership.objects.filter(
            team_places__seat__team=team,
            team_places__ended_at=None,
            is_open=True,
            unit__organization=team.convener.unit.organization_id,
        ).exclude(pk=team.convener_id)
        return team.convener, list(seated.select_related("unit").order_by("unit__code", "pk"))


@pytest.mark.parametrize("kind", list(CLIENTS))
def test_a_team_of_every_kind_names_a_worker(world: World, kind: Team.Kind) -> None:
    convener, seated = people(world, kind)
    client = world.client(CLIENTS[kind])
    with world.job("rinnalla_worker"), connection.cursor() as cursor:
        cursor.execute(OPEN, [[client.pk], [convener.pk], [None]])
    chosen = next(one for one in seated if one.unit_id != convener.unit_id)
    with transaction.atomic():
        by = sit(convener)
        [case] = propose(world, by, CLIENTS[kind])
        by = sit(convener)
        answer(case, by)
        [asked] = naming.name_worker(case, by=by, choice=Choice(chosen.pk, agreed=True))
    with transaction.atomic():
        naming.accept(asked, by=sit(chosen))
        assert Case.objects.get(pk=case.pk).state == Case.State.ACTIVE
