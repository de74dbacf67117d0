"""Seals of the journal: which row is in which, and what the sealing job may do about it."""

from django.db import migrations

TABLES = """
-- The transaction that wrote the row: what was open while a batch was sealed is found by it later.
alter table journal_entry add column xact bigint not null
    default pg_current_xact_id()::text::bigint;
create index journal_by_xact on journal_entry (xact);

-- One row a sealed batch. `cluster` and `floor` say from which transaction on the next one looks.
create table rinnalla.seal (
    number bigint primary key,
    sealed_at timestamptz not null,
    rows integer not null check (rows > 0),
    root bytea not null,
    previous bytea not null,
    key bytea not null,
    signature bytea not null,
    hash bytea not null,
    cluster text not null,
    floor bigint not null
);
create table rinnalla.sealed (
    entry uuid primary key,
    seal bigint not null
);
create index sealed_by_seal on rinnalla.sealed (seal);
alter table rinnalla.seal enable row level security;
alter table rinnalla.sealed enable row level security;
create trigger append_only before update or delete or truncate on rinnalla.seal
    for each statement execute function rinnalla.refuse_change();
create trigger append_only before update or delete or truncate on rinnalla.sealed
    for each statement execute function rinnalla.refuse_change();
create policy sealing on rinnalla.seal for select to rinnalla_worker using (true);
grant select on rinnalla.seal to rinnalla_worker;
"""

FUNCTIONS = """
-- The canonical form of docs/journal.md: each value with its length in bytes before it.
create function rinnalla.netstring(p_value text) returns text language sql immutable as $$
    select coalesce(octet_length(p_value) || ':' || p_value || ',', '-,')
$$;
create function rinnalla.instant(p_at timestamptz) returns text language sql immutable as $$
    select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

create function rinnalla.cluster() returns text language sql stable
security definer set search_path = public, pg_temp as $$
    select system_identifier || '/' || d.oid
    from pg_control_system(), pg_database d where d.datname = current_database()
$$;
revoke all on function rinnalla.cluster from public;

-- From which transaction on rows may be unsealed: all before it had ended when the last whole batch was
-- sealed. In another cluster, as after a restore, numbers of transactions begin anew.
create function rinnalla.sealing_floor() returns bigint language sql stable
security definer set search_path = public, pg_temp as $$
    select coalesce((select case when s.cluster = rinnalla.cluster() then s.floor end
                     from rinnalla.seal s order by s.number desc limit 1), 0)
$$;
revoke all on function rinnalla.sealing_floor from public;

-- The leaves of the next batch: every row that is committed and in no seal, at most so many.
create function rinnalla.unsealed_leaves(p_limit integer) returns table (entry uuid, leaf bytea)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    v_floor bigint := rinnalla.sealing_floor();
begin
    return query
    select e.id, sha256('\\x00'::bytea || convert_to(
        rinnalla.netstring('rinnalla-entry-1') || rinnalla.netstring(e.id::text)
        || rinnalla.netstring(rinnalla.instant(e.at))
        || rinnalla.netstring(rinnalla.instant(e.recorded_at)) || rinnalla.netstring(e.kind)
        || rinnalla.netstring(e.account::text) || rinnalla.netstring(e.membership::text)
        || rinnalla.netstring(e.process) || rinnalla.netstring(e.subject_type)
        || rinnalla.netstring(e.subject::text) || rinnalla.netstring(e.facts::text)
        || rinnalla.netstring(s.n::text) || coalesce(s.subjects, ''), 'UTF8'))
    from (select j.* from journal_entry j
          where j.xact >= v_floor
            and not exists (select from rinnalla.sealed d where d.entry = j.id)
          order by j.id limit p_limit) e
    cross join lateral (
        select count(*) as n,
               string_agg(rinnalla.netstring(x.id::text) || rinnalla.netstring(x.client::text)
                          || rinnalla.netstring(x.basis) || rinnalla.netstring(rinnalla.instant(x.at)),
                          '' order by x.id) as subjects
        from journal_entrysubject x where x.entry = e.id) s
    order by e.id;
end $$;
revoke all on function rinnalla.unsealed_leaves from public;
grant execute on function rinnalla.unsealed_leaves to rinnalla_worker;

-- Keeps a seal and which rows are in it. A batch that was not whole leaves the floor where it was.
create function rinnalla.add_seal(
    p_number bigint, p_sealed_at timestamptz, p_root bytea, p_previous bytea, p_key bytea,
    p_signature bytea, p_hash bytea, p_floor bigint, p_entries uuid[]
) returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if p_number <> (select coalesce(max(number), 0) + 1 from rinnalla.seal) then
        raise exception 'not the next seal' using errcode = 'integrity_constraint_violation';
    end if;
    insert into rinnalla.seal (number, sealed_at, rows, root, previous, key, signature, hash, cluster, floor)
    values (p_number, p_sealed_at, cardinality(p_entries), p_root, p_previous, p_key, p_signature,
            p_hash, rinnalla.cluster(), coalesce(p_floor, rinnalla.sealing_floor()));
    insert into rinnalla.sealed (entry, seal) select unnest(p_entries), p_number;
end $$;
revoke all on function rinnalla.add_seal from public;
grant execute on function rinnalla.add_seal to rinnalla_worker;
"""

UNDO = """
drop function rinnalla.add_seal; drop function rinnalla.unsealed_leaves;
drop function rinnalla.sealing_floor; drop function rinnalla.cluster;
drop function rinnalla.instant; drop function rinnalla.netstring;
drop table rinnalla.sealed; drop table rinnalla.seal;
drop index journal_by_xact; alter table journal_entry drop column xact;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_sort_key")]

    operations = [migrations.RunSQL([TABLES, FUNCTIONS], UNDO)]
