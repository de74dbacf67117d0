"""What the officer reads, who is asked, and the sweep that finds questions at the end of a working day."""

from django.db import migrations

OFFICER = "(select role from access.me) = 'officer'"
ME = "(select membership from access.me)"
ASKED = (
    f"exists (select from officer_asking a where a.question_id = {{t}}.{{key}} and a.to_id = {ME})"
)

CLOSED = """
create schema officer;
grant usage on schema officer to rinnalla_app, rinnalla_worker;

-- Whose data a question is about: read through officer.question_clients alone, which leaves a journal row.
create table officer.question_client (
    question uuid not null,
    client uuid not null,
    at timestamptz not null,
    way text not null,
    same_name boolean not null,
    primary key (question, client)
);
create table officer.sweep (
    day date primary key,
    swept_at timestamptz not null,
    questions integer not null
);
create table officer.log_request (
    id uuid primary key default rinnalla.uuid7(),
    public_id uuid not null unique default gen_random_uuid(),
    client uuid not null,
    received date not null,
    since date not null,
    until date not null,
    reason text not null,
    made_by uuid not null,
    made_at timestamptz not null,
    answered_at timestamptz,
    rows integer,
    check (since <= until),
    check (reason <> '' or since >= (received - interval '2 years')::date)
);
alter table officer.question_client enable row level security;
alter table officer.sweep enable row level security;
alter table officer.log_request enable row level security;
create policy sweeping on officer.sweep for select to rinnalla_worker using (true);
grant select on officer.sweep to rinnalla_worker;
create index journal_subject_at on journal_entrysubject using brin (at);
create index journal_entry_at on journal_entry using brin (at);
"""

POLICIES = f"""
alter table officer_question enable row level security;
alter table officer_asking enable row level security;
alter table officer_answer enable row level security;
alter table officer_closing enable row level security;
create policy desk on officer_question for select to rinnalla_app
    using ({OFFICER} or {ASKED.format(t="officer_question", key="id")});
create policy desk on officer_asking for select to rinnalla_app using ({OFFICER} or to_id = {ME});
create policy asking on officer_asking for insert to rinnalla_app
    with check ({OFFICER} and by_id = {ME});
create policy desk on officer_answer for select to rinnalla_app
    using ({OFFICER} or by_id = {ME});
create policy answering on officer_answer for insert to rinnalla_app
    with check (by_id = {ME} and exists (
        select from officer_asking a where a.id = officer_answer.asking_id and a.to_id = {ME}));
create policy desk on officer_closing for select to rinnalla_app
    using ({OFFICER} or {ASKED.format(t="officer_closing", key="question_id")});
create policy closing on officer_closing for insert to rinnalla_app
    with check ({OFFICER} and by_id = {ME});
grant select on officer_question to rinnalla_app;
grant select, insert on officer_asking, officer_answer, officer_closing to rinnalla_app;
"""

ME_FUNCTION = """
-- The seated officer, while the membership is open: asked by each statement, so that what runs long stops.
create function officer.me() returns table (membership uuid, account uuid) language plpgsql volatile
as $$
begin
    return query
    select seated.membership, seated.account from access.me seated
    join organizations_membership m on m.id = seated.membership and m.is_open
    where seated.role = 'officer';
    if not found then
        raise exception 'not the officer' using errcode = 'insufficient_privilege';
    end if;
end $$;
revoke all on function officer.me from public;
"""

