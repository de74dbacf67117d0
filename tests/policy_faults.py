"""Faults that somebody could write into the policies; the comparison must find them all."""

import json
from collections.abc import Callable
from pathlib import Path

from rinnalla.access.policies import (
    BY_LAW,
    ONESELF,
    OPENED,
    OWN,
    REACH,
    READ,
    SELF,
    SHOWN,
    caused,
    said_of,
    shared,
    standing_in,
)
from tests.replaying import Replay

Fault = Callable[[Replay], None]
# In which world each was last found; written by `bin/drill access --only faults --remember`.
SEEDS = Path(__file__).with_name("fault_seeds.json")
REMEMBERED: dict[str, int] = json.loads(SEEDS.read_text())
PART = f"{READ} or {standing_in('application_id')}"
NARROW = f" or {SELF} or {BY_LAW}"


def function(name: str, *changes: tuple[str, str]) -> Fault:
    """A function with words of its source exchanged."""

    def put(replay: Replay) -> None:
        [[source]] = replay.run("select pg_get_functiondef(%s::regproc)", name)
        replay.connection.execute(_exchanged(source, changes).encode())

    return put


def view(name: str, *changes: tuple[str, str]) -> Fault:
    """A view with words of its definition exchanged."""

    def put(replay: Replay) -> None:
        [[source]] = replay.run("select pg_get_viewdef(%s::regclass)", name)
        changed = _exchanged(source, changes)
        replay.connection.execute(
            f"create or replace view {name} with (security_barrier) as {changed}".encode()
        )

    return put


def policy(name: str, table: str, condition: str, clause: str = "using") -> Fault:
    """A policy with another condition."""
    wrong = said_of(table, condition)

    def put(replay: Replay) -> None:
        replay.connection.execute(f"alter policy {name} on {table} {clause} ({wrong})".encode())

    return put


def statement(*statements: str) -> Fault:
    def put(replay: Replay) -> None:
        for one in statements:
            replay.connection.execute(one.encode())

    return put


def both(*faults: Fault) -> Fault:
    def put(replay: Replay) -> None:
        for fault in faults:
            fault(replay)

    return put


def _exchanged(source: str, changes: tuple[tuple[str, str], ...]) -> str:
    for right, wrong in changes:
        assert right in source, f"{right!r} is not in\n{source}"
        source = source.replace(right, wrong)
    return source


