"""Who is in an application's circle, who holds it, and who reads and changes which part of it."""

from django.db import migrations

from rinnalla.access.policies import REACH, caused, client_owned, for_job, shared, standing_in

HOLDER = """
alter table applications_application add constraint holder_is_an_open_member
    foreign key (holder_id, needs_open_holder) references organizations_membership (id, is_open)
    deferrable initially deferred;
"""

# A part is of its application's client: otherwise who works with one client could put another's
# application on an agenda, and so open it.
PARTS = (
    "applicationtext", "holding", "informationrequest", "informationanswer", "forwarding",
    "agendaitem", "presence", "disqualification", "view", "columnentry", "outcome", "outcomestep",
    "outcomeanswer", "telling", "ending",
)  # fmt: skip
KEY = "application_with_client"
ONE_CLIENT = [
    f"alter table applications_application add constraint {KEY} unique (id, client_id)",
    *(
        f"alter table applications_{part} add constraint {part}_of_its_client"
        " foreign key (application_id, client_id)"
        " references applications_application (id, client_id)"
        for part in PARTS
    ),
]
MANY_CLIENTS = [
    *(f"alter table applications_{part} drop constraint {part}_of_its_client" for part in PARTS),
    f"alter table applications_application drop constraint {KEY}",
]

CIRCLE = """
create schema applications;
grant usage on schema applications to rinnalla_app, rinnalla_worker, rinnalla_import;

-- Who should be in the circle by this application, as its rows say it now: open memberships only.
create function applications.wanted_circle(p_application uuid)
returns table (membership uuid, cause text, requires uuid, stands_for uuid, ends timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    with matter as (
        select a.*, case when a.state in ('ended', 'discarded')
                         then ((a.ended_at at time zone 'Europe/Helsinki')::date + 31)::timestamp
                              at time zone 'Europe/Helsinki' end as until
        from applications_application a where a.id = p_application
    ), wanted (membership, cause, requires, stands_for, until) as (
    select m.referrer_id, 'referrer', null::uuid, null::uuid, m.until from matter m
    union all
    select t.convener_id, 'reception', null, null, m.until
    from matter m join organizations_team t on t.id = m.team_id
    where m.state not in ('draft', 'discarded')
    union all
    select tm.membership_id, 'session', m.unit_id, null, m.until
    from matter m
    join applications_agendaitem i on i.application_id = m.id and i.removed_at is null
    join organizations_teamsession s on s.id = i.session_id and s.team_id = m.team_id
    join organizations_teamseat ts on ts.team_id = m.team_id
    join organizations_teammember tm on tm.seat_id = ts.id and tm.ended_at is null
    join organizations_membership om on om.id = tm.membership_id and om.is_open
    join organizations_team t on t.id = m.team_id
    where m.state not in ('draft', 'discarded') and tm.membership_id <> t.convener_id
      and not exists (select from applications_disqualification d
                      where d.application_id = m.id and d.membership_id = tm.membership_id
                        and d.removed_at is null)
    union all
    select m.holder_id, 'interim', null,
           (select om.unit_id from applications_holding h
            join organizations_membership om on om.id = h.membership_id
            where h.application_id = m.id and not h.is_interim
            order by h.began_at desc limit 1),
           m.until
    from matter m where m.holder_is_interim
    )
    select w.membership, w.cause, w.requires, w.stands_for, w.until
    from wanted w join organizations_membership om on om.id = w.membership and om.is_open
$$;
revoke all on function applications.wanted_circle from public;

-- Makes the circle be what the application's rows say, and leaves a trace of what was opened and closed.
create function applications.follow(p_application uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    its_client uuid;
    changed integer := 0;
    n integer;
begin
    select client_id into its_client from applications_application where id = p_application;
    if its_client is null then
        raise exception 'no such application' using errcode = 'insufficient_privilege';
    end if;
    delete from access.circle c where c.thing = p_application
        and not exists (select from applications.wanted_circle(p_application) w
                        where w.membership = c.membership and w.cause = c.cause);
    get diagnostics changed = row_count;
    insert into access.circle
           (client, membership, cause, thing, requires, stands_for, begins, ends)
    select distinct on (w.membership, w.cause) its_client, w.membership, w.cause, p_application,
           w.requires, w.stands_for, rinnalla.now(), w.ends
    from applications.wanted_circle(p_application) w
    on conflict on constraint one_way_a_cause
        do update set ends = excluded.ends, stands_for = excluded.stands_for
        where (access.circle.ends, access.circle.stands_for)
              is distinct from (excluded.ends, excluded.stands_for);
    get diagnostics n = row_count;
    if changed + n > 0 then
        if exists (select from access.me) then
            perform access.record_act('circle.followed', 'application', p_application,
                                      array[its_client], null);
        else
            perform rinnalla.write_entry('circle.followed', null, null, session_user::text,
                'application', p_application, null, array[its_client], array['process']);
        end if;
    end if;
end $$;
revoke all on function applications.follow from public;
grant execute on function applications.follow to rinnalla_app, rinnalla_worker, rinnalla_import;

-- A member's agenda: the numbers of all open items of the sessions of one's teams, without a client.
create function applications.agenda_numbers(p_session uuid)
returns table (number smallint, handled boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select i.number, i.handled_at is not null
    from applications_agendaitem i
    join organizations_teamsession s on s.id = i.session_id
    where i.session_id = p_session and i.removed_at is null
      and exists (select from access.me
                  join organizations_team t on t.id = s.team_id
                  where t.convener_id = me.membership
                     or exists (select from organizations_teammember tm
                                join organizations_teamseat ts on ts.id = tm.seat_id
                                where ts.team_id = t.id and tm.membership_id = me.membership
                                  and tm.ended_at is null))
    order by i.number
$$;
revoke all on function applications.agenda_numbers from public;
grant execute on function applications.agenda_numbers to rinnalla_app;

-- The next number of an agenda, also past items that the actor does not see.
create function applications.next_number(p_session uuid) returns smallint
language sql stable security definer set search_path = public, pg_temp as $$
    select (coalesce(max(number), 0) + 1)::smallint
    from applications_agendaitem where session_id = p_session
$$;
revoke all on function applications.next_number from public;
grant execute on function applications.next_number to rinnalla_app;

-- Which units' data of the application's client a member of its session may read: for the convener's
-- computed audience and for the shared screen. Null rows never: a member out of the room has none.
create function applications.audience(p_application uuid)
returns table (membership uuid, unit uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    with matter as (
        select a.id, a.client_id, a.unit_id, a.team_id from applications_application a
        where a.id = p_application
          and exists (select from access.my_circle c
                      where c.client = a.client_id and c.thing = a.id)
    ), members as (
        select distinct c.membership, c.requires, u.id as unit, u.organization_id as organization,
               u.register_id as register, om.work_task_id
        from matter m
        join access.circle c on c.thing = m.id and c.client = m.client_id
             and c.begins <= rinnalla.now() and (c.ends is null or c.ends > rinnalla.now())
        join organizations_membership om on om.id = c.membership and om.is_open
        join organizations_unit u on u.id = om.unit_id
    ), readable as (
        select b.membership, b.requires, b.unit as readable from members b
        union
        select b.membership, b.requires, t.id
        from members b
        join organizations_worktask_units wu on wu.worktask_id = b.work_task_id
        join organizations_unit t on t.id = wu.unit_id and t.register_id = b.register
        union
        select b.membership, b.requires, o.unit
        from members b join matter m on true
        join access.opening o on o.client = m.client_id
             and (o.organization = b.organization or o.recipient_unit = b.unit)
             and o.begins <= rinnalla.now() and (o.ends is null or o.ends > rinnalla.now())
    )
    select distinct r.membership, r.readable from readable r
    where r.requires is null
       or exists (select from readable k
                  where k.membership = r.membership and k.readable = r.requires)
$$;
revoke all on function applications.audience from public;
grant execute on function applications.audience to rinnalla_app;
"""