SWEEP = """
-- Every opening of a stretch of time, and what work there was beside it: `before` is an appointment, or a
-- task given before; `after` is the opener's own act, or a task that came with it.
create function officer.judged(p_from timestamptz, p_until timestamptz, p_until_day date)
returns table (membership uuid, client uuid, at timestamptz, way text, before boolean, after boolean,
               same_name boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.membership, o.client, o.at, o.way,
        exists (select from access.circle c
                where c.membership = o.membership and c.client = o.client
                  and c.cause not in ('found', 'law') and c.begins < o.at)
        or exists (select from services_visit v
                   where v.client_id = o.client and v.unit_id = m.unit_id and v.state in ('T', 'V')
                     and v.day between (o.at at time zone 'Europe/Helsinki')::date - 1 and p_until_day
                     and (v.worker = '' or v.worker ilike '%' || u.last_name || '%')),
        exists (select from access.circle c
                where c.membership = o.membership and c.client = o.client
                  and c.cause not in ('found', 'law') and c.begins >= o.at)
        or exists (select from journal_entry e
                   join journal_entrysubject s on s.entry = e.id and s.client = o.client
                   where e.membership = o.membership and e.at >= o.at
                     and split_part(e.kind, '.', 1) in ('permit', 'step', 'disclosed', 'mandate')),
        lower(u.last_name) = lower(k.family_name)
    from (select e.membership, s.client, min(e.at) as at, min(e.kind) as way
          from journal_entry e join journal_entrysubject s on s.entry = e.id
          where e.kind in ('client.found', 'law.opened') and e.membership is not null
            and e.at >= p_from and e.at < p_until
          group by e.membership, s.client) o
    join organizations_membership m on m.id = o.membership
    join accounts_user u on u.id = m.user_id
    join clients_client k on k.id = o.client
$$;
revoke all on function officer.judged from public;

-- Raises the questions of one working day, once; the number of them.
create function officer.sweep_day(p_day date, p_from timestamptz, p_until timestamptz) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    raised integer;
begin
    insert into officer.sweep (day, swept_at, questions) values (p_day, rinnalla.now(), 0)
    on conflict do nothing;
    if not found then
        return 0;
    end if;
    with found as (
        select j.*, case when before or after then 'same_name' else 'unexplained' end as kind
        from officer.judged(p_from, p_until, p_day) j
        where not (before or after)
           -- A name that one in a thousand bears says nothing about two people.
           or (same_name and not before and 1000 * (
               select count(*) from clients_client k, clients_client o
               where o.id = j.client and lower(k.family_name) = lower(o.family_name)
           ) < (select count(*) from clients_client))
    ), questions as (
        insert into officer_question (id, public_id, membership_id, kind, day, openings, raised_at)
        select rinnalla.uuid7(), gen_random_uuid(), f.membership, f.kind, p_day, count(*), rinnalla.now()
        from found f group by f.membership, f.kind
        returning id, membership_id, kind
    ), clients as (
        insert into officer.question_client (question, client, at, way, same_name)
        select q.id, f.client, f.at, f.way, f.same_name
        from found f join questions q on q.membership_id = f.membership and q.kind = f.kind
    )
    select count(*) into raised from questions;
    raised := raised + officer.raise_rates(p_day, p_until);
    update officer.sweep set questions = raised where day = p_day;
    perform rinnalla.write_entry('officer.swept', null, null, session_user::text, null, null,
        jsonb_build_object('day', p_day, 'questions', raised), null, null);
    return raised;
end $$;
revoke all on function officer.sweep_day from public;
grant execute on function officer.sweep_day to rinnalla_worker;

-- Openings of four weeks beside those of the others in the same role who opened any: a question when
-- they are at least 20, and more than four times what is usual; once in four weeks.
create function officer.raise_rates(p_day date, p_until timestamptz) returns integer
language sql volatile security definer set search_path = public, pg_temp as $$
    with counted as (
        select e.membership, m.role, count(distinct s.client) as n
        from journal_entry e join journal_entrysubject s on s.entry = e.id
        join organizations_membership m on m.id = e.membership
        where e.kind in ('client.found', 'law.opened')
          and e.at >= p_until - interval '28 days' and e.at < p_until
        group by e.membership, m.role
    ), beside as (
        select c.membership, c.n,
               (select percentile_disc(0.5) within group (order by o.n) from counted o
                where o.role = c.role and o.membership <> c.membership having count(*) >= 5) as usual
        from counted c where c.n >= 20
    ), raised as (
        insert into officer_question
            (id, public_id, membership_id, kind, day, openings, usual, raised_at)
        select rinnalla.uuid7(), gen_random_uuid(), b.membership, 'rate', p_day, b.n, b.usual, rinnalla.now()
        from beside b
        where b.n > 4 * b.usual and not exists (
            select from officer_question q where q.membership_id = b.membership and q.kind = 'rate'
            and q.day > p_day - 28)
        returning id
    )
    select count(*)::integer from raised
$$;
revoke all on function officer.raise_rates from public;
"""

