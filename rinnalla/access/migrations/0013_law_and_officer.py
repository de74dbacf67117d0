"""Opening by law, its end and its review; what the officer and the client read of the journal.

A way by law stands in the circle for an hour at most, so that reach, and what each table opens on
it, are asked as for every other way. The officer has no circle: only these functions answer.
"""

from django.db import migrations

from rinnalla.access.policies import SELF, client_table, for_job

CIRCLE = """
-- The officer and the administrator have no circle, whatever rows say.
create or replace view access.my_circle with (security_barrier) as
    select c.client, c.cause, c.thing, c.begins, c.ends, c.stands_for,
           c.cause in ('law', 'self', 'mandate') as narrow
    from access.seat me
    join access.circle c on c.membership = me.place
    where me.pid = pg_backend_pid() and me.xact = pg_current_xact_id_if_assigned()
      and me.role not in ('officer', 'administrator')
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

create or replace view access.my_narrow with (security_barrier) as
    select c.client, c.cause
    from access.seat me
    join access.circle c on c.membership = me.place and c.cause in ('law', 'self', 'mandate')
    where me.pid = pg_backend_pid() and me.xact = pg_current_xact_id_if_assigned()
      and me.role not in ('officer', 'administrator')
      and c.begins <= rinnalla.now() and (c.ends is null or c.ends > rinnalla.now());
"""

LAW = """
-- Opens a client to a practitioner, convener or intake: one in the circle (p_client), or one named
-- exactly by identifier or number, also under a safety restriction. Null when nobody is so named.
create function access.open_by_law(
    p_client uuid, p_digest bytea, p_number text, p_ground text, p_words text
) returns table (opening uuid, client uuid, ends_at timestamptz)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    named uuid;
    made uuid := rinnalla.uuid7();
    until timestamptz := rinnalla.now() + interval '1 hour';
begin
    select * into me from access.me s
    where s.kind = 'member' and s.role in ('practitioner', 'convener', 'intake');
    if not found
       or coalesce(p_ground, '') = ''
       or (p_ground = 'emergency' and coalesce(trim(p_words), '') = '')
       or (p_ground <> 'emergency' and not exists (
             select from organizations_codeentry e
             where e.code_list = 'lakiperuste' and e.code = p_ground)) then
        raise exception 'not opened by law' using errcode = 'insufficient_privilege';
    end if;
    if p_client is not null then
        select c.client into named from access.my_circle c where c.client = p_client limit 1;
    elsif p_digest is not null then
        select i.client_id into named from clients_clientidentifier i
        where i.digest = p_digest and i.from_master;
    else
        select c.id into named from clients_client c where c.number = p_number;
    end if;
    if named is null then
        perform rinnalla.write_entry('client.sought', me.account, me.membership, null, null, null,
                                     null, null, null);
        return;
    end if;
    insert into access_lawopening (id, public_id, client_id, unit_id, membership_id, ground, words,
                                   opened_at, ends_at, verdict, review_words)
    values (made, gen_random_uuid(), named, me.unit, me.membership, p_ground, coalesce(p_words, ''),
            rinnalla.now(), until, '', '');
    insert into access.circle (client, membership, cause, thing, begins, ends)
    values (named, me.membership, 'law', made, rinnalla.now(), until);
    perform rinnalla.write_entry('law.opened', me.account, me.membership, null, 'law_opening', made,
        jsonb_build_object('ground', p_ground), array[named], array['law']);
    return query select made, named, until;
end $$;
revoke all on function access.open_by_law from public;
grant execute on function access.open_by_law to rinnalla_app;

-- Ends one's own opening before its hour is over.
create function access.close_law_opening(p_opening uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    its_client uuid;
begin
    select * into me from access.me;
    update access_lawopening set closed_at = rinnalla.now()
    where id = p_opening and membership_id = me.membership and closed_at is null
      and ends_at > rinnalla.now()
    returning client_id into its_client;
    if its_client is null then
        return false;
    end if;
    delete from access.circle where thing = p_opening and cause = 'law';
    perform rinnalla.write_entry('law.closed', me.account, me.membership, null, 'law_opening',
                                 p_opening, null, array[its_client], array['law']);
    return true;
end $$;
revoke all on function access.close_law_opening from public;
grant execute on function access.close_law_opening to rinnalla_app;
"""

