"""The seat: who acts in this transaction, proven; the circle and the openings that feed every policy."""

from django.db import migrations

TABLES = """
create schema access;
grant usage on schema access to rinnalla_app, rinnalla_import, rinnalla_worker;

-- One row a connection, written by sit() alone; it counts only in the transaction that wrote it.
create unlogged table access.seat (
    pid integer primary key,
    xact xid8 not null,
    membership uuid not null,
    account uuid not null,
    unit uuid not null,
    organization uuid not null,
    units uuid[] not null,
    role text not null
) with (fillfactor = 50);

-- The two padded halves of the HMAC key of the seat's proof; `rinnalla prepare` fills it.
create table access.seat_key (
    single boolean primary key default true check (single),
    inner_pad bytea not null,
    outer_pad bytea not null
);

-- Who works with whom (asiayhteys). A row with `requires` counts only while that unit's data is the
-- actor's own or opened to the actor; `stands_for` is the unit of one for whom the member holds a matter.
-- What ends by an act is deleted; only planned ends are compared.
create table access.circle (
    id uuid primary key default rinnalla.uuid7(),
    client uuid not null,
    membership uuid not null,
    cause text not null,
    thing uuid,
    requires uuid,
    stands_for uuid,
    begins timestamptz not null,
    ends timestamptz,
    recorded_at timestamptz not null default clock_timestamp(),
    constraint one_way_a_cause unique nulls not distinct (membership, client, cause, thing)
);
create index circle_by_client on access.circle (client, membership);
create index circle_by_thing on access.circle (thing) where thing is not null;

-- Which unit's data is opened to which organization or unit, by which permit.
create table access.opening (
    id uuid primary key default rinnalla.uuid7(),
    client uuid not null,
    unit uuid not null,
    organization uuid,
    recipient_unit uuid,
    permit uuid not null,
    begins timestamptz not null,
    ends timestamptz,
    check (num_nonnulls(organization, recipient_unit) = 1)
);
create index opening_by_client on access.opening (client, unit);
create index opening_by_permit on access.opening (permit);

create view access.me with (security_barrier) as
    select membership, account, unit, organization, units, role
    from access.seat
    where pid = pg_backend_pid() and xact = pg_current_xact_id_if_assigned();

create view access.my_opening with (security_barrier) as
    select o.client, o.unit, o.permit, o.begins, o.ends
    from access.seat me
    join access.opening o on o.organization = me.organization or o.recipient_unit = me.unit
    where me.pid = pg_backend_pid() and me.xact = pg_current_xact_id_if_assigned()
      and o.begins <= rinnalla.now() and (o.ends is null or o.ends > rinnalla.now());

create view access.my_circle with (security_barrier) as
    select c.client, c.cause, c.thing, c.begins, c.ends, c.stands_for
    from access.seat me
    join access.circle c on c.membership = me.membership
    where me.pid = pg_backend_pid() and me.xact = pg_current_xact_id_if_assigned()
      and c.begins <= rinnalla.now() and (c.ends is null or c.ends > rinnalla.now())
      and (c.requires is null or c.requires = me.unit or c.requires = any (me.units)
           or exists (select from access.opening o
                      where o.client = c.client and o.unit = c.requires
                        and (o.organization = me.organization or o.recipient_unit = me.unit)
                        and o.begins <= rinnalla.now()
                        and (o.ends is null or o.ends > rinnalla.now())));

grant select on access.me, access.my_circle, access.my_opening to rinnalla_app;
"""

