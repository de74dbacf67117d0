"""A client, and a guardian within a mandate, sit as themselves, by the same proof as a member.

The circle's rows of an account or a mandate bear its key in place of a membership's, so that what
ends by an act is deleted there too, and one view feeds the policies of every kind of seat.
"""

from django.db import migrations

SEAT = """
alter table access.seat
    alter column membership drop not null,
    alter column unit drop not null,
    alter column organization drop not null,
    add column kind text not null default 'member',
    -- Under which key the circle knows the seat: a membership, a client's account, a mandate.
    add column place uuid,
    add column client uuid,
    add column mandate uuid,
    -- The units whose records a guardian's mandate reaches.
    add column within uuid[] not null default '{}',
    add check (kind in ('member', 'client', 'guardian')),
    add check ((kind = 'member') = (membership is not null and client is null)),
    add check ((kind = 'guardian') = (mandate is not null));
create index circle_by_narrow_way on access.circle (membership)
    where cause in ('law', 'self', 'mandate');

create or replace view access.me with (security_barrier) as
    select membership, account, unit, organization, units, role, kind, client, mandate, within
    from access.seat
    where pid = pg_backend_pid() and xact = pg_current_xact_id_if_assigned();

-- What the client denied: a unit's data to an organization, to a unit, or (neither) to everybody.
create table access.denial (
    id uuid primary key default rinnalla.uuid7(),
    client uuid not null,
    unit uuid not null,
    organization uuid,
    recipient_unit uuid,
    permit uuid not null,
    begins timestamptz not null,
    ends timestamptz,
    check (num_nonnulls(organization, recipient_unit) <= 1)
);
create index denial_by_client on access.denial (client, unit);
create index denial_by_permit on access.denial (permit);

create or replace view access.my_opening with (security_barrier) as
    select o.client, o.unit, o.permit, o.begins, o.ends
    from access.seat me
    join access.opening o on o.organization = me.organization or o.recipient_unit = me.unit
    where me.pid = pg_backend_pid() and me.xact = pg_current_xact_id_if_assigned()
      and o.begins <= rinnalla.now() and (o.ends is null or o.ends > rinnalla.now())
      and not exists (
        select from access.denial d
        where d.client = o.client and d.unit = o.unit
          and d.begins <= rinnalla.now() and (d.ends is null or d.ends > rinnalla.now())
          and (num_nonnulls(d.organization, d.recipient_unit) = 0
               or d.organization = me.organization or d.recipient_unit = me.unit));

-- `narrow`: a way on which a withheld row is not met (by law, oneself, a mandate).
create or replace view access.my_circle with (security_barrier) as
    select c.client, c.cause, c.thing, c.begins, c.ends, c.stands_for,
           c.cause in ('law', 'self', 'mandate') as narrow
    from access.seat me
    join access.circle c on c.membership = me.place
    where me.pid = pg_backend_pid() and me.xact = pg_current_xact_id_if_assigned()
      and c.begins <= rinnalla.now() and (c.ends is null or c.ends > rinnalla.now())
      and (c.requires is null or c.requires = me.unit or c.requires = any (me.units)
           or exists (select from access.opening o
                      where o.client = c.client and o.unit = c.requires
                        and (o.organization = me.organization or o.recipient_unit = me.unit)
                        and o.begins <= rinnalla.now()
                        and (o.ends is null or o.ends > rinnalla.now()))
              and not exists (
                    select from access.denial d
                    where d.client = c.client and d.unit = c.requires
                      and d.begins <= rinnalla.now()
                      and (d.ends is null or d.ends > rinnalla.now())
                      and (num_nonnulls(d.organization, d.recipient_unit) = 0
                           or d.organization = me.organization or d.recipient_unit = me.unit)));

-- The few clients whom the seat reaches by a narrow way, found without reading its whole circle.
create view access.my_narrow with (security_barrier) as
    select c.client, c.cause
    from access.seat me
    join access.circle c on c.membership = me.place and c.cause in ('law', 'self', 'mandate')
    where me.pid = pg_backend_pid() and me.xact = pg_current_xact_id_if_assigned()
      and c.begins <= rinnalla.now() and (c.ends is null or c.ends > rinnalla.now());
grant select on access.my_narrow to rinnalla_app;

-- Whether a row is kept from its client; asked of rows one by one, so that nobody reads the list.
create function access.is_withheld(p_table text, p_thing uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from access_withholding w
                   where w.thing = p_thing and w."table" = p_table and w.lifted_at is null)
$$;
revoke all on function access.is_withheld from public;
grant execute on function access.is_withheld to rinnalla_app;
"""

