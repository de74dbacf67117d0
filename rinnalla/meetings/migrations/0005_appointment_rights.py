"""An appointment is minded by its step's professional, and nothing is told of one that ended."""

from django.db import migrations

from rinnalla.access.policies import READ, REACH, client_table

MINDER = "{t}.minder_id = (select membership from access.me)"

KEYS = """
alter table plans_step add constraint step_with_client unique (id, client_id);
alter table plans_step add constraint step_with_minder unique (id, minder);
alter table meetings_appointment add constraint appointment_of_its_client
    foreign key (step_id, client_id) references plans_step (id, client_id);
alter table meetings_appointment add constraint appointment_is_minded
    foreign key (step_id, minder_id) references plans_step (id, minder) on update cascade;
"""
APART = """
alter table meetings_appointment drop constraint appointment_is_minded;
alter table meetings_appointment drop constraint appointment_of_its_client;
alter table plans_step drop constraint step_with_minder;
alter table plans_step drop constraint step_with_client;
"""

SQL = """
create function meetings.silence_appointment() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform notifications.silence('appointment:' || new.id);
    return null;
end $$;
revoke all on function meetings.silence_appointment from public;
create trigger silence after update of ended_at, happened on meetings_appointment
    for each row when (new.ended_at is not null or new.happened <> '')
    execute function meetings.silence_appointment();

-- Of a step that is over the client is not reminded any more.
create function meetings.silence_step() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    one record;
begin
    for one in select id from meetings_appointment where step_id = new.id loop
        perform notifications.silence('appointment:' || one.id);
    end loop;
    return null;
end $$;
revoke all on function meetings.silence_step from public;
create trigger silence_appointments after update of state on plans_step
    for each row when (new.state not in ('agreed', 'started'))
    execute function meetings.silence_step();

-- The client's own word on an appointment to come, or a guardian's within the mandate.
create function meetings.answer_own_appointment(p_appointment uuid, p_says text, p_words text)
returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    found_one record;
begin
    select * into me from access.me where kind <> 'member';
    select a.id, a.client_id, a.unit_id into found_one
    from meetings_appointment a
    where a.public_id = p_appointment and a.ended_at is null and a.happened = ''
      and a.starts > rinnalla.now() and a.client_id = me.client
      and (me.kind = 'client' or a.unit_id = any (me.within));
    if found_one is null or p_says not in ('yes', 'no', 'move') then
        raise exception 'no such appointment to come' using errcode = 'insufficient_privilege';
    end if;
    update meetings_appointment
    set says = p_says, words = p_words, said_at = rinnalla.now(), heard_by_id = null,
        call_again_on = null
    where id = found_one.id;
    perform access.record_act('appointment.answered', 'appointment', found_one.id,
        array[found_one.client_id], jsonb_build_object('says', p_says));
end $$;
revoke all on function meetings.answer_own_appointment from public;
grant execute on function meetings.answer_own_appointment to rinnalla_app;

-- The seat of a guest, of an appointment: the link closes when it moves, ends or begins.
create function meetings.of_appointment_link(p_public uuid, p_id uuid, p_at bigint, p_proof bytea)
returns table (starts timestamptz, ends timestamptz, place text, is_client boolean, says text,
               language text, phone text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform access.prove(concat_ws('|', 'guest', p_public, p_id, pg_backend_pid(), p_at),
                         p_at, p_proof);
    return query
    select a.starts, null::timestamptz, ''::text, true,
           case when a.says = 'unanswered' then '' else a.says end::text,
           c.contact_language::text, o.phone::text
    from meetings_appointment a
    join plans_step s on s.id = a.step_id and s.state in ('agreed', 'started')
    join clients_client c on c.id = a.client_id and c.died_on is null
    join organizations_membership o on o.id = a.minder_id
    where a.public_id = p_public and a.id = p_id and a.ended_at is null and a.happened = ''
      and a.starts > rinnalla.now();
end $$;
revoke all on function meetings.of_appointment_link from public;
grant execute on function meetings.of_appointment_link to rinnalla_app;

create function meetings.answer_appointment_by_link(
    p_public uuid, p_id uuid, p_says text, p_at bigint, p_proof bytea
) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    its_client uuid;
begin
    if not exists (select from meetings.of_appointment_link(p_public, p_id, p_at, p_proof))
       or p_says not in ('yes', 'no', 'move') then
        return false;
    end if;
    update meetings_appointment
    set says = p_says, words = '', said_at = rinnalla.now(), heard_by_id = null,
        call_again_on = null
    where id = p_id
    returning client_id into its_client;
    perform rinnalla.write_entry('appointment.answered', null, null, 'link', 'appointment', p_id,
        jsonb_build_object('says', p_says), array[its_client], array['shared']);
    return true;
end $$;
revoke all on function meetings.answer_appointment_by_link from public;
grant execute on function meetings.answer_appointment_by_link to rinnalla_app;
"""
UNDO = """
drop function meetings.answer_appointment_by_link;
drop function meetings.of_appointment_link;
drop function meetings.answer_own_appointment;
drop trigger silence_appointments on plans_step;
drop function meetings.silence_step;
drop trigger silence on meetings_appointment;
drop function meetings.silence_appointment;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_appointments")]

    operations = [
        migrations.RunSQL(KEYS, APART),
        migrations.RunSQL(SQL, UNDO),
        client_table(
            "meetings_appointment",
            f"{READ} or {MINDER}",
            update=f"{MINDER} or {REACH}",
            columns=[
                *("says", "words", "said_at", "heard_by_id", "call_again_on", "escort"),
                *("escort_words", "happened", "happened_words", "ended_at", "reason"),
            ],
        ),
    ]
