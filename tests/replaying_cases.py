"""The cases of a tiny world in the database, as they stand at an instant."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tests.dice import LONG_AGO
from tests.facts import Joint
from tests.rule_ways import during
from tests.table_rows import Tables, key
from tests.tiny_cases import assigned

DAY = LONG_AGO.date()


def put_former(tables: Tables, joints: Iterable[Joint]) -> None:
    """The worker before: the last one who was no stand-in."""
    tables.put("cases_assignment", *(
        {
            "id": key(f"{joint.name}former"),
            "case_id": key(joint.name),
            "client_id": key(joint.client),
            "unit_id": key(joint.unit.name),
            "membership_id": key(joint.former[0]),
            "agreed_on": DAY,
            "accepted_at": LONG_AGO,
            "ended_at": LONG_AGO + timedelta(1),
        }
        for joint in joints
    ))  # fmt: skip


def change_case(tables: Tables, joint: Joint, t: datetime) -> None:
    """Its state, its holder, who is asked and who works, the own team and the covers."""
    over = joint.ended is not None and joint.ended <= t
    held = during(joint.held, t)
    state = ("declined" if joint.declined else "closed") if over else "agreed" if held else "active"
    named = state in ("active", "closed")
    tables.change("cases_case", {
        "id": key(joint.name),
        "holder_id": key(joint.holder),
        "state": state,
        "worker_id": key(f"{joint.name}w0") if named else None,
        "named_at": LONG_AGO if named else None,
        "ended_at": joint.ended if over else None,
    })  # fmt: skip
    tables.change("cases_assignment", *(
        {
            "id": key(f"{joint.name}w{n}"),
            "membership_id": key(member),
            "is_first_contact": False,
            "is_interim": kind == "interim",
            "accepted_at": None if kind == "asked" else LONG_AGO,
            "ended_at": None if during(span, t) else LONG_AGO,
        }
        for n, (kind, member, span) in enumerate(assigned(joint))
    ))  # fmt: skip
    _change_around(tables, joint, t)


def change_meetings(tables: Tables, joint: Joint, t: datetime) -> None:
    """Whether each still holds, when it starts, and who is invited."""
    for meeting in joint.meetings:
        holds = during(meeting.called, t)
        tables.change("meetings_meeting", {
            "id": key(meeting.name),
            "state": "planned" if holds else "cancelled",
            "ended_at": None if holds else LONG_AGO,
        })  # fmt: skip
        tables.change("meetings_meetingtime", {
            "id": key(f"{meeting.name}t"),
            "starts": meeting.starts,
            "ends": meeting.starts + timedelta(hours=1),
        })  # fmt: skip
        tables.change("meetings_participant", *(
            {
                "id": key(f"{meeting.name}p{n}"),
                "membership_id": key(member),
                "ended_at": None if during(span, t) else LONG_AGO,
            }
            for n, (member, span) in enumerate(meeting.invited)
        ))  # fmt: skip


def _change_around(tables: Tables, joint: Joint, t: datetime) -> None:
    """The own team, and who covers."""
    tables.change("cases_teamplace", *(
        {
            "id": key(f"{joint.name}t{n}"),
            "membership_id": key(member),
            "ended_at": None if during(span, t) else LONG_AGO,
        }
        for n, (member, span) in enumerate(joint.team)
    ))  # fmt: skip
    first = len(joint.asked)  # The first worker's row.
    tables.change("cases_cover", *(
        {
            "id": key(f"{joint.name}v{n}"),
            "membership_id": key(member),
            "assignment_id": key(f"{joint.name}w{first if joint.workers else 'none'}"),
            "begins": days[0],
            "ends": days[1],
        }
        for n, (member, days) in enumerate(joint.covers)
    ))  # fmt: skip