SIT = """
-- Refuses what was not signed with the key, is older than a minute, or is not the newest here.
create function access.prove(p_message text, p_at bigint, p_proof bytea) returns void
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    proven boolean;
begin
    select p_proof = sha256(k.outer_pad || sha256(k.inner_pad || convert_to(p_message, 'UTF8')))
    into proven from access.seat_key k;
    if proven is not true
       or abs(extract(epoch from clock_timestamp()) * 1000000 - p_at) > 60000000
       or exists (select from access.seat s where s.pid = pg_backend_pid() and s.proven_at >= p_at) then
        raise exception 'actor not proven' using errcode = 'insufficient_privilege';
    end if;
end $$;
revoke all on function access.prove from public;

create or replace function access.sit(p_membership uuid, p_account uuid, p_at bigint, p_proof bytea)
returns table (now timestamptz, unit uuid, organization uuid, role text, title text, phone text,
               first_name text, last_name text, unit_name text, organization_name text,
               unit_code text, memberships bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    own_units uuid[];
begin
    perform access.prove(concat_ws('|', p_membership, p_account, pg_backend_pid(), p_at), p_at, p_proof);
    select array_agg(wu.unit_id) into own_units
    from organizations_membership m
    join organizations_unit u on u.id = m.unit_id
    join organizations_worktask_units wu on wu.worktask_id = m.work_task_id
    join organizations_unit t on t.id = wu.unit_id and t.register_id = u.register_id
    where m.id = p_membership;
    insert into access.seat as s
           (pid, xact, kind, place, membership, account, unit, organization, units, role, proven_at)
    select pg_backend_pid(), pg_current_xact_id(), 'member', m.id, m.id, m.user_id, u.id,
           u.organization_id, coalesce(own_units, '{}'), m.role, p_at
    from organizations_membership m
    join organizations_unit u on u.id = m.unit_id
    join accounts_user a on a.id = m.user_id
    where m.id = p_membership and m.user_id = p_account and m.is_open and a.is_active
      and m.begins <= rinnalla.today()
    on conflict (pid) do update set
        xact = excluded.xact, kind = excluded.kind, place = excluded.place,
        membership = excluded.membership, account = excluded.account, unit = excluded.unit,
        organization = excluded.organization, units = excluded.units, role = excluded.role,
        client = null, mandate = null, within = '{}', proven_at = excluded.proven_at;
    if not found then
        perform access.stand();
        return;
    end if;
    return query
    select rinnalla.now(), u.id, o.id, m.role::text, m.title::text, m.phone::text,
           a.first_name::text, a.last_name::text, u.name::text, o.name::text, u.code::text,
           (select count(*) from organizations_membership other
            where other.user_id = m.user_id and other.is_open)
    from organizations_membership m
    join organizations_unit u on u.id = m.unit_id
    join organizations_organization o on o.id = u.organization_id
    join accounts_user a on a.id = m.user_id
    where m.id = p_membership;
end $$;

-- Whether a protected address in the family lets this guardian act: nobody for a protected child;
-- when some guardians are protected and some not, only those who are; none when all are.
create function access.guardian_may(p_client uuid, p_guardian uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    with guardians as (
        select g.guardian_id as guardian from clients_guardian g
        where g.client_id = p_client and g.guardian_id is not null
        union
        select m.guardian_id from access_mandate m
        where m.client_id = p_client and m.ended_at is null
    ), told as (
        select bool_or(c.is_protected) as anyone, bool_and(c.is_protected) as everyone
        from guardians g join clients_client c on c.id = g.guardian
    )
    select not child.is_protected
           and (not told.anyone or (not told.everyone and own.is_protected))
    from told, clients_client child, clients_client own
    where child.id = p_client and own.id = p_guardian
$$;
revoke all on function access.guardian_may from public;

-- The mandates that let a guardian sit now.
create function access.mandates_of(p_guardian uuid)
returns table (mandate uuid, client uuid, scope text)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.id, m.client_id, m.scope::text
    from access_mandate m
    where m.guardian_id = p_guardian and m.ended_at is null and m.denied_at is null
      and m.begins <= rinnalla.today() and (m.ends is null or m.ends >= rinnalla.today())
      and access.guardian_may(m.client_id, m.guardian_id)
$$;
revoke all on function access.mandates_of from public;

-- Seats an account as the client whose it is (p_client may be null: whoever that is), or as the
-- guardian of another within a mandate. Whatever is missing, the answer is no row.
create function access.sit_client(
    p_client uuid, p_account uuid, p_mandate uuid, p_at bigint, p_proof bytea
) returns table (client uuid, kind text, now timestamptz, name text, client_name text, language text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    own record;
    other record;
begin
    perform access.prove(
        'client|' || concat_ws('|', coalesce(p_client::text, ''), p_account,
                               coalesce(p_mandate::text, ''), pg_backend_pid(), p_at),
        p_at, p_proof);
    select a.id, a.client_id into own
    from access_clientaccount a join accounts_user u on u.id = a.account_id and u.is_active
    where a.account_id = p_account and a.ended_at is null;
    select m.mandate, m.client, m.scope into other
    from access.mandates_of(own.client_id) m where m.mandate = p_mandate and m.client = p_client;
    if own.id is null
       or (p_mandate is null and own.client_id <> coalesce(p_client, own.client_id))
       or (p_mandate is not null and other.mandate is null) then
        perform access.stand();
        return;
    end if;
    insert into access.seat as s
           (pid, xact, kind, place, account, units, role, client, mandate, within, proven_at)
    values (pg_backend_pid(), pg_current_xact_id(),
            case when p_mandate is null then 'client' else 'guardian' end,
            coalesce(other.mandate, own.id), p_account, '{}', '',
            coalesce(other.client, own.client_id), other.mandate,
            array(select u.id from organizations_unit u
                  where other.scope = 'all' or (other.scope, u.sector)
                        in (('health', 'terveys'), ('social', 'sosiaali'))),
            p_at)
    on conflict (pid) do update set
        xact = excluded.xact, kind = excluded.kind, place = excluded.place, membership = null,
        account = excluded.account, unit = null, organization = null, units = '{}', role = '',
        client = excluded.client, mandate = excluded.mandate, within = excluded.within,
        proven_at = excluded.proven_at;
    return query
    select c.id, me.kind, rinnalla.now(),
           (select g.given_names || ' ' || g.family_name from clients_client g
            where g.id = own.client_id)::text,
           (c.given_names || ' ' || c.family_name)::text, c.contact_language::text
    from access.me me join clients_client c on c.id = me.client;
end $$;
revoke all on function access.sit_client from public;
grant execute on function access.sit_client to rinnalla_app;

-- For whom the account that is seated may sit: oneself, and those whose mandate it has now.
create function access.my_seats()
returns table (client uuid, mandate uuid, kind text, name text)
language sql stable security definer set search_path = public, pg_temp as $$
    with own as (
        select a.client_id from access.me
        join access_clientaccount a on a.account_id = me.account and a.ended_at is null
        where me.kind <> 'member'
    ), seats as (
        select own.client_id as client, null::uuid as mandate, 'client' as kind from own
        union all
        select m.client, m.mandate, 'guardian' from own
        cross join lateral access.mandates_of(own.client_id) m
    )
    select s.client, s.mandate, s.kind, (c.given_names || ' ' || c.family_name)::text
    from seats s join clients_client c on c.id = s.client
    order by s.kind, 4
$$;
revoke all on function access.my_seats from public;
grant execute on function access.my_seats to rinnalla_app;
"""

