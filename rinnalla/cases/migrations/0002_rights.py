"""A case's holder and worker are open memberships, its circle follows its rows, its people read it."""

from django.db import migrations

from rinnalla.access.policies import (
    BY_LAW,
    READ,
    SELF,
    caused,
    client_table,
    for_job,
    plain,
    shared,
    standing_in,
)

PARTS = (
    "caseholding", "proposal", "caseanswer", "assignment", "teamplace", "cover", "contactway",
)  # fmt: skip
MEMBERS = "references organizations_membership (id, is_open) deferrable initially deferred"

# Guarantee 1: whoever writes it, and however, it holds at commit.
WORKER = [
    "alter table cases_case add constraint case_with_client unique (id, client_id)",
    "alter table cases_case add constraint holder_of_a_case_is_open"
    f" foreign key (holder_id, needs_open_holder) {MEMBERS}",
    "alter table cases_assignment add constraint responsible_worker_is_open"
    f" foreign key (membership_id, needs_open_membership) {MEMBERS}",
    "alter table cases_teamplace add constraint own_team_is_open"
    f" foreign key (membership_id, needs_open_membership) {MEMBERS}",
    "alter table cases_cover add constraint cover_is_open"
    f" foreign key (membership_id, needs_open_membership) {MEMBERS}",
    "alter table cases_case add constraint active_case_points_at_an_open_assignment"
    " foreign key (worker_id, id, needs_worker)"
    " references cases_assignment (id, case_id, is_open) deferrable initially deferred",
    *(
        f"alter table cases_{part} add constraint {part}_of_its_client"
        " foreign key (case_id, client_id) references cases_case (id, client_id)"
        for part in PARTS
    ),
]
NO_WORKER = [
    *(f"alter table cases_{part} drop constraint {part}_of_its_client" for part in PARTS),
    "alter table cases_case drop constraint active_case_points_at_an_open_assignment",
    "alter table cases_cover drop constraint cover_is_open",
    "alter table cases_teamplace drop constraint own_team_is_open",
    "alter table cases_assignment drop constraint responsible_worker_is_open",
    "alter table cases_case drop constraint holder_of_a_case_is_open",
    "alter table cases_case drop constraint case_with_client",
]