READS = """
-- Whose data the question is about. The officer, or the opener who is asked; each reading leaves a row.
create function officer.question_clients(p_question uuid)
returns table (client uuid, name text, number text, at timestamptz, way text, same_name boolean)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    reader record;
    as_what text;
begin
    select me.membership, me.account, me.role into reader from access.me me
    join organizations_membership m on m.id = me.membership and m.is_open;
    select case when reader.role = 'officer' then 'officer'
                when q.membership_id = reader.membership and exists (
                    select from officer_asking a
                    where a.question_id = q.id and a.to_id = reader.membership) then 'own' end
    into as_what from officer_question q where q.id = p_question;
    if as_what is null then
        raise exception 'not a question of the reader' using errcode = 'insufficient_privilege';
    end if;
    perform rinnalla.write_entry('read.officer-question', reader.account, reader.membership, null,
        'question', p_question, null, array_agg(c.client), array_agg(as_what))
    from officer.question_client c where c.question = p_question having count(*) > 0;
    return query
    select c.client, k.family_name || ' ' || k.given_names, coalesce(k.number, '')::text, c.at, c.way,
           c.same_name
    from officer.question_client c join clients_client k on k.id = c.client
    where c.question = p_question order by c.at, c.client;
end $$;
revoke all on function officer.question_clients from public;
grant execute on function officer.question_clients to rinnalla_app;

-- How much was read on which ground; the officer's look is itself in the journal.
create function officer.reads_by_ground(p_from timestamptz, p_until timestamptz)
returns table (basis text, reads bigint, people bigint, clients bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare me record;
begin
    select * into me from officer.me();
    perform rinnalla.write_entry('officer.looked', me.account, me.membership, null, 'reads', null,
        jsonb_build_object('from', p_from, 'until', p_until), null, null);
    return query
    select b.one, count(distinct e.id), count(distinct e.membership), count(distinct s.client)
    from journal_entrysubject s
    join journal_entry e on e.id = s.entry and e.kind like 'read.%'
    cross join lateral unnest(string_to_array(coalesce(nullif(s.basis, ''), '-'), ',')) as b(one)
    where s.at >= p_from and s.at < p_until
    group by b.one order by 2 desc, 1;
end $$;
revoke all on function officer.reads_by_ground from public;
grant execute on function officer.reads_by_ground to rinnalla_app;
"""

