"""The facts of a tiny world, from which the rule of `rule.py` says who reads what.

Units, members, clients and things are named by strings; an instant has a zone; a span is (from,
before).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

Span = tuple[datetime, datetime | None]
# Table: what is needed to read a row of it, to record one, to change one ("" is: nobody does).
TABLES = {
    "clients_client": ("circle", "master", ""),
    "clients_clientidentifier": ("circle", "master", ""),
    "clients_clientcontact": ("content", "here", ""),
    "clients_clientaddress": ("address", "here", ""),
    "clients_guardian": ("own", "", ""),
    "clients_clientlock": ("circle", "circle", "circle"),
    "permits_permit": ("permit", "author", "unwithdrawn"),
    "permits_permitunit": ("permit", "recording", ""),
    "permits_permitrecipient": ("permit", "recording", ""),
    "permits_permitrequest": ("circle", "here", "circle"),
    "permits_permitrequestunit": ("circle", "circle", ""),
    "notifications_message": ("own", "here", "here"),
    "files_attachment": ("content", "author", "here"),
    "files_attachmentcontent": ("content", "here", ""),
    "services_visit": ("content", "", ""),
    "services_serviceuse": ("content", "", ""),
    "services_benefit": ("content", "", ""),
    "services_referral": ("content", "", ""),
    "plans_step": ("content", "here", "circle"),
    "plans_stepreport": ("content", "here", ""),
    "imports_doubtfulpair": ("pair", "", "circle"),
    "applications_application": ("thing", "author", "handler"),
    "applications_applicationtext": ("part", "here", "writer"),
    "applications_holding": ("thing", "handling", "handler"),
    "applications_informationrequest": ("thing", "here", "handler"),
    "applications_informationanswer": ("part", "here", ""),
    "applications_forwarding": ("thing", "here", ""),
    "applications_agendaitem": ("thing", "handling", "handler"),
    "applications_presence": ("thing", "handling", "handler"),
    "applications_disqualification": ("thing", "handling", "handler"),
    "applications_view": ("part", "author", "author"),
    "applications_columnentry": ("part", "author", "author"),
    "applications_outcome": ("part", "here", "here"),
    "applications_outcomestep": ("part", "here", ""),
    "applications_outcomeanswer": ("part", "here", ""),
    "applications_telling": ("part", "here", ""),
    "applications_ending": ("part", "here", "here"),
}


class Unit(NamedTuple):
    name: str
    organization: str
    register: str


class Member(NamedTuple):
    name: str
    unit: Unit
    role: str
    task: frozenset[Unit]
    begins: date
    ended_at: datetime | None = None


class Way(NamedTuple):
    """Why somebody works with a client: a row of the circle (asiayhteys)."""

    client: str
    member: str
    cause: str
    span: Span
    thing: str = ""
    requires: Unit | None = None
    stands_for: Unit | None = None


class Permit(NamedTuple):
    """One direction: the data of `opened` to the recipients, from a first day through a last."""

    name: str
    client: str
    unit: Unit
    opened: frozenset[Unit]
    organizations: frozenset[str]
    units: frozenset[Unit]
    days: tuple[date, date | None]
    recorded: Span  # until withdrawn
    recorder: str


class Team(NamedTuple):
    name: str
    convener: str
    members: dict[str, datetime | None]  # until they left


class Matter(NamedTuple):
    """An application as it went; each span is when that was so."""

    name: str
    client: str
    unit: Unit
    referrer: str
    begun: datetime
    sent: Span | None
    ended: datetime | None
    discarded: bool
    teams: list[tuple[Team, Span]]
    agenda: list[tuple[Team, Span]]
    disqualified: list[tuple[str, Span]]
    interim: list[tuple[str, Span, Unit]]


class Row(NamedTuple):
    name: str
    table: str
    client: str
    unit: Unit
    thing: str = ""
    permit: str = ""
    author: str = ""
    other: str = ""
    protected: bool = False


@dataclass
class World:
    master: Unit
    members: list[Member] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    permits: dict[str, Permit] = field(default_factory=dict)
    matters: list[Matter] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