SIT = """
-- Seats the actor for this transaction. The proof is HMAC-SHA-256 over membership, account, the
-- connection's process and the time, by a key that only the owner and the application's process know.
create function access.sit(p_membership uuid, p_account uuid, p_at bigint, p_proof bytea)
returns table (now timestamptz, unit uuid, organization uuid, role text, title text, phone text,
               first_name text, last_name text, unit_name text, organization_name text,
               unit_code text, memberships bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    message bytea := convert_to(concat_ws('|', p_membership, p_account, pg_backend_pid(), p_at), 'UTF8');
    proven boolean;
    own_units uuid[];
begin
    select p_proof = sha256(k.outer_pad || sha256(k.inner_pad || message)) into proven
    from access.seat_key k;
    if proven is not true or abs(extract(epoch from clock_timestamp()) - p_at) > 60 then
        raise exception 'actor not proven' using errcode = 'insufficient_privilege';
    end if;
    select array_agg(wu.unit_id) into own_units
    from organizations_membership m
    join organizations_unit u on u.id = m.unit_id
    join organizations_worktask_units wu on wu.worktask_id = m.work_task_id
    join organizations_unit t on t.id = wu.unit_id and t.register_id = u.register_id
    where m.id = p_membership;
    insert into access.seat as s (pid, xact, membership, account, unit, organization, units, role)
    select pg_backend_pid(), pg_current_xact_id(), m.id, m.user_id, u.id, u.organization_id,
           coalesce(own_units, '{}'), m.role
    from organizations_membership m
    join organizations_unit u on u.id = m.unit_id
    join accounts_user a on a.id = m.user_id
    where m.id = p_membership and m.user_id = p_account and m.is_open and a.is_active
      and m.begins <= rinnalla.today()
    on conflict (pid) do update set
        xact = excluded.xact, membership = excluded.membership, account = excluded.account,
        unit = excluded.unit, organization = excluded.organization, units = excluded.units,
        role = excluded.role;
    if not found then
        delete from access.seat s where s.pid = pg_backend_pid();
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
revoke all on function access.sit from public;
grant execute on function access.sit to rinnalla_app;

-- Leaves the seat, so that what follows in the same transaction reads nothing.
create function access.stand() returns void language sql volatile security definer
set search_path = public, pg_temp as 'delete from access.seat where pid = pg_backend_pid()';
revoke all on function access.stand from public;
grant execute on function access.stand to rinnalla_app;
"""

RECORD = """
-- Why the actor may see a client: the bases that hold now, and the oldest cause of the circle;
-- having found somebody is a cause only until there is another.
create function access.my_bases(p_client uuid)
returns table (bases text[], cause text, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    select array_remove(array[
               case when bool_or(c.cause not in ('reception', 'session')) then 'own' end,
               case when bool_or(c.cause in ('reception', 'session')) then 'shared' end,
               case when exists (select from access.my_opening o where o.client = p_client)
                    then 'permit' end], null),
           (array_agg(c.cause order by c.cause = 'found', c.begins))[1],
           (array_agg(c.begins order by c.cause = 'found', c.begins))[1]
    from access.my_circle c where c.client = p_client
    having count(*) > 0
$$;
revoke all on function access.my_bases from public;

-- An act of the seated actor: one row, and one for each client whom it concerns.
create function access.record_act(
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
                                 p_facts, p_clients, found_bases);
end $$;
revoke all on function access.record_act from public;
grant execute on function access.record_act to rinnalla_app;

-- A page that shows clients: one row of the read, one for each client, and why each is seen.
-- A client who is not in the circle cannot be shown: the page fails, and shows nothing.
create function access.record_read(
    p_page text, p_subject_type text, p_subject uuid, p_clients uuid[], p_kinds text[]
) returns table (client uuid, bases text[], cause text, since timestamptz)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    seen uuid[];
    found_bases text[];
begin
    select * into me from access.me;
    if not found then
        raise exception 'nobody is seated' using errcode = 'insufficient_privilege';
    end if;
    select array_agg(c.client order by c.client), array_agg(array_to_string(b.bases, ',') order by c.client)
    into seen, found_bases
    from (select distinct unnest(p_clients) as client) c
    cross join lateral access.my_bases(c.client) b;
    if coalesce(cardinality(seen), 0)
       <> (select count(distinct shown) from unnest(p_clients) as shown) then
        raise exception 'a client outside the circle was to be shown'
            using errcode = 'insufficient_privilege';
    end if;
    perform rinnalla.write_entry('read.' || p_page, me.account, me.membership, null, p_subject_type,
        p_subject, jsonb_build_object('kinds', to_jsonb(p_kinds)), seen, found_bases);
    return query
    select s.client, b.bases, b.cause, b.since
    from unnest(seen) as s(client) cross join lateral access.my_bases(s.client) b;
end $$;
revoke all on function access.record_read from public;
grant execute on function access.record_read to rinnalla_app;
"""