RECORD = """
-- The facts of a row with what else says who acted, where no membership does.
create function access.with_seat(p_facts jsonb) returns jsonb language sql stable
set search_path = public, pg_temp as $$
    select case when me.kind = 'member' then p_facts
                else coalesce(p_facts, '{}'::jsonb) || jsonb_strip_nulls(
                    jsonb_build_object('seat', me.kind, 'mandate', me.mandate)) end
    from access.me
$$;
revoke all on function access.with_seat from public;

create or replace function access.my_bases(p_client uuid)
returns table (bases text[], cause text, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select array_remove(array[
               case when bool_or(not c.narrow and c.cause not in ('reception', 'session'))
                    then 'own' end,
               case when bool_or(c.cause in ('reception', 'session')) then 'shared' end,
               case when exists (select from access.my_opening o where o.client = p_client)
                    then 'permit' end,
               case when bool_or(c.cause = 'law') then 'law' end,
               case when bool_or(c.cause in ('self', 'mandate')) then 'self' end], null),
           (array_agg(c.cause order by c.cause = 'found', c.begins))[1],
           (array_agg(c.begins order by c.cause = 'found', c.begins))[1]
    from access.my_circle c where c.client = p_client
    having count(*) > 0
$$;

create or replace function access.record_act(
    p_kind text, p_subject_type text, p_subject uuid, p_clients uuid[], p_facts jsonb
) returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    found_bases text[];
begin
    select * into me from access.me;
    if not found then
        raise exception 'nobody is seated' using errcode = 'insufficient_privilege';
    end if;
    select array_agg(array_to_string(b.bases, ',') order by n) into found_bases
    from unnest(p_clients) with ordinality as c(client, n)
    left join lateral access.my_bases(c.client) b on true;
    perform rinnalla.write_entry(p_kind, me.account, me.membership, null, p_subject_type, p_subject,
                                 access.with_seat(p_facts), p_clients, found_bases);
end $$;

create or replace function access.record_read(
    p_page text, p_subject_type text, p_subject uuid, p_clients uuid[], p_kinds text[]
) returns table (client uuid, bases text[], cause text, since timestamptz)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    seen uuid[];
    found_bases text[];
    causes text[];
    sinces timestamptz[];
begin
    select * into me from access.me;
    if not found then
        raise exception 'nobody is seated' using errcode = 'insufficient_privilege';
    end if;
    select array_agg(b.client order by b.client), array_agg(b.bases order by b.client),
           array_agg(b.cause order by b.client), array_agg(b.since order by b.client)
    into seen, found_bases, causes, sinces
    from (
        -- By a subquery for each client: joined, the whole circle of the actor would be read.
        select s.client, b.bases, b.cause, b.since
        from (select distinct unnest(p_clients) as client) s
        cross join lateral (
            select concat_ws(',',
                       case when bool_or(not c.narrow and c.cause not in ('reception', 'session'))
                            then 'own' end,
                       case when bool_or(c.cause in ('reception', 'session')) then 'shared' end,
                       case when exists (select from access.my_opening o where o.client = s.client)
                            then 'permit' end,
                       case when bool_or(c.cause = 'law') then 'law' end,
                       case when bool_or(c.cause in ('self', 'mandate')) then 'self' end) as bases,
                   (array_agg(c.cause order by c.begins))[1] as cause, min(c.begins) as since
            from access.my_circle c where c.client = s.client
            having count(*) > 0
        ) b
    ) b;
    if coalesce(cardinality(seen), 0)
       <> (select count(distinct shown) from unnest(p_clients) as shown) then
        raise exception 'a client outside the circle was to be shown'
            using errcode = 'insufficient_privilege';
    end if;
    perform rinnalla.write_entry('read.' || p_page, me.account, me.membership, null, p_subject_type,
        p_subject, access.with_seat(jsonb_build_object('kinds', to_jsonb(p_kinds))), seen,
        found_bases);
    return query
    select s.client, string_to_array(s.bases, ','), s.cause, s.since
    from unnest(seen, found_bases, causes, sinces) as s(client, bases, cause, since);
end $$;
"""