LOG_REQUESTS = """
-- A client's request for the log, received by the officer; null when nobody has that code or number.
create function officer.open_log_request(
    p_digest bytea, p_number text, p_received date, p_since date, p_until date, p_reason text
) returns uuid language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    found_client uuid;
    made record;
begin
    select * into me from officer.me();
    select c.id into found_client from clients_client c
    left join clients_clientidentifier i on i.client_id = c.id and i.digest = p_digest and i.from_master
    where case when p_digest is not null then i.id is not null else c.number = p_number end limit 1;
    if found_client is null then
        perform rinnalla.write_entry('client.sought', me.account, me.membership, null, null, null, null,
                                     null, null);
        return null;
    end if;
    insert into officer.log_request (client, received, since, until, reason, made_by, made_at)
    values (found_client, p_received, p_since, p_until, p_reason, me.membership, rinnalla.now())
    returning id, public_id into made;
    perform rinnalla.write_entry('log_request.opened', me.account, me.membership, null, 'log_request',
        made.id, jsonb_build_object('since', p_since, 'until', p_until), array[found_client],
        array['officer']);
    return made.public_id;
end $$;
revoke all on function officer.open_log_request from public;
grant execute on function officer.open_log_request to rinnalla_app;

-- The requests on the desk, without anybody's name.
create function officer.log_requests()
returns table (public_id uuid, received date, since date, until date, answered_at timestamptz, rows integer)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform officer.me();
    return query select r.public_id, r.received, r.since, r.until, r.answered_at, r.rows
    from officer.log_request r order by r.answered_at nulls first, r.received, r.id limit 200;
end $$;
revoke all on function officer.log_requests from public;
grant execute on function officer.log_requests to rinnalla_app;

-- One request with its client's name; each reading leaves a row.
create function officer.log_request_of(p_request uuid)
returns table (received date, since date, until date, reason text, answered_at timestamptz, rows integer,
               name text, number text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare me record;
begin
    select * into me from officer.me();
    perform rinnalla.write_entry('read.officer-log-request', me.account, me.membership, null,
        'log_request', r.id, null, array[r.client], array['officer'])
    from officer.log_request r where r.public_id = p_request;
    return query
    select r.received, r.since, r.until, r.reason, r.answered_at, r.rows,
           k.family_name || ' ' || k.given_names, coalesce(k.number, '')::text
    from officer.log_request r join clients_client k on k.id = r.client where r.public_id = p_request;
end $$;
revoke all on function officer.log_request_of from public;
grant execute on function officer.log_request_of to rinnalla_app;

-- A page of the log of the request's client, newest first: nothing of anybody else who was in a list.
create function officer.log_lines(p_request uuid, p_before timestamptz, p_before_id uuid, p_limit integer)
returns table (at timestamptz, id uuid, kind text, basis text, person text, title text, unit text,
               organization text, process text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform officer.me();
    return query
    select s.at, s.id, e.kind, s.basis, coalesce(u.first_name || ' ' || u.last_name, '')::text,
           coalesce(m.title, '')::text, coalesce(n.name, '')::text, coalesce(o.name, '')::text, e.process
    from officer.log_request r
    join journal_entrysubject s on s.client = r.client
         and s.at >= r.since::timestamp at time zone 'Europe/Helsinki'
         and s.at < (r.until + 1)::timestamp at time zone 'Europe/Helsinki'
    join journal_entry e on e.id = s.entry
    left join organizations_membership m on m.id = e.membership
    left join accounts_user u on u.id = m.user_id
    left join organizations_unit n on n.id = m.unit_id
    left join organizations_organization o on o.id = n.organization_id
    where r.public_id = p_request
      and (p_before is null or (s.at, s.id) < (p_before, p_before_id))
    order by s.at desc, s.id desc limit p_limit;
end $$;
revoke all on function officer.log_lines from public;
grant execute on function officer.log_lines to rinnalla_app;

-- The request is answered with so many rows; the first answer counts.
create function officer.answer_log_request(p_request uuid, p_rows integer) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    request record;
begin
    select * into me from officer.me();
    update officer.log_request set answered_at = coalesce(answered_at, rinnalla.now()), rows = p_rows
    where public_id = p_request returning * into request;
    perform rinnalla.write_entry('log_request.answered', me.account, me.membership, null, 'log_request',
        request.id, jsonb_build_object('rows', p_rows), array[request.client], array['officer']);
end $$;
revoke all on function officer.answer_log_request from public;
grant execute on function officer.answer_log_request to rinnalla_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("officer", "0001_initial"),
        ("access", "0006_proof_once"),
        ("applications", "0004_stand_ins"),
        ("journal", "0004_sealing"),
        ("services", "0002_rights"),
    ]

    operations = [
        migrations.RunSQL(
            [CLOSED, POLICIES, ME_FUNCTION, SWEEP, READS, LOG_REQUESTS], "drop schema officer cascade"
        )
    ]