WAYS = """
-- Finding a person who is not in one's circle: only by exact identifier or number, by roles that may,
-- in the journal either way. Not found, protected and not allowed are one and the same answer: null.
create function access.find_client(p_digest bytea, p_number text) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    found_client uuid;
    bases text[];
begin
    select * into me from access.me;
    if not found then
        raise exception 'nobody is seated' using errcode = 'insufficient_privilege';
    end if;
    if me.role in ('practitioner', 'convener', 'intake') then
        select c.id into found_client
        from clients_client c
        left join clients_clientidentifier i on i.client_id = c.id and i.digest = p_digest
             and (i.from_master or exists (select from access.my_circle w where w.client = c.id))
        where case when p_digest is not null then i.id is not null else c.number = p_number end
          and (not c.is_protected or exists (select from access.my_circle w where w.client = c.id))
        order by i.from_master desc nulls last limit 1;
    end if;
    if found_client is null then
        perform rinnalla.write_entry('client.sought', me.account, me.membership, null, null, null,
                                     null, null, null);
        return null;
    end if;
    select b.bases into bases from access.my_bases(found_client) b;
    if bases is null then
        insert into access.circle (client, membership, cause, begins, ends)
        values (found_client, me.membership, 'found', rinnalla.now(), rinnalla.now() + interval '1 day')
        on conflict on constraint one_way_a_cause
        do update set begins = excluded.begins, ends = excluded.ends;
    end if;
    perform rinnalla.write_entry('client.found', me.account, me.membership, null, 'client', found_client,
        jsonb_build_object('by', case when p_digest is not null then 'identifier' else 'number' end),
        array[found_client], array[coalesce(array_to_string(bases, ','), 'found')]);
    return found_client;
end $$;
revoke all on function access.find_client from public;
grant execute on function access.find_client to rinnalla_app;

-- A client not in the master: the way is opened for a key that no client has yet.
create function access.enter_client(p_client uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare me record;
begin
    select * into me from access.me where role in ('practitioner', 'convener', 'intake');
    if not found or exists (select from clients_client where id = p_client) then
        raise exception 'not a client to enter' using errcode = 'insufficient_privilege';
    end if;
    insert into access.circle (client, membership, cause, begins, ends)
    values (p_client, me.membership, 'found', rinnalla.now(), rinnalla.now() + interval '1 day');
    perform rinnalla.write_entry('client.entered', me.account, me.membership, null, 'client', p_client,
                                 null, array[p_client], array['found']);
end $$;
revoke all on function access.enter_client from public;
grant execute on function access.enter_client to rinnalla_app;

-- For jobs: ways from facts that a source told (a named own worker, a doubtful pair), one journal row a call.
create function access.open_ways(
    p_clients uuid[], p_memberships uuid[], p_cause text, p_things uuid[]
) returns integer language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    opened uuid[];
begin
    with ways as (
        insert into access.circle (client, membership, cause, thing, begins)
        select distinct w.client, w.membership, p_cause, w.thing, rinnalla.now()
        from unnest(p_clients, p_memberships, p_things) as w(client, membership, thing)
        on conflict on constraint one_way_a_cause do nothing
        returning client
    )
    select array_agg(client) into opened from ways;
    if opened is not null then
        perform rinnalla.write_entry('circle.opened', null, null, session_user::text, null, null,
            jsonb_build_object('cause', p_cause), opened,
            array_fill('process'::text, array[cardinality(opened)]));
    end if;
    return coalesce(cardinality(opened), 0);
end $$;
revoke all on function access.open_ways from public;
grant execute on function access.open_ways to rinnalla_import, rinnalla_worker;

-- For jobs: ways of one cause that no longer have their fact are closed, with one journal row.
create function access.close_ways(p_clients uuid[], p_memberships uuid[], p_cause text) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    closed uuid[];
begin
    with ways as (
        delete from access.circle c using unnest(p_clients, p_memberships) as w(client, membership)
        where c.client = w.client and c.membership = w.membership and c.cause = p_cause
        returning c.client
    )
    select array_agg(client) into closed from ways;
    if closed is not null then
        perform rinnalla.write_entry('circle.closed', null, null, session_user::text, null, null,
            jsonb_build_object('cause', p_cause), closed,
            array_fill('process'::text, array[cardinality(closed)]));
    end if;
    return coalesce(cardinality(closed), 0);
end $$;
revoke all on function access.close_ways from public;
grant execute on function access.close_ways to rinnalla_import, rinnalla_worker;
"""

LEAVING = """
-- Access ends at once: every way of a membership is closed, with one journal row.
create function access.leave(p_membership uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    closed uuid[];
begin
    with ways as (
        delete from access.circle where membership = p_membership returning client
    )
    select array_agg(distinct client) into closed from ways;
    if closed is not null then
        perform rinnalla.write_entry('circle.closed', null, null, session_user::text, 'membership',
            p_membership, null, closed, array_fill('process'::text, array[cardinality(closed)]));
    end if;
end $$;
revoke all on function access.leave from public;
grant execute on function access.leave to rinnalla_worker;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("journal", "0002_clock_and_append_only"),
        ("organizations", "0002_open_members"),
        ("clients", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(TABLES, "drop schema access cascade"),
        migrations.RunSQL(SIT, migrations.RunSQL.noop),
        migrations.RunSQL(RECORD, migrations.RunSQL.noop),
        migrations.RunSQL(WAYS, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVING, migrations.RunSQL.noop),
    ]