WAYS = """
-- An account's or a mandate's way is in the circle while its row says so; a denial takes it away.
create function access.follow_seat() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    delete from access.circle where membership = new.id;
    if tg_table_name = 'access_clientaccount' then
        if new.ended_at is null then
            insert into access.circle (client, membership, cause, begins)
            values (new.client_id, new.id, 'self', new.enrolled_at);
        end if;
    elsif new.ended_at is null and new.denied_at is null then
        insert into access.circle (client, membership, cause, begins, ends)
        values (new.client_id, new.id, 'mandate',
                new.begins::timestamp at time zone 'Europe/Helsinki',
                (new.ends + 1)::timestamp at time zone 'Europe/Helsinki');
    end if;
    if exists (select from access.me) then
        perform access.record_act('circle.followed', tg_argv[0], new.id, array[new.client_id], null);
    else
        perform rinnalla.write_entry('circle.followed', null, null, session_user::text, tg_argv[0],
                                     new.id, null, array[new.client_id], array['process']);
    end if;
    return null;
end $$;
revoke all on function access.follow_seat from public;
create trigger follow_seat after insert or update on access_clientaccount
    for each row execute function access.follow_seat('client_account');
create trigger follow_seat after insert or update on access_mandate
    for each row execute function access.follow_seat('mandate');
alter table access_clientaccount enable always trigger follow_seat;
alter table access_mandate enable always trigger follow_seat;

-- Whether the seat is a member of the controller that keeps the master.
create function access.keeps_clients() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from access.me join organizations_unit u on u.keeps_master
                   where u.organization_id = me.organization)
$$;
revoke all on function access.keeps_clients from public;
grant execute on function access.keeps_clients to rinnalla_app;

-- An account for a client who is here in person: it bears no name, and signs in by link and code.
-- One that the client had before is ended.
create function access.enrol_client(p_client uuid, p_email text, p_phone text) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    made uuid := rinnalla.uuid7();
begin
    select * into me from access.me where kind = 'member' and role <> 'administrator';
    if not found or not access.keeps_clients()
       or not exists (select from access.my_circle c where c.client = p_client and not c.narrow) then
        raise exception 'not a client to enrol' using errcode = 'insufficient_privilege';
    end if;
    update access_clientaccount set ended_at = rinnalla.now()
    where client_id = p_client and ended_at is null;
    insert into accounts_user (id, username, first_name, last_name, password, is_active)
    values (made, 'client-' || gen_random_uuid(), '', '', '!' || gen_random_uuid(), true);
    insert into access_clientaccount (id, public_id, client_id, unit_id, account_id, email, phone,
                                      enrolled_by_id, enrolled_at)
    values (rinnalla.uuid7(), gen_random_uuid(), p_client, me.unit, made, coalesce(p_email, ''),
            coalesce(p_phone, ''), me.membership, rinnalla.now());
    perform access.record_act('client.enrolled', 'account', made, array[p_client], null);
    return made;
end $$;
revoke all on function access.enrol_client from public;
grant execute on function access.enrol_client to rinnalla_app;

-- Before anybody sits: whose account an address is, to send a link there. The caller answers the
-- same whether there was one.
create function access.account_at(p_address text)
returns table (account uuid, email text, phone text, language text)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.account_id, a.email::text, a.phone::text, c.contact_language::text
    from access_clientaccount a
    join accounts_user u on u.id = a.account_id and u.is_active
    join clients_client c on c.id = a.client_id
    where a.ended_at is null and p_address <> ''
      and (lower(a.email) = lower(p_address) or a.phone = p_address)
$$;
revoke all on function access.account_at from public;
grant execute on function access.account_at to rinnalla_app;
create index client_account_by_email on access_clientaccount (lower(email)) where ended_at is null;
create index client_account_by_phone on access_clientaccount (phone) where ended_at is null;

-- The units in whose name a client may write: those that have somebody in the client's circle, and
-- the one that keeps the master; a guardian's only within the mandate.
create function access.writing_units() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
    select array_agg(u.id)
    from access.me join organizations_unit u
        on u.keeps_master
        or exists (select from access.circle c
                   join organizations_membership m on m.id = c.membership and m.is_open
                        and m.begins <= rinnalla.today()
                   where c.client = me.client and m.unit_id = u.id
                     and c.begins <= rinnalla.now() and (c.ends is null or c.ends > rinnalla.now()))
    where me.kind = 'client' or (me.kind = 'guardian' and (u.keeps_master or u.id = any (me.within)))
$$;
revoke all on function access.writing_units from public;
grant execute on function access.writing_units to rinnalla_app;

-- Keeps a row of one's own unit from its client and from who opens by law, on a ground of law.
create function access.withhold(
    p_table text, p_thing uuid, p_ground text, p_third boolean, p_words text
) returns uuid language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    its_client uuid;
    its_unit uuid;
    made uuid := rinnalla.uuid7();
    key text;
begin
    select * into me from access.me where kind = 'member';
    select a.attname into key from pg_index i
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indisprimary and i.indrelid = (
        select c.oid from pg_class c
        where c.relname = p_table and p_table !~ '^(permits|access)_'
          and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
          and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'client_id')
          and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'unit_id'));
    if key is not null then
        execute format('select client_id, unit_id from public.%I where %I = $1', p_table, key)
        into its_client, its_unit using p_thing;
    end if;
    if me.unit is null or its_unit is null
       or not (its_unit = me.unit or its_unit = any (me.units))
       or not exists (select from access.my_circle c where c.client = its_client and not c.narrow) then
        raise exception 'not a row to withhold' using errcode = 'insufficient_privilege';
    end if;
    insert into access_withholding (id, client_id, unit_id, "table", thing, ground,
                                    about_third_person, words, recorded_by_id, recorded_at)
    values (made, its_client, me.unit, p_table, p_thing, p_ground, p_third, coalesce(p_words, ''),
            me.membership, rinnalla.now());
    perform access.record_act('row.withheld', p_table, p_thing, array[its_client],
                              jsonb_build_object('ground', p_ground));
    return made;
end $$;
revoke all on function access.withhold from public;
grant execute on function access.withhold to rinnalla_app;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0007_clients_and_guardians")]

    operations = [
        migrations.RunSQL(SEAT, migrations.RunSQL.noop),
        migrations.RunSQL(SIT, migrations.RunSQL.noop),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
        migrations.RunSQL(WAYS, migrations.RunSQL.noop),
    ]
