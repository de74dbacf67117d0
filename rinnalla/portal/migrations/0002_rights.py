"""The web asks for links and uses them through functions only; the client reads the own log."""

from django.db import migrations

from rinnalla.access.policies import plain

SIGNING = """
create schema portal;
grant usage on schema portal to rinnalla_app;

-- Whoever asks, for whichever address: one row and one job. From one place so many in an hour, for
-- the table is anybody's to fill.
create function portal.ask_link(
    p_id uuid, p_channel text, p_digest bytea, p_address bytea, p_browser bytea, p_place bytea,
    p_language text
) returns void language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if (select count(*) from portal_signinrequest r
        where r.place = p_place and r.asked_at > rinnalla.now() - interval '1 hour') >= 30 then
        return;
    end if;
    insert into portal_signinrequest
        (id, channel, address_digest, address, browser, place, language, asked_at, expires_at,
         state, tries)
    values (p_id, p_channel, p_digest, p_address, p_browser, p_place, p_language, rinnalla.now(),
            rinnalla.now() + interval '15 minutes', 'asked', 0);
    insert into procrastinate_jobs (queue_name, task_name, args)
    values ('default', 'rinnalla.portal.jobs.send_links', '{}');
end $$;
revoke all on function portal.ask_link from public;
grant execute on function portal.ask_link to rinnalla_app;

-- The code, from the browser that asked or by the link: once, in time, at the third try at last.
-- Who has neither browser nor link learns nothing of the request.
create function portal.use_link(p_id uuid, p_browser bytea, p_link bytea, p_code bytea)
returns table (answer text, account uuid)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    r portal_signinrequest;
begin
    select * into r from portal_signinrequest s where s.id = p_id for update;
    if r.id is null or (r.browser <> p_browser and r.link is distinct from p_link) then
        return query select 'wrong'::text, null::uuid;
    elsif r.state = 'used' then
        return query select 'used'::text, null::uuid;
    elsif r.expires_at <= rinnalla.now() then
        return query select 'late'::text, null::uuid;
    elsif r.tries >= 3 then
        return query select 'spent'::text, null::uuid;
    elsif r.state = 'sent' and r.code = p_code and exists (
            select from access_clientaccount a join accounts_user u on u.id = a.account_id
            where a.account_id = r.account and a.ended_at is null and u.is_active) then
        update portal_signinrequest s set state = 'used' where s.id = p_id;
        return query select 'in'::text, r.account;
    else
        update portal_signinrequest s set tries = r.tries + 1 where s.id = p_id;
        return query select case when r.tries = 2 then 'spent' else 'wrong' end, null::uuid;
    end if;
end $$;
revoke all on function portal.use_link from public;
grant execute on function portal.use_link to rinnalla_app;

-- Whether an address can be one client's way in: what two share would be nobody's.
create function portal.address_is_free(p_client uuid, p_address text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (select from access.me where kind = 'member')
       and not exists (select from access_clientaccount a
                       where a.ended_at is null and a.client_id <> p_client
                         and (lower(a.email) = p_address or a.phone = p_address))
$$;
revoke all on function portal.address_is_free from public;
grant execute on function portal.address_is_free to rinnalla_app;
"""

