"""What the client and a guest do themselves, and who has opened a note."""

from django.db import migrations

SQL = """
-- The client's own answer to the time, or a guardian's within the mandate.
create function meetings.answer_own(p_meeting uuid, p_says text, p_words text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    met record;
begin
    select * into me from access.me where kind <> 'member';
    select m.id, m.case_id, m.client_id, m.unit_id, t.id as time, p.id as participant into met
    from meetings_meeting m
    join meetings_meetingtime t on t.meeting_id = m.id and t.ended_at is null
    join meetings_participant p on p.meeting_id = m.id and p.kind = 'client'
    where m.public_id = p_meeting and m.state = 'planned' and t.starts > rinnalla.now()
      and m.client_id = me.client
      and (me.kind = 'client' or m.unit_id = any (me.within));
    if met is null then
        raise exception 'no such meeting to come' using errcode = 'insufficient_privilege';
    end if;
    insert into meetings_answer (id, meeting_id, case_id, client_id, unit_id, participant_id, time_id,
                                 says, words, answered_at)
    values (rinnalla.uuid7(), met.id, met.case_id, met.client_id, met.unit_id, met.participant,
            met.time, p_says, p_words, rinnalla.now());
    perform access.record_act('meeting.answered', 'meeting', met.id, array[met.client_id],
        jsonb_build_object('case', met.case_id, 'participant', met.participant, 'says', p_says));
end $$;
revoke all on function meetings.answer_own from public;
grant execute on function meetings.answer_own to rinnalla_app;

-- What stayed unclear after a meeting that was held; somebody answers within a week.
create function meetings.ask_unclear(p_meeting uuid, p_words text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    met record;
    made uuid := rinnalla.uuid7();
begin
    select * into me from access.me where kind <> 'member';
    select m.id, m.case_id, m.client_id, m.unit_id into met
    from meetings_meeting m
    where m.public_id = p_meeting and m.state = 'held' and m.client_id = me.client
      and (me.kind = 'client' or m.unit_id = any (me.within));
    if met is null or btrim(p_words) = '' then
        raise exception 'no such meeting held' using errcode = 'insufficient_privilege';
    end if;
    insert into meetings_unclearpoint (id, public_id, meeting_id, case_id, client_id, unit_id, words,
                                       asked_at, answer_by, answer)
    values (made, gen_random_uuid(), met.id, met.case_id, met.client_id, met.unit_id, p_words,
            rinnalla.now(), rinnalla.today() + 7, '');
    perform access.record_act('meeting.question_asked', 'meeting', met.id, array[met.client_id],
        jsonb_build_object('case', met.case_id, 'question', made));
end $$;
revoke all on function meetings.ask_unclear from public;
grant execute on function meetings.ask_unclear to rinnalla_app;

-- The seat of a guest: a participant and a time of one link, proven by the application for this
-- connection and moment. Nothing once the time has moved, begun or been cancelled, or the guest is
-- not invited any more: then there is no row.
create function meetings.of_link(p_participant uuid, p_time uuid, p_at bigint, p_proof bytea)
returns table (starts timestamptz, ends timestamptz, place text, is_client boolean, says text,
               language text, phone text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform access.prove(concat_ws('|', 'guest', p_participant, p_time, pg_backend_pid(), p_at),
                         p_at, p_proof);
    return query
    select t.starts, t.ends,
           case when m.place_may_be_told then t.place else '' end::text,
           p.kind = 'client',
           coalesce((select a.says from meetings_answer a
                     where a.participant_id = p.id and a.time_id = t.id
                     order by a.answered_at desc, a.id desc limit 1), '')::text,
           c.contact_language::text, o.phone::text
    from meetings_meetingtime t
    join meetings_meeting m on m.id = t.meeting_id and m.state = 'planned'
    join meetings_participant p on p.meeting_id = m.id and p.public_id = p_participant
         and p.ended_at is null and p.kind <> 'member'
    join clients_client c on c.id = m.client_id and c.died_on is null
    join cases_case k on k.id = m.case_id and k.state not in ('declined', 'closed')
    join organizations_membership o on o.id = m.convener_id
    where t.id = p_time and t.ended_at is null and t.starts > rinnalla.now();
end $$;
revoke all on function meetings.of_link from public;
grant execute on function meetings.of_link to rinnalla_app;

create function meetings.answer_by_link(
    p_participant uuid, p_time uuid, p_says text, p_at bigint, p_proof bytea
) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    met record;
begin
    if not exists (select from meetings.of_link(p_participant, p_time, p_at, p_proof))
       or p_says not in ('yes', 'no', 'move') then
        return false;
    end if;
    select p.id as participant, m.id, m.case_id, m.client_id, m.unit_id into met
    from meetings_participant p join meetings_meeting m on m.id = p.meeting_id
    where p.public_id = p_participant;
    insert into meetings_answer (id, meeting_id, case_id, client_id, unit_id, participant_id, time_id,
                                 says, words, answered_at)
    values (rinnalla.uuid7(), met.id, met.case_id, met.client_id, met.unit_id, met.participant,
            p_time, p_says, '', rinnalla.now());
    perform rinnalla.write_entry('meeting.answered', null, null, 'link', 'meeting', met.id,
        jsonb_build_object('case', met.case_id, 'participant', met.participant, 'says', p_says),
        array[met.client_id], array['shared']);
    return true;
end $$;
revoke all on function meetings.answer_by_link from public;
grant execute on function meetings.answer_by_link to rinnalla_app;

-- Who has opened a note before it was recalled: for the unit that wrote it, while it reads it.
create function meetings.opened_by(p_note uuid)
returns table (at timestamptz, name text, unit text)
language sql stable security definer set search_path = public, pg_temp as $$
    select min(e.at), coalesce(u.first_name || ' ' || u.last_name, ''), coalesce(o.name, '')
    from meetings_meetingnote n
    join access.me on me.unit = n.unit_id
    join journal_entry e on e.subject = n.meeting_id and e.subject_type = 'meeting'
         and e.kind in ('read.meeting', 'read.portal-meeting')
         and e.at >= n.written_at and e.at <= coalesce(n.recalled_at, rinnalla.now())
    left join organizations_membership m on m.id = e.membership
    left join accounts_user u on u.id = m.user_id
    left join organizations_unit o on o.id = m.unit_id
    where n.id = p_note
      and exists (select from access.my_circle c where c.client = n.client_id)
      and e.membership is distinct from n.written_by_id
    group by e.membership, u.first_name, u.last_name, o.name
    order by 1
$$;
revoke all on function meetings.opened_by from public;
grant execute on function meetings.opened_by to rinnalla_app;
"""
UNDO = """
drop function meetings.opened_by;
drop function meetings.answer_by_link;
drop function meetings.of_link;
drop function meetings.ask_unclear;
drop function meetings.answer_own;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_rights")]

    operations = [migrations.RunSQL(SQL, UNDO)]