WITHDRAWN = "if p.withdrawn_at is null and p.kind <> 'denial' then"
OPENS = "if p.kind <> 'denial' then"
MINE = "{t}.unit_id = (select unit from access.me)"
ASKED_TOO = ("holder", "asked", "worker", "interim")
FAULTS: dict[str, Fault] = {
    "open in the very second of withdrawal": both(
        function("permits.follow", (WITHDRAWN, OPENS), (
            "(p.ends + 1)::timestamp at time zone 'Europe/Helsinki'",
            "least(p.withdrawn_at, (p.ends + 1)::timestamp at time zone 'Europe/Helsinki')",
        )),
        view("access.my_opening", ("o.ends > rinnalla.now()", "o.ends >= rinnalla.now()")),
    ),
    "withdrawal forgotten": function("permits.follow", (WITHDRAWN, OPENS)),
    "a permit's last day cut off": function("permits.follow", ("(p.ends + 1)", "p.ends")),
    "a permit's last day twice": function("permits.follow", ("(p.ends + 1)", "(p.ends + 2)")),
    "the last day's midnight belongs to it": view(
        "access.my_opening", ("o.ends > rinnalla.now()", "o.ends >= rinnalla.now()")
    ),
    "days that begin at midnight in London": function(
        "permits.follow", ("at time zone 'Europe/Helsinki'", "at time zone 'UTC'")
    ),
    "a permit's beginning ignored": view(
        "access.my_opening", ("o.begins <= rinnalla.now()", "true")
    ),
    "a permit's first moment missed": view(
        "access.my_opening", ("o.begins <= rinnalla.now()", "o.begins < rinnalla.now()")
    ),
    "a permit in the wrong direction": view(
        "access.my_opening",
        ("SELECT o.client,\n    o.unit,", "SELECT o.client,\n    o.recipient_unit AS unit,"),
        ("o.recipient_unit = me.unit", "o.unit = me.unit"),
    ),
    "a permit of another client": policy(
        "basis", "services_visit", READ.replace("o.client = {t}.client_id and ", "")
    ),
    "a permit for one unit opens all": policy(
        "basis", "services_visit", READ.replace(" and o.unit = {t}.unit_id", "")
    ),
    "the circle forgotten": statement("drop policy reach on services_visit"),
    "the condition of a way ignored": view(
        "access.my_circle", ("c.requires IS NULL", "true")
    ),
    "an ended way still counts": view(
        "access.my_circle", ("c.ends IS NULL", "true")
    ),
    "a way counts before it begins": view(
        "access.my_circle", ("c.begins <= rinnalla.now()", "true")
    ),
    "another's way": view(
        "access.my_circle", ("c.membership = me.place", "c.membership is not null")
    ),
    "a work task across registers": function(
        "access.sit", ("and t.register_id = u.register_id", "")
    ),
    "a work task forgotten": policy("basis", "clients_guardian", MINE),
    "a seat after the membership's end": function("access.sit", ("and m.is_open", "")),
    "a seat before the membership's first day": function(
        "access.sit", ("and m.begins <= rinnalla.today()", "")
    ),
    "a protected address by permit": policy(
        "basis", "clients_clientaddress",
        f"{REACH} or (not {{t}}.is_protected and ({ONESELF} or {BY_LAW}))",
    ),
    "a thing of another matter": policy(
        "basis", "applications_application",
        shared("id").replace("c.thing = {t}.id", "true") + NARROW,
    ),
    "who stands in reads every agency's part": policy(
        "basis", "applications_view",
        PART.replace("c.stands_for = {t}.unit_id", "c.stands_for is not null"),
    ),
    "all who share the matter read a view": policy(
        "basis", "applications_view", f"{PART} or {shared('application_id')}"
    ),
    "the disqualified still let in": function(
        "applications.wanted_circle", ("and d.removed_at is null", "and false")
    ),
    "the convener let in before sending": function(
        "applications.wanted_circle", ("m.state not in ('draft', 'discarded')", "true")
    ),
    "the agenda of another team": function(
        "applications.wanted_circle", ("and s.team_id = m.team_id", "")
    ),
    "a seat left and still let in": function(
        "applications.wanted_circle", ("and tm.ended_at is null", "")
    ),
    "an ended matter a day too long": function(
        "applications.wanted_circle", ("::date + 31", "::date + 32")
    ),
    "the team's members need no permit": function(
        "applications.wanted_circle", ("'session', m.unit_id", "'session', null::uuid")
    ),
    "missing WITH CHECK": both(*(
        policy("recording", table, "true", "with check")
        for table in ("plans_step", "permits_permitrequest", "applications_outcome")
    )),
    "a view in another's name": policy("recording", "applications_view", MINE, "with check"),
    "a recorded permit is added to": policy(
        "recording", "permits_permitunit",
        "(select true from permits.mine m where m.permit = {t}.permit_id limit 1)", "with check",
    ),
    "a withdrawn permit is changed": policy("changing", "permits_permit", "true"),
    "whoever reads a matter changes it": both(
        policy("changing", "applications_application", OWN),
        policy("changing", "applications_application", OWN, "with check"),
    ),
    "one of a pair is enough": policy(
        "basis", "imports_doubtfulpair",
        MINE.replace("access.me", "access.me where role = 'intake'"),
    ),
    "the shared screen told of who is out of the room": function(
        "applications.audience", ("where r.requires is null", "where true or r.requires is null")
    ),
    "the shared screen told of an ended permit": function(
        "applications.audience",
        ("and (o.ends is null or o.ends > rinnalla.now())\n             and not", "and not"),
    ),
    "the grid told of another client's permit": function(
        "applications.my_units", ("where mo.client = m.client_id offset 0", "offset 0")
    ),
    "who has not begun told among the readers": function(
        "applications.audience", ("and om.begins <= rinnalla.today()", "")
    ),
    "a denial ignored": view("access.my_opening", ("d.begins <= rinnalla.now()", "false")),
    "a denial of one shuts out all": view(
        "access.my_opening", ("d.organization = me.organization", "true")
    ),
    "a denial of everybody shuts out nobody": view(
        "access.my_opening", ("(num_nonnulls(d.organization, d.recipient_unit) = 0)", "false")
    ),
    "a denial of one unit's data shuts all": view("access.my_opening", ("d.unit = o.unit", "true")),
    "a denial that ended still shuts out": view(
        "access.my_opening", ("d.ends > rinnalla.now()", "true")
    ),
    "a withdrawn denial still shuts out": function(
        "permits.follow", ("elsif p.withdrawn_at is null then", "else")
    ),
    "whom a denial shuts out is told": view(
        "permits.mine", ("((p.kind)::text <> 'denial'::text)", "true")
    ),
    "the agenda heeds no denial": view("access.my_circle", ("d.unit = c.requires", "false")),
    "the shared screen heeds no denial": function(
        "applications.audience", ("d.unit = o.unit", "false")
    ),
    "an account after its end": both(
        function("access.sit_client", ("and a.ended_at is null", "")),
        function("access.follow_seat", ("if new.ended_at is null then", "if true then")),
    ),
    "a guardian whom the client denied": both(
        function("access.mandates_of", ("and m.denied_at is null", "")),
        function("access.follow_seat", ("and new.denied_at is null", "")),
    ),
    "a mandate a day too long": both(
        function("access.mandates_of", ("m.ends >= rinnalla", "m.ends + 1 >= rinnalla")),
        function("access.follow_seat", ("(new.ends + 1)", "(new.ends + 2)")),
    ),
    "who does not hide acts where another hides": function(
        "access.guardian_may", ("(not told.anyone", "(true or not told.anyone")
    ),
    "a guardian beyond the mandate": function(
        "access.sit_client", ("other.scope = 'all'", "other.scope is not null")
    ),
    "a guardian sees what another gave": view(
        "permits.mine", ("p.mandate_id = me.mandate", "true")
    ),
    "a guardian opens data beyond the mandate": policy(
        "recording", "permits_permitunit",
        "(select true from permits.mine m"
        " where m.permit = {t}.permit_id and m.being_recorded limit 1)", "with check",
    ),
    "a withheld row is shown": function("access.is_withheld", ("w.thing = p_thing", "false")),
    "by law also what is withheld": policy(
        "basis", "services_visit", READ.replace(SHOWN, "true")
    ),
    "whoever is around a case reads what the client said": policy(
        "basis", "cases_caseanswer", f"{READ} or {shared('case_id')}"
    ),
    "an outsider answers without a consent": function(
        "cases.wanted_circle", ("u.organization_id <> m.organization_id", "false")
    ),
    "a cover before and after the absence": function(
        "cases.wanted_circle",
        ("v.begins::timestamp at time zone 'Europe/Helsinki'", "null::timestamptz"),
        ("(v.ends + 1)::timestamp at time zone 'Europe/Helsinki'", "null::timestamptz"),
    ),
    "who was a worker still is": function(
        "cases.wanted_circle", ("and a.ended_at is null and a.declined_at is null", "")
    ),
    "a place in the own team for ever": function(
        "cases.wanted_circle", ("and p.ended_at is null", "")
    ),
    "a closed case stays open": function("cases.wanted_circle", ("c.state <> 'closed'", "true")),
    "a no opens a day too long": function(
        "cases.wanted_circle", ("'Europe/Helsinki')::date + 1)", "'Europe/Helsinki')::date + 2)")
    ),
    "who is only asked lets others in": policy(
        "recording", "cases_teamplace", f"{MINE} and {caused('case_id', ASKED_TOO)}", "with check"
    ),
    "whoever reads a case changes it": both(
        policy("changing", "cases_teamplace", OWN),
        policy("changing", "cases_teamplace", OWN, "with check"),
    ),
    "who was invited stays for ever": function(
        "meetings.wanted_circle", ("(w.last + 31)::timestamp", "(w.last + 310)::timestamp")
    ),
    "the circle of a meeting ends a day late": function(
        "meetings.wanted_circle", ("(w.last + 31)::timestamp", "(w.last + 32)::timestamp")
    ),
    "who is no longer invited still comes": function(
        "meetings.wanted_circle", ("and p.ended_at is null", "")
    ),
    "a cancelled meeting still opens": function(
        "meetings.wanted_circle", ("and m.state <> 'cancelled'", "")
    ),
    "a client's no leaves the meetings open": function(
        "meetings.wanted_circle", ("and c.state <> 'declined'", "")
    ),
    "an outsider is invited without a consent": function(
        "meetings.wanted_circle", ("u.organization_id <> m.organization_id", "false")
    ),
    "whoever is around a case reads what was said in a meeting": policy(
        "basis", "meetings_meetingnote", f"{READ} or {shared('case_id')}"
    ),
    "who is invited calls others": policy(
        "recording", "meetings_participant",
        f"{MINE} and {caused('meeting_id', ['meeting'])}", "with check",
    ),
    "a step is read by its unit alone": policy("basis", "plans_step", READ),
    "an officer with a circle": view("access.my_circle", ("'officer'::text", "'nobody'::text")),
    "opened data taken for own": policy("basis", "clients_guardian", f"{OWN} or {OPENED}"),
}  # fmt: skip
