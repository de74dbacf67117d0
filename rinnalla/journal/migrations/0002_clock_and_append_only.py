"""The one clock, keys made in SQL, and a log that nobody can change."""

from django.db import migrations

ROLES = "rinnalla_app, rinnalla_import, rinnalla_worker"

CLOCK = """
create schema rinnalla;
grant usage on schema rinnalla to rinnalla_app, rinnalla_import, rinnalla_worker;

create table rinnalla.clock (
    single boolean primary key default true check (single),
    shift interval not null default interval '0',
    frozen timestamptz
);
insert into rinnalla.clock default values;
grant select on rinnalla.clock to rinnalla_app, rinnalla_import, rinnalla_worker;

-- Production's clock. Demonstration and test databases get one that reads the row above
-- (`rinnalla demo`), and production refuses to start with that one.
create function rinnalla.now() returns timestamptz language sql stable as
    'select transaction_timestamp()';
create function rinnalla.today() returns date language sql stable as
    $$ select (rinnalla.now() at time zone 'Europe/Helsinki')::date $$;

create function rinnalla.uuid7() returns uuid language sql volatile as $$
    select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
        substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
"""

APPEND_ONLY = """
create function rinnalla.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete or truncate on journal_entry
    for each statement execute function rinnalla.refuse_change();
create trigger append_only before update or delete or truncate on journal_entrysubject
    for each statement execute function rinnalla.refuse_change();
alter table journal_entry enable row level security;
alter table journal_entrysubject enable row level security;

-- The only way into the journal, for the owner's other functions. One statement, one row of the act
-- or read, and one row for each client whom it concerns.
create function rinnalla.write_entry(
    p_kind text, p_account uuid, p_membership uuid, p_process text, p_subject_type text,
    p_subject uuid, p_facts jsonb, p_clients uuid[], p_bases text[]
) returns uuid language sql volatile as $$
    with entry as (
        insert into journal_entry
            (id, at, recorded_at, kind, account, membership, process, subject_type, subject, facts)
        values (rinnalla.uuid7(), rinnalla.now(), clock_timestamp(), p_kind, p_account, p_membership,
                coalesce(p_process, ''), coalesce(p_subject_type, ''), p_subject,
                coalesce(p_facts, '{}'::jsonb))
        returning id, at
    ), subjects as (
        insert into journal_entrysubject (id, entry, client, basis, at)
        select rinnalla.uuid7(), entry.id, s.client, coalesce(s.basis, ''), entry.at
        from entry, unnest(p_clients, p_bases) as s(client, basis)
        where s.client is not null
    )
    select id from entry
$$;
revoke all on function rinnalla.write_entry from public;

-- What happens to an account before or without a seat: signing in, failing to, changing a password.
create function rinnalla.record_account(p_kind text, p_account uuid, p_facts jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if p_kind is null or not p_kind ^@ 'account.' then
        raise exception 'not an act on an account' using errcode = 'insufficient_privilege';
    end if;
    perform rinnalla.write_entry(p_kind, p_account, null, null, 'account', p_account, p_facts, null, null);
end $$;
revoke all on function rinnalla.record_account from public;
grant execute on function rinnalla.record_account to rinnalla_app, rinnalla_import, rinnalla_worker;

-- What a job did: one row a run, under the name of its login role.
create function rinnalla.record_job(
    p_kind text, p_subject_type text, p_subject uuid, p_facts jsonb, p_clients uuid[]
) returns void language sql volatile security definer set search_path = public, pg_temp as $$
    select rinnalla.write_entry(p_kind, null, null, session_user::text, p_subject_type, p_subject,
        p_facts, p_clients, array_fill('process'::text, array[coalesce(cardinality(p_clients), 0)]))
$$;
revoke all on function rinnalla.record_job from public;
grant execute on function rinnalla.record_job to rinnalla_import, rinnalla_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(CLOCK, "drop schema rinnalla cascade"),
        migrations.RunSQL(
            APPEND_ONLY,
            "drop trigger append_only on journal_entry;"
            "drop trigger append_only on journal_entrysubject;"
            "drop function rinnalla.record_job; drop function rinnalla.record_account;"
            "drop function rinnalla.write_entry; drop function rinnalla.refuse_change",
        ),
    ]