LOG = """
-- What the journal tells the seated client of looks at the own data: by day and person, the newest
-- first. Of other clients that were on the same page there is nothing here. A guardian is told of
-- units within the mandate alone, and never of another guardian.
create function portal.my_log(p_from date, p_to date)
returns table (day date, entry uuid, what text, name text, title text, place text, bases text)
language sql stable security definer set search_path = public, pg_temp as $$
    with told as (
        select e.id, e.at, e.membership, e.account, s.basis,
               (e.at at time zone 'Europe/Helsinki')::date as day,
               case when e.kind ^@ 'read.' then 'read' else e.kind end as what, me.kind as my_kind
        from access.me
        join journal_entrysubject s on s.client = me.client
        join journal_entry e on e.id = s.entry
        where me.kind <> 'member'
          and s.at >= p_from::timestamp at time zone 'Europe/Helsinki'
          and s.at < (p_to + 1)::timestamp at time zone 'Europe/Helsinki'
          and (e.kind ^@ 'read.' or e.kind in ('client.found', 'law.opened', 'disclosed'))
          and (e.membership is not null or e.facts ->> 'seat' = 'guardian')
          and e.account is distinct from me.account
    ), looks as (
        select t.day, t.what, t.membership, (array_agg(t.id order by t.at, t.id))[1] as entry,
               max(t.at) as latest, string_agg(distinct t.basis, ',') as bases,
               bool_and(t.my_kind = 'client') as oneself
        from told t
        group by t.day, t.what, t.membership
    )
    select l.day, l.entry, l.what, (u.first_name || ' ' || u.last_name)::text, m.title::text,
           (case when n.name ^@ o.name then n.name else n.name || ', ' || o.name end)::text, l.bases
    from looks l
    left join organizations_membership m on m.id = l.membership
    left join accounts_user u on u.id = m.user_id
    left join organizations_unit n on n.id = m.unit_id
    left join organizations_organization o on o.id = n.organization_id
    where l.oneself or n.id in (select unnest(me.within) from access.me)
    order by l.day desc, l.latest desc, l.entry
    limit 500
$$;
revoke all on function portal.my_log from public;
grant execute on function portal.my_log to rinnalla_app;

-- A question about a row of the own log; the unit that looked is named, so that it can be asked.
create function portal.ask_about(p_entry uuid, p_words text) returns uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    asked_unit uuid;
    made uuid := rinnalla.uuid7();
begin
    select * into me from access.me where kind <> 'member';
    if me is null or not exists (select from journal_entrysubject s
                                 where s.entry = p_entry and s.client = me.client) then
        raise exception 'not of your log' using errcode = 'insufficient_privilege';
    end if;
    select coalesce(m.unit_id, k.id) into asked_unit
    from organizations_unit k
    left join journal_entry e on e.id = p_entry
    left join organizations_membership m on m.id = e.membership
    where k.keeps_master;
    insert into access_inquiry (id, public_id, client_id, unit_id, entry, asked_by, asked_at, words,
                                due, answer)
    values (made, gen_random_uuid(), me.client, asked_unit, p_entry, me.account, rinnalla.now(),
            p_words, rinnalla.today() + 14, '');
    perform access.record_act('inquiry.asked', 'inquiry', made, array[me.client], null);
    return made;
end $$;
revoke all on function portal.ask_about from public;
grant execute on function portal.ask_about to rinnalla_app;

-- The row of the read of the page on which a guardian chooses: everybody who is named there.
create function portal.record_seats() returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    named uuid[];
begin
    select * into me from access.me where kind <> 'member';
    if me is null then
        raise exception 'nobody is seated' using errcode = 'insufficient_privilege';
    end if;
    select array_agg(distinct s.client) into named from access.my_seats() s;
    perform rinnalla.write_entry('read.portal-seats', me.account, null, null, null, null,
        access.with_seat('{"kinds": ["client"]}'), named,
        array_fill('self'::text, array[cardinality(named)]));
end $$;
revoke all on function portal.record_seats from public;
grant execute on function portal.record_seats to rinnalla_app;

-- Whom of the clients one can be by a click: nobody where the clock cannot be moved.
create function portal.people() returns table (key uuid, account uuid, name text, for_whom text)
language sql stable security definer set search_path = public, pg_temp as $$
    select a.public_id, a.account_id, (c.given_names || ' ' || c.family_name)::text,
           coalesce((select string_agg(o.given_names || ' ' || o.family_name, ', ')
                     from access.mandates_of(c.id) m join clients_client o on o.id = m.client), '')
    from access_clientaccount a join clients_client c on c.id = a.client_id
    where a.ended_at is null
      and exists (select from pg_proc where proname = 'now'
                  and pronamespace = 'rinnalla'::regnamespace and prosrc like '%rinnalla.clock%')
    order by c.sort_name
$$;
revoke all on function portal.people from public;
grant execute on function portal.people to rinnalla_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("access", "0011_inquiry"),
        ("journal", "0004_sealing"),
        ("notifications", "0003_rights_of_clients"),
    ]

    operations = [
        migrations.RunSQL(SIGNING, "drop schema portal cascade"),
        migrations.RunSQL(LOG, migrations.RunSQL.noop),
        plain("portal_signinrequest", "", "", "select, update, delete"),
    ]