# What belongs to an application is read by reach; who holds it for another reads the part that
# the other's unit recorded, and no other agency's.
PART = f"{REACH} or {standing_in('application_id')}"
THING = shared("application_id")
MATTER = shared("id")
ITS_HANDLERS = caused("id", ["referrer", "reception", "interim"])
THEIR_HANDLERS = caused("application_id", ["referrer", "reception", "interim"])
HANDLING = f"{{t}}.unit_id = (select unit from access.me) and {THEIR_HANDLERS}"
AUTHOR = "{t}.membership_id = (select membership from access.me)"
RECORDED_HERE = "{t}.unit_id = (select unit from access.me)"


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0001_initial"),
        ("access", "0002_rights_below"),
        ("plans", "0002_rights"),
        ("permits", "0002_rights"),
    ]

    operations = [
        migrations.RunSQL(
            HOLDER,
            "alter table applications_application drop constraint holder_is_an_open_member",
        ),
        migrations.RunSQL(ONE_CLIENT, MANY_CLIENTS),
        migrations.RunSQL(CIRCLE, "drop schema applications cascade"),
        client_owned(
            "applications_application",
            MATTER,
            insert=f"{RECORDED_HERE} and not {{t}}.holder_is_interim"
            " and {t}.referrer_id = (select membership from access.me)",
            update=ITS_HANDLERS,
            columns=[
                *("state", "team_id", "holder_id", "holder_is_interim"),
                *("sent_at", "received_at", "consulted_at", "ended_at"),
            ],
        ),
        client_owned(
            "applications_applicationtext",
            PART,
            update=f"{RECORDED_HERE} and {caused('application_id', ['referrer', 'interim'])}",
            columns=[
                *("question", "wish", "situation", "tried", "involved", "reaching"),
                *("support_needed", "urgency", "agreed", "updated_at", "version"),
            ],
        ),
        client_owned(
            "applications_holding",
            THING,
            insert=HANDLING,
            update=THEIR_HANDLERS,
            columns=["ended_at"],
        ),
        client_owned(
            "applications_informationrequest",
            THING,
            update=THEIR_HANDLERS,
            columns=["answered_at"],
        ),
        client_owned("applications_informationanswer", PART),
        client_owned("applications_forwarding", THING),
        client_owned(
            "applications_agendaitem",
            THING,
            insert=HANDLING,
            update=THEIR_HANDLERS,
            columns=["removed_at", "handled_at"],
        ),
        client_owned(
            "applications_presence",
            THING,
            insert=HANDLING,
            update=THEIR_HANDLERS,
            columns=["removed_at"],
        ),
        client_owned(
            "applications_disqualification",
            THING,
            insert=HANDLING,
            update=THEIR_HANDLERS,
            columns=["removed_at"],
        ),
        client_owned(
            "applications_view",
            PART,
            insert=f"{RECORDED_HERE} and {AUTHOR}",
            update=AUTHOR,
            columns=["text", "saved_at", "version"],
        ),
        client_owned(
            "applications_columnentry",
            PART,
            insert=f"{RECORDED_HERE} and {AUTHOR}",
            update=AUTHOR,
            columns=["removed_at"],
        ),
        client_owned(
            "applications_outcome", PART, update=RECORDED_HERE, columns=["recalled_at"]
        ),
        client_owned("applications_outcomestep", PART),
        client_owned("applications_outcomeanswer", PART),
        client_owned("applications_telling", PART),
        client_owned("applications_ending", PART, update=RECORDED_HERE, columns=["undone_at"]),
        for_job("rinnalla_worker", "applications_application", "select, update"),
        for_job("rinnalla_worker", "applications_holding", "select, insert, update"),
        for_job("rinnalla_import", "applications_application", "select"),
    ]