OFFICER = """
-- The openings of a period, newest first, without a client.
create function access.officer_law_openings(p_from timestamptz, p_until timestamptz)
returns table (opening uuid, opened_at timestamptz, ends_at timestamptz, closed_at timestamptz,
               ground text, membership uuid, worker text, title text, unit text,
               reviewed_at timestamptz, verdict text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare me record;
begin
    select * into me from access.me s where s.role = 'officer';
    if not found then
        raise exception 'not the officer' using errcode = 'insufficient_privilege';
    end if;
    perform rinnalla.write_entry('read.officer_law_openings', me.account, me.membership, null, null,
        null, jsonb_build_object('from', p_from, 'until', p_until), null, null);
    return query
    select o.id, o.opened_at, o.ends_at, o.closed_at, o.ground::text, m.id,
           (a.first_name || ' ' || a.last_name)::text, m.title::text, u.name::text,
           o.reviewed_at, o.verdict::text
    from access_lawopening o
    join organizations_membership m on m.id = o.membership_id
    join accounts_user a on a.id = m.user_id
    join organizations_unit u on u.id = o.unit_id
    where o.opened_at >= p_from and o.opened_at < p_until
    order by o.opened_at desc, o.id;
end $$;
revoke all on function access.officer_law_openings from public;
grant execute on function access.officer_law_openings to rinnalla_app;

-- One opening on the desk, to be reviewed: here, and nowhere else, its client has a name.
create function access.officer_law_opening(p_opening uuid)
returns table (client uuid, client_name text, ground text, words text, opened_at timestamptz,
               ends_at timestamptz, closed_at timestamptz, membership uuid, reads bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    o access_lawopening;
begin
    select * into me from access.me s where s.role = 'officer';
    if not found then
        raise exception 'not the officer' using errcode = 'insufficient_privilege';
    end if;
    select * into o from access_lawopening where id = p_opening;
    if o.id is null then
        return;
    end if;
    perform rinnalla.write_entry('read.officer_law_opening', me.account, me.membership, null,
        'law_opening', o.id, null, array[o.client_id], array['officer']);
    return query
    select c.id, (c.given_names || ' ' || c.family_name)::text, o.ground::text, o.words::text,
           o.opened_at, o.ends_at, o.closed_at, o.membership_id,
           (select count(*) from journal_entrysubject s join journal_entry e on e.id = s.entry
            where s.client = o.client_id and e.membership = o.membership_id
              and s.at between o.opened_at and o.ends_at and e.kind ^@ 'read.')
    from clients_client c where c.id = o.client_id;
end $$;
revoke all on function access.officer_law_opening from public;
grant execute on function access.officer_law_opening to rinnalla_app;

-- The review, by the officer and never by who opened it, once.
create function access.review_law_opening(p_opening uuid, p_verdict text, p_words text)
returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    its_client uuid;
begin
    select * into me from access.me s where s.role = 'officer';
    if not found or p_verdict is null or p_verdict not in ('justified', 'questioned') then
        raise exception 'not the officer' using errcode = 'insufficient_privilege';
    end if;
    update access_lawopening o
    set reviewed_at = rinnalla.now(), reviewed_by_id = me.membership, verdict = p_verdict,
        review_words = coalesce(p_words, '')
    from organizations_membership m
    where o.id = p_opening and o.reviewed_at is null and m.id = o.membership_id
      and m.user_id <> me.account
    returning o.client_id into its_client;
    if its_client is null then
        return false;
    end if;
    perform rinnalla.write_entry('law.reviewed', me.account, me.membership, null, 'law_opening',
        p_opening, jsonb_build_object('verdict', p_verdict), array[its_client], array['officer']);
    return true;
end $$;
revoke all on function access.review_law_opening from public;
grant execute on function access.review_law_opening to rinnalla_app;

-- The journal by client, account and period, newest first: one row an entry and client, who it was
-- and on which basis. A client is a key, no name. That the officer looked is a row, too.
create function access.officer_journal(
    p_client uuid, p_account uuid, p_kind text, p_from timestamptz, p_until timestamptz,
    p_limit integer
) returns table (entry uuid, at timestamptz, kind text, account uuid, membership uuid, worker text,
                 title text, unit text, organization text, process text, subject_type text,
                 subject uuid, facts jsonb, client uuid, basis text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare me record;
begin
    select * into me from access.me s where s.role = 'officer';
    if not found then
        raise exception 'not the officer' using errcode = 'insufficient_privilege';
    end if;
    perform rinnalla.write_entry('read.officer_journal', me.account, me.membership, null,
        case when p_account is not null then 'account' end, p_account,
        jsonb_strip_nulls(jsonb_build_object('kind', p_kind, 'from', p_from, 'until', p_until)),
        array[p_client], array['officer']);
    return query
    with chosen as (
        select e.*, s.client as its_client, s.basis as its_basis
        from journal_entrysubject s join journal_entry e on e.id = s.entry
        where p_client is not null and s.client = p_client and s.at >= p_from and s.at < p_until
          and (p_account is null or e.account = p_account)
          and (p_kind is null or e.kind ^@ p_kind)
        union all
        select e.*, s.client, s.basis
        from journal_entry e left join journal_entrysubject s on s.entry = e.id
        where p_client is null and e.at >= p_from and e.at < p_until
          and (p_account is null or e.account = p_account)
          and (p_kind is null or e.kind ^@ p_kind)
    )
    select e.id, e.at, e.kind, e.account, e.membership,
           (a.first_name || ' ' || a.last_name)::text, m.title::text, u.name::text, o.name::text,
           e.process, e.subject_type, e.subject, e.facts, e.its_client, e.its_basis
    from chosen e
    left join organizations_membership m on m.id = e.membership
    left join accounts_user a on a.id = m.user_id
    left join organizations_unit u on u.id = m.unit_id
    left join organizations_organization o on o.id = u.organization_id
    order by e.at desc, e.id limit p_limit;
end $$;
revoke all on function access.officer_journal from public;
grant execute on function access.officer_journal to rinnalla_app;
create index journal_by_account on journal_entry (account, at);
create index journal_by_time on journal_entry (at);
"""

LOG = """
-- Who has looked at the client and done something about them, as the client's seat may know it,
-- newest first: a guardian what units within the mandate did and what the guardian did. Of a list
-- of several clients only that this one was in it; nothing of what is withheld from the client.
create function access.my_log(p_before timestamptz, p_limit integer)
returns table (entry uuid, at timestamptz, kind text, seat text, mine boolean, worker text,
               title text, unit text, organization text, process text, subject_type text,
               subject uuid, facts jsonb, basis text)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.id, e.at, e.kind,
           case when e.membership is not null then 'member' else e.facts ->> 'seat' end,
           e.account = me.account, (a.first_name || ' ' || a.last_name)::text, m.title::text,
           u.name::text, o.name::text, e.process, e.subject_type, e.subject,
           (select coalesce(jsonb_object_agg(f.key, f.value), '{}'::jsonb)
            from jsonb_each(e.facts) f
            where f.key in ('kinds', 'what', 'permit', 'organization', 'unit', 'membership',
                            'ground', 'by')),
           s.basis
    from access.me me
    join access.my_circle c on c.client = me.client
    join journal_entrysubject s on s.client = me.client
    join journal_entry e on e.id = s.entry
    left join organizations_membership m on m.id = e.membership
    left join accounts_user a on a.id = m.user_id
    left join organizations_unit u on u.id = m.unit_id
    left join organizations_organization o on o.id = u.organization_id
    where me.kind <> 'member' and s.at < p_before
      and (me.kind = 'client' or e.account = me.account or m.unit_id = any (me.within))
      and not (e.kind ^@ 'row.')
      and not exists (select from access_withholding w
                      where w.client_id = me.client and w.thing = e.subject
                        and w.lifted_at is null)
    order by s.at desc, s.id limit p_limit
$$;
revoke all on function access.my_log from public;
grant execute on function access.my_log to rinnalla_app;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0012_law_openings"), ("organizations", "0003_officer")]

    operations = [
        migrations.RunSQL(CIRCLE, migrations.RunSQL.noop),
        migrations.RunSQL(LAW, migrations.RunSQL.noop),
        migrations.RunSQL(OFFICER, migrations.RunSQL.noop),
        migrations.RunSQL(LOG, migrations.RunSQL.noop),
        # Whoever opened it sees it while the way lasts; the client always.
        client_table(
            "access_lawopening",
            f"{{t}}.membership_id = (select membership from access.me) or {SELF}",
            insert=None,
        ),
        for_job("rinnalla_worker", "access_lawopening", "select"),
    ]
