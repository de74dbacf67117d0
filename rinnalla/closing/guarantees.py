"""Whether the guarantees hold on the data as it is: rows that break one, none in a sound database.

Constraints keep nearly all of this; the command says so in the county's own database, and finds
what a restored dump or a disabled trigger let in.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

CHECKS = {
    "a matter without an open holder": """
        select a.id from applications_application a
        left join organizations_membership m on m.id = a.holder_id and m.is_open
        where a.state not in ('ended', 'discarded') and m.id is null
    """,
    "a case without an open holder before its naming": """
        select c.id from cases_case c
        left join organizations_membership m on m.id = c.holder_id and m.is_open
        where c.state in ('proposed', 'agreed') and m.id is null
    """,
    "an active case without an open responsible worker": """
        select c.id from cases_case c
        left join cases_assignment a on a.id = c.worker_id and a.case_id = c.id and a.is_open
        left join organizations_membership m on m.id = a.membership_id and m.is_open
        where c.state = 'active' and m.id is null
    """,
    "an active case without a first contact, or with two": """
        select c.id from cases_case c
        where c.state = 'active' and 1 <> (
            select count(*) from cases_assignment a
            where a.case_id = c.id and a.is_open and a.is_first_contact)
    """,
    "somebody is asked whose membership has ended": """
        select a.id from cases_assignment a
        join organizations_membership m on m.id = a.membership_id and not m.is_open
        where a.ended_at is null and a.declined_at is null
    """,
    "a step in force without an open professional": """
        select s.id from plans_step s
        left join organizations_membership o on o.id = s.owner_id and o.is_open
        left join organizations_membership w on w.id = s.watcher_id and w.is_open
        where s.state in ('agreed', 'started') and o.id is null and w.id is null
    """,
    "an agreed end in force without a watch and its step": """
        select p.id from cases_servicepackage p
        left join plans_watch w on w.package_id = p.id and w.in_force and w.ends_on = p.ends
        left join plans_step s on s.id = w.step_id and s.needs_open and s.due = w.check_on
        where p.ended_at is null and s.id is null
    """,
    "an appointment to come that nobody minds": """
        select a.id from meetings_appointment a
        left join organizations_membership m on m.id = a.minder_id and m.is_open
        join plans_step s on s.id = a.step_id and s.state in ('agreed', 'started')
        where a.ended_at is null and a.happened = '' and m.id is null
    """,
    "a unit's manager whose membership has ended": """
        select u.id from organizations_unit u
        join organizations_membership m on m.id = u.manager_id and not m.is_open
    """,
    "a table of clients without row security": """
        select c.relname from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and not c.relrowsecurity and c.relname <> 'journal_entrysubject'
          and exists (select from pg_attribute a where a.attrelid = c.oid
                      and a.attname = 'client_id' and not a.attisdropped)
    """,
    "a guarantee's constraint that is not there": """
        select wanted from unnest(array[
            'holder_is_an_open_member', 'holder_of_a_case_is_open', 'responsible_worker_is_open',
            'an_active_case_has_a_responsible_worker', 'a_case_is_active_by_naming',
            'active_case_points_at_an_open_assignment', 'step_owner_is_open',
            'step_watcher_is_open',
            'a_package_in_force_is_watched', 'a_watch_has_its_step_on_its_day',
            'a_watch_is_of_an_end_in_force', 'appointment_is_minded'
        ]) wanted where not exists (select from pg_constraint k where k.conname = wanted
                                    and k.convalidated)
    """,
    "a trigger that is switched off": """
        select t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where not t.tgisinternal and t.tgenabled = 'D'
          and c.relnamespace in ('public'::regnamespace, 'rinnalla'::regnamespace)
    """,
}


@dataclass(frozen=True)
class Broken:
    """A row that breaks a guarantee, by its key or name."""

    what: str
    row: str


def broken() -> Iterator[Broken]:
    """Everything that breaks a guarantee now."""
    with connection.cursor() as cursor:
        for what, query in CHECKS.items():
            cursor.execute(query)
            for (row,) in cursor.fetchall():
                yield Broken(what, str(row))
