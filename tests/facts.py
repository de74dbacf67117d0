"""The facts of a tiny world, from which the rule of `rule.py` says who reads what.

Units, members, clients and things are named by strings; an instant has a zone; a span is (from,
before).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

Span = tuple[datetime, datetime | None]
# Table: what a member needs to read a row of it, to record one, to change one ("" is: nobody does);
# and who reads it as a client: the client alone, a guardian within the mandate too, or both all.
TABLES = {
    "clients_client": ("circle", "master", "", "all"),
    "clients_clientidentifier": ("circle", "master", "", "client"),
    "clients_clientcontact": ("reach", "here", "", "client"),
    "clients_clientaddress": ("address", "here", "", "address"),
    "clients_guardian": ("own", "", "", ""),
    "clients_guardiannote": ("own", "", "", ""),
    "clients_clientlock": ("circle", "circle", "circle", "all"),
    "permits_permit": ("permit", "giver", "unwithdrawn", "permit"),
    "permits_permitunit": ("permit", "recording", "", "permit"),
    "permits_permitrecipient": ("permit", "recording", "", "permit"),
    "permits_permitrequest": ("circle", "here", "asked", "asked"),
    "permits_permitrequestunit": ("circle", "member", "", "within"),
    "permits_recipientnotice": ("own", "", "here", "within"),
    "access_clientaccount": ("reach", "", "keeper", "client"),
    "access_mandate": ("circle", "keeping", "undenied", "mandate"),
    "access_lawopening": ("opener", "", "", "within"),
    "access_withholding": ("own", "", "lifting", ""),
    "drafts_draft": ("opener", "author", "author", ""),
    "notifications_message": ("own", "here", "here", ""),
    "files_attachment": ("content", "author", "here", "within"),
    "files_attachmentcontent": ("reach", "here", "", ""),
    "access_inquiry": ("", "", "", "client"),
    "services_visit": ("content", "", "", "within"),
    "services_serviceuse": ("content", "", "", "within"),
    "services_benefit": ("content", "", "", "within"),
    "services_referral": ("content", "", "", "within"),
    "cases_case": ("thing", "author", "carrier", "within"),
    "cases_caseholding": ("thing", "keeping case", "carrier", "within"),
    "cases_proposal": ("said", "keeping case", "", "within"),
    "cases_caseanswer": ("said", "keeping case", "", "within"),
    "cases_assignment": ("thing", "keeping case", "carrier", "within"),
    "cases_teamplace": ("thing", "keeping case", "carrier", "within"),
    "cases_cover": ("thing", "keeping case", "carrier", "within"),
    "cases_contactway": ("thing", "keeping case", "carrier", "within"),
    "cases_servicepackage": ("thing", "keeping case", "carrier", "within"),
    "meetings_meeting": ("met", "arranging", "arranger", "within"),
    "meetings_meetingtime": ("met", "arranging", "arranger", "within"),
    "meetings_suggestedtime": ("met", "arranging", "", "within"),
    "meetings_participant": ("met", "arranging", "arranger", "within"),
    "meetings_answer": ("met", "answering", "", "within"),
    "meetings_invitingcall": ("said", "arranging", "", "within"),
    "meetings_meetingnote": ("noted", "arranging", "here", "within"),
    "meetings_agreedthing": ("met", "arranging", "", "within"),
    "meetings_unclearpoint": ("said", "arranging", "arranger", "within"),
    "meetings_appointment": ("task", "here", "known", "within"),
    "plans_step": ("task", "here", "known", "within"),
    "plans_watch": ("thing", "keeping case", "carrier", "within"),
    "plans_stepreport": ("content", "here", "", "within"),
    "imports_doubtfulpair": ("pair", "", "circle", ""),
    "applications_application": ("thing", "author", "handler", "within"),
    "applications_applicationtext": ("part", "here", "writer", "within"),
    "applications_holding": ("thing", "handling", "handler", "within"),
    "applications_informationrequest": ("thing", "here", "handler", "within"),
    "applications_informationanswer": ("part", "here", "", "within"),
    "applications_clockpause": ("thing", "handling", "handler", "within"),
    "applications_forwarding": ("thing", "here", "", "within"),
    "applications_joining": ("together", "receiving", "reception", ""),
    "applications_agendaitem": ("thing", "handling", "handler", "within"),
    "applications_presence": ("thing", "handling", "handler", "within"),
    "applications_disqualification": ("apart", "handling", "handler", ""),
    "applications_view": ("part", "author", "author", "within"),
    "applications_columnentry": ("part", "author", "author", "within"),
    "applications_outcome": ("part", "here", "here", "within"),
    "applications_outcomestep": ("part", "here", "", "within"),
    "applications_outcomeanswer": ("part", "here", "", "within"),
    "applications_telling": ("part", "here", "", "within"),
    "applications_ending": ("part", "here", "here", "within"),
    "applications_consultedperson": ("nobody", "", "", ""),
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
    """One direction: the data of `opened` to the recipients, from a first day through a last.

    A denial shuts its recipients out, or everybody when it names none.
    """

    name: str
    client: str
    unit: Unit
    opened: frozenset[Unit]
    organizations: frozenset[str]
    units: frozenset[Unit]
    days: tuple[date, date | None]
    recorded: Span  # until withdrawn
    recorder: str  # empty: the client or a guardian
    denies: bool = False
    mandate: str = ""  # by which a guardian gave it


class Oneself(NamedTuple):
    """A client's own account, from enrolment until it is ended."""

    name: str
    client: str
    unit: Unit
    span: Span


class Mandate(NamedTuple):
    """A guardian, a client too, acts for a client; `scope` is a register, or all."""

    name: str
    client: str
    guardian: str
    unit: Unit
    scope: str
    days: tuple[date, date | None]
    recorded: Span  # until ended
    denied: Span | None


Seat = Member | Oneself | Mandate


class Withheld(NamedTuple):
    """A row kept from its client, until that is lifted."""

    name: str
    row: str
    unit: Unit
    span: Span


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


class Gathering(NamedTuple):
    """A meeting of a case: from when until cancelled, when it starts, and who is invited."""

    name: str
    called: Span
    starts: datetime
    invited: list[tuple[str, Span]]


class Joint(NamedTuple):
    """A case (yhteisasiakkuus) as it went; each span is when that was so."""

    name: str
    client: str
    unit: Unit
    holder: str
    held: Span  # from the proposal until the worker was named
    ended: datetime | None
    declined: bool  # it ended by the client's "no"
    asked: list[tuple[str, Span]]
    workers: list[tuple[str, Span]]
    interim: list[tuple[str, Span]]
    former: tuple[str, Unit]  # a worker before, for whom the interim stand in
    team: list[tuple[str, Span]]
    covers: list[tuple[str, tuple[date, date]]]
    meetings: list[Gathering]


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
    joints: list[Joint] = field(default_factory=list)
    accounts: list[Oneself] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    protected: set[str] = field(default_factory=set)  # clients under turvakielto
    withheld: list[Withheld] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def seats(self) -> list[Seat]:
        return [*self.members, *self.accounts, *self.mandates]

    @property
    def lasting(self) -> dict[str, Span]:
        """From when to when accounts, mandates and withholdings last, by name."""
        found = {account.name: account.span for account in self.accounts}
        found |= {mandate.name: mandate.recorded for mandate in self.mandates}
        return found | {one.name: one.span for one in self.withheld}
