"""Finding a person goes by an index, and the bases of a page's clients are looked up once, as a set."""

from django.db import migrations

INDEX = """
create index entered_identifier_by_digest on clients_clientidentifier (digest) where not from_master;
"""

FIND = """
-- The key of the client whom a digest or a number names, for one who may find: through the master,
-- else through what somebody entered and the actor works with.
create function access.named_client(p_digest bytea, p_number text) returns uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
    named uuid;
begin
    if p_digest is null then
        select c.id into named from clients_client c
        where c.number = p_number
          and (not c.is_protected or exists (select from access.my_circle w where w.client = c.id));
        return named;
    end if;
    select c.id into named
    from clients_clientidentifier i join clients_client c on c.id = i.client_id
    where i.digest = p_digest and i.from_master
      and (not c.is_protected or exists (select from access.my_circle w where w.client = c.id));
    if named is null then
        select i.client_id into named from clients_clientidentifier i
        where i.digest = p_digest and not i.from_master
          and exists (select from access.my_circle w where w.client = i.client_id)
        limit 1;
    end if;
    return named;
end $$;
revoke all on function access.named_client from public;

create or replace function access.find_client(p_digest bytea, p_number text) returns uuid
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
        found_client := access.named_client(p_digest, p_number);
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
"""

READ = """
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
                       case when bool_or(c.cause not in ('reception', 'session')) then 'own' end,
                       case when bool_or(c.cause in ('reception', 'session')) then 'shared' end,
                       case when exists (select from access.my_opening o where o.client = s.client)
                            then 'permit' end) as bases,
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
        p_subject, jsonb_build_object('kinds', to_jsonb(p_kinds)), seen, found_bases);
    return query
    select s.client, string_to_array(s.bases, ','), s.cause, s.since
    from unnest(seen, found_bases, causes, sinces) as s(client, bases, cause, since);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0004_my_circle")]

    operations = [
        migrations.RunSQL(INDEX, "drop index entered_identifier_by_digest"),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
        migrations.RunSQL(READ, migrations.RunSQL.noop),
    ]
