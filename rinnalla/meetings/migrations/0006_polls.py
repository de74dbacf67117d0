"""The client and guests say which of the suggested times suit: on the own page, or by a link."""

from django.db import migrations

SQL = """
-- The client's own word on a suggested time, or a guardian's within the mandate.
create function meetings.choose_own(p_suggestion uuid, p_says text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    met record;
begin
    select * into me from access.me where kind <> 'member';
    select m.id, m.case_id, m.client_id, m.unit_id, s.id as suggestion, p.id as participant into met
    from meetings_suggestedtime s
    join meetings_meeting m on m.id = s.meeting_id and m.state = 'seeking'
    join meetings_participant p on p.meeting_id = m.id and p.kind = 'client'
    where s.public_id = p_suggestion and s.starts > rinnalla.now() and m.client_id = me.client
      and (me.kind = 'client' or m.unit_id = any (me.within));
    if met is null or p_says not in ('yes', 'no') then
        raise exception 'no such suggestion' using errcode = 'insufficient_privilege';
    end if;
    insert into meetings_answer (id, meeting_id, case_id, client_id, unit_id, participant_id,
                                 suggestion_id, says, words, answered_at)
    values (rinnalla.uuid7(), met.id, met.case_id, met.client_id, met.unit_id, met.participant,
            met.suggestion, p_says, '', rinnalla.now());
    perform access.record_act('meeting.answered', 'meeting', met.id, array[met.client_id],
        jsonb_build_object('case', met.case_id, 'participant', met.participant, 'says', p_says));
end $$;
revoke all on function meetings.choose_own from public;
grant execute on function meetings.choose_own to rinnalla_app;

-- The seat of a guest, of a poll: the times to choose from, until one is chosen or it is cancelled.
create function meetings.of_poll(p_participant uuid, p_meeting uuid, p_at bigint, p_proof bytea)
returns table (suggestion uuid, starts timestamptz, ends timestamptz, says text, phone text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform access.prove(concat_ws('|', 'guest', p_participant, p_meeting, pg_backend_pid(), p_at),
                         p_at, p_proof);
    return query
    select s.public_id, s.starts, s.ends,
           coalesce((select a.says from meetings_answer a
                     where a.participant_id = p.id and a.suggestion_id = s.id
                     order by a.answered_at desc, a.id desc limit 1), '')::text,
           o.phone::text
    from meetings_suggestedtime s
    join meetings_meeting m on m.id = s.meeting_id and m.state = 'seeking'
    join meetings_participant p on p.meeting_id = m.id and p.public_id = p_participant
         and p.ended_at is null and p.kind <> 'member'
    join clients_client c on c.id = m.client_id and c.died_on is null
    join cases_case k on k.id = m.case_id and k.state not in ('declined', 'closed')
    join organizations_membership o on o.id = m.convener_id
    where m.id = p_meeting and s.starts > rinnalla.now()
    order by s.starts;
end $$;
revoke all on function meetings.of_poll from public;
grant execute on function meetings.of_poll to rinnalla_app;

create function meetings.choose_by_link(
    p_participant uuid, p_meeting uuid, p_suggestion uuid, p_says text, p_at bigint, p_proof bytea
) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    met record;
begin
    if p_says not in ('yes', 'no') or not exists (
        select from meetings.of_poll(p_participant, p_meeting, p_at, p_proof) o
        where o.suggestion = p_suggestion) then
        return false;
    end if;
    select p.id as participant, m.id, m.case_id, m.client_id, m.unit_id, s.id as suggestion into met
    from meetings_participant p
    join meetings_meeting m on m.id = p.meeting_id
    join meetings_suggestedtime s on s.meeting_id = m.id and s.public_id = p_suggestion
    where p.public_id = p_participant;
    insert into meetings_answer (id, meeting_id, case_id, client_id, unit_id, participant_id,
                                 suggestion_id, says, words, answered_at)
    values (rinnalla.uuid7(), met.id, met.case_id, met.client_id, met.unit_id, met.participant,
            met.suggestion, p_says, '', rinnalla.now());
    perform rinnalla.write_entry('meeting.answered', null, null, 'link', 'meeting', met.id,
        jsonb_build_object('case', met.case_id, 'participant', met.participant, 'says', p_says),
        array[met.client_id], array['shared']);
    return true;
end $$;
revoke all on function meetings.choose_by_link from public;
grant execute on function meetings.choose_by_link to rinnalla_app;
"""
UNDO = """
drop function meetings.choose_by_link;
drop function meetings.of_poll;
drop function meetings.choose_own;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_appointment_rights")]

    operations = [migrations.RunSQL(SQL, UNDO)]