CIRCLE = """
create schema cases;
grant usage on schema cases to rinnalla_app, rinnalla_worker;

-- What was once named stays named: no case goes back to where it needs no worker.
create function cases.stay_named() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
    if old.named_at is not null and new.named_at is distinct from old.named_at then
        raise exception 'a named case stays named' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger a_named_case_stays_named before update on cases_case
    for each row execute function cases.stay_named();

-- Who should be in the circle by this case, as its rows say it now: open memberships only. Somebody
-- of another organization answers for a client only while a consent opens the case to them.
create function cases.wanted_circle(p_case uuid)
returns table (membership uuid, cause text, requires uuid, stands_for uuid,
               begins timestamptz, ends timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    with matter as (
        -- Through the day of a "no" the one who recorded it can still take a mistake back.
        select c.*, u.organization_id, case when c.state = 'declined'
               then ((c.ended_at at time zone 'Europe/Helsinki')::date + 1)::timestamp
                    at time zone 'Europe/Helsinki' end as until
        from cases_case c
        join organizations_unit u on u.id = c.unit_id
        where c.id = p_case and c.state <> 'closed'
    ), holders as (
        select m.holder_id as membership, case when m.holder_is_interim then 'interim'
               else 'holder' end as cause, m.until,
               (select om.unit_id from cases_caseholding h
                join organizations_membership om on om.id = h.membership_id
                where m.holder_is_interim and h.case_id = m.id and not h.is_interim
                order by h.began_at desc limit 1) as stands_for
        from matter m where m.state in ('proposed', 'agreed', 'declined')
    ), workers as (
        select a.membership_id as membership,
               case when a.accepted_at is null then 'asked'
                    when a.is_interim then 'interim' else 'worker' end as cause,
               (select om.unit_id from cases_assignment b
                join organizations_membership om on om.id = b.membership_id
                where a.is_interim and b.case_id = a.case_id and not b.is_interim
                  and b.accepted_at is not null and b.ended_at is not null
                order by b.ended_at desc limit 1) as stands_for
        from matter m
        join cases_assignment a on a.case_id = m.id and a.ended_at is null and a.declined_at is null
        where m.state <> 'declined'
    ), wanted (membership, cause, stands_for, begins, ends, needs_consent) as (
        select h.membership, h.cause, h.stands_for, null::timestamptz, h.until, false
        from holders h
        union all
        select w.membership, w.cause, w.stands_for, null, null, true from workers w
        union all
        select p.membership_id, 'own_team', null, null, null, false
        from matter m join cases_teamplace p on p.case_id = m.id and p.ended_at is null
        where p.membership_id is not null and m.state <> 'declined'
        union all
        select v.membership_id, 'cover', null,
               v.begins::timestamp at time zone 'Europe/Helsinki',
               (v.ends + 1)::timestamp at time zone 'Europe/Helsinki', true
        from matter m
        join cases_cover v on v.case_id = m.id and v.ended_at is null
        join cases_assignment a on a.id = v.assignment_id and a.is_open
        where v.ends >= rinnalla.today() and m.state <> 'declined'
    )
    select w.membership, w.cause,
           case when w.needs_consent and u.organization_id <> m.organization_id
                then m.unit_id end,
           w.stands_for, w.begins, w.ends
    from wanted w
    cross join matter m
    join organizations_membership om on om.id = w.membership and om.is_open
    join organizations_unit u on u.id = om.unit_id
$$;
revoke all on function cases.wanted_circle from public;

-- Makes the circle be what the case's rows say, and leaves a trace of what was opened and closed.
create function cases.follow(p_case uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    its_client uuid;
    changed integer := 0;
    n integer;
begin
    select client_id into its_client from cases_case where id = p_case;
    if its_client is null then
        raise exception 'no such case' using errcode = 'insufficient_privilege';
    end if;
    delete from access.circle c where c.thing = p_case
        and not exists (select from cases.wanted_circle(p_case) w
                        where w.membership = c.membership and w.cause = c.cause
                          and w.requires is not distinct from c.requires);
    get diagnostics changed = row_count;
    insert into access.circle
           (client, membership, cause, thing, requires, stands_for, begins, ends)
    select distinct on (w.membership, w.cause) its_client, w.membership, w.cause, p_case,
           w.requires, w.stands_for, coalesce(w.begins, rinnalla.now()), w.ends
    from cases.wanted_circle(p_case) w
    order by w.membership, w.cause, w.begins
    on conflict on constraint one_way_a_cause
        do update set ends = excluded.ends, stands_for = excluded.stands_for,
                      begins = case when excluded.cause = 'cover' then excluded.begins
                                    else access.circle.begins end
        where (access.circle.ends, access.circle.stands_for)
              is distinct from (excluded.ends, excluded.stands_for)
           or (excluded.cause = 'cover' and access.circle.begins <> excluded.begins);
    get diagnostics n = row_count;
    if changed + n > 0 then
        if exists (select from access.me) then
            perform access.record_act('circle.followed', 'case', p_case, array[its_client], null);
        else
            perform rinnalla.write_entry('circle.followed', null, null, session_user::text,
                'case', p_case, null, array[its_client], array['process']);
        end if;
    end if;
end $$;
revoke all on function cases.follow from public;
grant execute on function cases.follow to rinnalla_app, rinnalla_worker;

-- Whether the actor works with every client of the case: it is read and changed whole, or not.
create function cases.is_whole(p_joint uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from cases_case c where c.joint = p_joint)
       and not exists (
        select from cases_case c
        where c.joint = p_joint and c.state in ('proposed', 'agreed', 'active')
          and not exists (select from access.my_circle m
                          where m.client = c.client_id and not m.narrow))
$$;
revoke all on function cases.is_whole from public;
grant execute on function cases.is_whole to rinnalla_app;

-- Whether the member could answer for the client: of the case's own organization, or of one to which
-- a permit in force opens the case.
create function cases.reaches(p_case uuid, p_membership uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from cases_case c
        join organizations_unit h on h.id = c.unit_id
        join organizations_membership m on m.id = p_membership and m.is_open
        join organizations_unit u on u.id = m.unit_id
        where c.id = p_case
          and exists (select from access.my_circle w where w.client = c.client_id and w.thing = c.id)
          and (u.organization_id = h.organization_id
               or (exists (select from access.opening o
                           where o.client = c.client_id and o.unit = c.unit_id
                             and (o.organization = u.organization_id or o.recipient_unit = u.id)
                             and o.begins <= rinnalla.now()
                             and (o.ends is null or o.ends > rinnalla.now()))
                   and not exists (
                        select from access.denial d
                        where d.client = c.client_id and d.unit = c.unit_id
                          and d.begins <= rinnalla.now()
                          and (d.ends is null or d.ends > rinnalla.now())
                          and (num_nonnulls(d.organization, d.recipient_unit) = 0
                               or d.organization = u.organization_id
                               or d.recipient_unit = u.id)))))
$$;
revoke all on function cases.reaches from public;
grant execute on function cases.reaches to rinnalla_app;
"""

