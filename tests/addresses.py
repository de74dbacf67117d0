"""Every address of the program, filled with what is in the told world: Veikko's, and Laura's
outcome."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.world import REFERRER, STRANGER, World

SENDER = ("ulpu.naytenen", "SO810")
OF_STRANGER = "select public_id from officer_question where membership_id = %s"
Values = dict[str, UUID | int | str]
# Timo's applications: two in one team.
SENT_TWICE = """
select a.public_id from applications_application a join clients_client c on c.id = a.client_id
where c.number = 'A100670' order by a.sent_at
"""


def names() -> set[str]:
    """The names of all addresses of the resolver."""
    return {pattern.name or "" for pattern in patterns(get_resolver().url_patterns)}


def filled(world: World) -> dict[str, str]:
    """Each name's address in the told world."""
    known = values(world)
    made = {}
    for pattern in patterns(get_resolver().url_patterns):
        wanted = pattern.pattern.converters
        arguments = {key: known[key] for key in wanted}
        made[pattern.name or ""] = reverse(pattern.name or "", kwargs=arguments)
    return made


def values(world: World) -> Values:
    """What the addresses of the told world are made of."""
    mine = _veikkos(world) | _lauras(world) | _annas(world) | _senjas(world)
    return mine | _others(world)


def _veikkos(world: World) -> Values:
    application = world.application()
    key = application.client_id
    session, number = world.rows(
        "select session_id, number from applications_agendaitem where application_id = %s",
        application.pk,
    )[0]
    seat = "select id from organizations_teamseat where team_id = %s and code = 'terveydenhuolto'"
    permit = "select public_id from permits_permit where client_id = %s order by id"
    asked = "select public_id from permits_permitrequest where client_id = %s"
    attached = "select public_id from files_attachment where client_id = %s order by id"
    looked = (
        "select e.id from journal_entry e join journal_entrysubject s on s.entry = e.id"
        " where s.client = %s and e.kind = 'client.found' order by e.id"
    )
    return {
        "look_id": _first(world, looked, key),
        "application_id": application.public_id,
        "client_id": application.client.public_id,
        "session_id": session,
        "number": number,
        "seat_id": _first(world, seat, application.team_id),
        "permit_id": _first(world, permit, key),
        "request_id": _first(world, asked, key),
        "attachment_id": _first(world, attached, key),
    }


def _lauras(world: World) -> Values:
    laura = world.client("A100116").pk
    outcome = "select public_id from applications_outcome where client_id = %s"
    step = "select public_id from plans_step where client_id = %s and owner_id = %s order by due"
    letter = "select public_id from notifications_message where client_id = %s"
    booked = "select public_id from meetings_appointment where client_id = %s"
    referrer = world.member(REFERRER).pk
    return {
        "letter_id": _first(world, letter, laura),
        "outcome_id": _first(world, outcome, laura),
        "step_id": _first(world, step, laura, referrer),
        "appointment_id": _first(world, booked, laura),
    }


def _annas(world: World) -> Values:
    """Held by the convener, who has asked the doctor."""
    anna = world.client("A100293").pk
    asked = "select id from cases_assignment where client_id = %s"
    return {
        "case_id": _first(world, "select public_id from cases_case where client_id = %s", anna),
        "assignment_id": _first(world, asked, anna),
        "place_id": UUID(int=1),
        "cover_id": UUID(int=1),
        "package_id": UUID(int=1),
    }


def _senjas(world: World) -> Values:
    """Called together by the convener, with the own nurse and the referrer."""
    senja = world.client("A100002").pk
    met = "select public_id from meetings_meeting where client_id = %s"
    invited = (
        "select public_id from meetings_participant where client_id = %s and membership_id = %s"
    )
    return {
        "meeting_id": _first(world, met, senja),
        "participant_id": _first(world, invited, senja, world.member(SENDER).pk),
        "suggestion_id": UUID(int=1),
        "point_id": UUID(int=1),
    }


def _others(world: World) -> Values:
    notice = "select public_id from permits_recipientnotice order by made_at, id limit 1"
    run = "select public_id from imports_importrun order by imported_at limit 1"
    pair = "select public_id from imports_doubtfulpair order by id limit 1"
    unnamed = "select public_id from applications_anonymousconsultation"
    return {
        "link_id": UUID(int=3),
        "secret": "secret",
        "item_id": UUID(int=1),
        "opening_id": UUID(int=1),
        "mandate_id": _first(world, "select public_id from access_mandate order by recorded_at"),
        "inquiry_id": UUID(int=1),
        "other_id": _first(world, SENT_TWICE),
        "consultation_id": _first(world, unnamed),
        "entry_id": UUID(int=2),
        "notice_id": _first(world, notice),
        "run_id": _first(world, run),
        "pair_id": _first(world, pair),
        "question_id": _first(world, OF_STRANGER, world.member(STRANGER).pk),
        "log_request_id": _first(world, "select public_id from officer.log_request"),
    }


def _first(world: World, query: str, *parameters: object) -> UUID:
    found: UUID = world.rows(query, *parameters)[0][0]
    return found


def patterns(inside: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Every address below a resolver's own."""
    for pattern in inside:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern
