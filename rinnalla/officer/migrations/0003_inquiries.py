"""Inquiries of clients on the officer's desk, and what else waits there."""

from django.db import migrations

# Enrolling a client for the own page, and keeping an attachment, are work, too.
JUDGED = """
create or replace function officer.judged(p_from timestamptz, p_until timestamptz, p_until_day date)
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
                     and (split_part(e.kind, '.', 1) in ('permit', 'step', 'disclosed', 'mandate', 'attachment',
                                                     'denial')
                        or e.kind in ('client.enrolled', 'client.account_ended', 'row.withheld'))),
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
"""

INQUIRIES = """
-- How much waits: openings by law without a review, inquiries without an answer.
create function officer.waiting() returns table (openings bigint, inquiries bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform officer.me();
    return query select (select count(*) from access_lawopening where reviewed_at is null),
                        (select count(*) from access_inquiry where answered_at is null);
end $$;
revoke all on function officer.waiting from public;
grant execute on function officer.waiting to rinnalla_app;

-- What clients ask, unanswered first, without anybody's name.
create function officer.inquiries()
returns table (public_id uuid, asked_at timestamptz, due date, answered_at timestamptz, unit text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform officer.me();
    return query
    select i.public_id, i.asked_at, i.due, i.answered_at, u.name::text
    from access_inquiry i join organizations_unit u on u.id = i.unit_id
    order by i.answered_at desc nulls first, i.due, i.id limit 200;
end $$;
revoke all on function officer.inquiries from public;
grant execute on function officer.inquiries to rinnalla_app;

-- One inquiry with its client and the row of the log that it is about; each reading leaves a row.
create function officer.inquiry_of(p_inquiry uuid)
returns table (name text, words text, asked_at timestamptz, due date, answer text,
               answered_at timestamptz, unit text, at timestamptz, kind text, person text, title text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare me record;
begin
    select * into me from officer.me();
    perform rinnalla.write_entry('read.officer-inquiry', me.account, me.membership, null, 'inquiry',
        i.id, null, array[i.client_id], array['officer'])
    from access_inquiry i where i.public_id = p_inquiry;
    return query
    select c.family_name || ' ' || c.given_names, i.words, i.asked_at, i.due, i.answer, i.answered_at,
           n.name::text, e.at, coalesce(e.kind, ''),
           coalesce(u.first_name || ' ' || u.last_name, '')::text, coalesce(m.title, '')::text
    from access_inquiry i
    join clients_client c on c.id = i.client_id
    join organizations_unit n on n.id = i.unit_id
    left join journal_entry e on e.id = i.entry
    left join organizations_membership m on m.id = e.membership
    left join accounts_user u on u.id = m.user_id
    where i.public_id = p_inquiry;
end $$;
revoke all on function officer.inquiry_of from public;
grant execute on function officer.inquiry_of to rinnalla_app;

-- Answers in words, once; the client reads it beside the question.
create function officer.answer_inquiry(p_inquiry uuid, p_text text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    answered record;
begin
    select * into me from officer.me();
    update access_inquiry
    set answer = p_text, answered_by_id = me.membership, answered_at = rinnalla.now()
    where public_id = p_inquiry and answered_at is null and p_text <> ''
    returning id, client_id into answered;
    if answered.id is null then
        return false;
    end if;
    perform rinnalla.write_entry('inquiry.answered', me.account, me.membership, null, 'inquiry',
        answered.id, null, array[answered.client_id], array['officer']);
    return true;
end $$;
revoke all on function officer.answer_inquiry from public;
grant execute on function officer.answer_inquiry to rinnalla_app;
"""


class Migration(migrations.Migration):
    dependencies = [("officer", "0002_rights"), ("access", "0013_law_and_officer")]

    operations = [
        migrations.RunSQL(
            [JUDGED, INQUIRIES],
            "drop function officer.answer_inquiry; drop function officer.inquiry_of;"
            " drop function officer.inquiries; drop function officer.waiting",
        )
    ]