# Who carries a case: holds it, is asked to, is its worker, or stands in for one of these.
CARRIERS = ["holder", "asked", "worker", "interim"]
CASE = f"{shared('id')} or {SELF} or {BY_LAW}"
THING = f"{shared('case_id')} or {SELF} or {BY_LAW}"
# What the client said goes with the case to whoever carries it, and to nobody else of its circle.
SAID = f"{READ} or {caused('case_id', CARRIERS)}"
HERE = "{t}.unit_id = (select unit from access.me)"
CARRIER = caused("case_id", CARRIERS)
# Who is only asked changes what accepting changes, and lets nobody else in.
KEEPERS = ["holder", "worker", "interim"]
KEEPING = f"{HERE} and {caused('case_id', KEEPERS)}"
NOW = "not {t}.is_interim and {t}.began_at = rinnalla.now()"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
        ("access", "0017_guardian_note"),
    ]

    operations = [
        migrations.RunSQL(WORKER, NO_WORKER),
        migrations.RunSQL(
            CIRCLE, ["drop trigger a_named_case_stays_named on cases_case",
                     "drop schema cases cascade"]
        ),
        client_table(
            "cases_case",
            CASE,
            insert=f"{HERE} and not {{t}}.holder_is_interim"
            " and {t}.holder_id = (select membership from access.me)",
            update=caused("id", CARRIERS),
            columns=[
                *("state", "holder_id", "holder_is_interim", "worker_id", "pair_open_by"),
                *("agreed_at", "named_at", "ended_at"),
            ],
        ),
        client_table(
            "cases_caseholding", THING, insert=f"{KEEPING} and {NOW}", update=CARRIER,
            columns=["ended_at"],
        ),
        client_table("cases_proposal", SAID, insert=KEEPING),
        client_table("cases_caseanswer", SAID, insert=KEEPING),
        client_table(
            "cases_assignment",
            THING,
            insert=f"{KEEPING} and not {{t}}.is_interim",
            update=CARRIER,
            columns=[
                *("is_first_contact", "agreed_on", "agree_by", "accepted_at", "declined_at"),
                *("decline_reason", "ended_at", "told_on", "told_way"),
            ],
        ),
        client_table(
            "cases_teamplace", THING, insert=KEEPING, update=CARRIER, columns=["ended_at"]
        ),
        client_table("cases_cover", THING, insert=KEEPING, update=CARRIER, columns=["ended_at"]),
        client_table(
            "cases_contactway", THING, insert=KEEPING, update=CARRIER, columns=["ended_at"]
        ),
        for_job("rinnalla_worker", "cases_case", "select, update"),
        *(
            for_job("rinnalla_worker", f"cases_{part}", "select, insert, update")
            for part in ("caseholding", "assignment")
        ),
        *(
            for_job("rinnalla_worker", f"cases_{part}", "select, update")
            for part in ("teamplace", "cover", "contactway")
        ),
        plain("cases_load", app="select", worker="select, insert, update, delete"),
    ]
