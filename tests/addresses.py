"""Every address of the program, filled with what is in the told world: Veikko's, and Laura's
outcome."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import World


def names() -> set[str]:
    """The names of all addresses of the resolver."""
    return {pattern.name or "" for pattern in _patterns(get_resolver().url_patterns)}


def filled(world: World) -> dict[str, str]:
    """Each name's address in the told world."""
    known = values(world)
    made = {}
    for pattern in _patterns(get_resolver().url_patterns):
        wanted = pattern.pattern.converters
        arguments = {key: known[key] for key in wanted}
        made[pattern.name or ""] = reverse(pattern.name or "", kwargs=arguments)
    return made


def values(world: World) -> dict[str, UUID | int]:
    """What the addresses of the told world are made of."""
    application = world.application()
    item = (
        "select i.session_id, i.number from applications_agendaitem i where i.application_id = %s"
    )
    session, number = world.rows(item, application.pk)[0]
    seat = world.rows(
        "select id from organizations_teamseat where team_id = %s and code = 'terveydenhuolto'",
        application.team_id,
    )[0][0]
    laura = world.client("A100116").pk

    def first(query: str, *parameters: object) -> UUID:
        found: UUID = world.rows(query, *parameters)[0][0]
        return found

    veikko = world.client().pk
    return {
        "application_id": application.public_id,
        "client_id": world.client().public_id,
        "session_id": session,
        "number": number,
        "seat_id": seat,
        "item_id": UUID(int=1),
        "entry_id": UUID(int=2),
        "outcome_id": first(
            "select public_id from applications_outcome where client_id = %s", laura
        ),
        "step_id": first(
            "select public_id from plans_step where client_id = %s and owner_id = %s order by due",
            laura,
            world.member(("hilppa.kokeilija", "TA901")).pk,
        ),
        "permit_id": first(
            "select public_id from permits_permit where client_id = %s order by id", veikko
        ),
        "request_id": first(
            "select public_id from permits_permitrequest where client_id = %s", veikko
        ),
        "run_id": first("select public_id from imports_importrun order by imported_at limit 1"),
        "pair_id": first("select public_id from imports_doubtfulpair order by id limit 1"),
    }


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern
