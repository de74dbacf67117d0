"""Who is called together reads the meeting and is in the client's circle by it, and nobody longer."""

from django.db import migrations

from rinnalla.access.policies import (
    BY_LAW,
    OWN,
    READ,
    SELF,
    caused,
    client_table,
    for_job,
    shared,
)

PARTS = (
    "meetingtime", "suggestedtime", "participant", "answer", "invitingcall", "meetingnote",
    "agreedthing", "unclearpoint",
)  # fmt: skip
OF_CASE = [
    "alter table meetings_meeting add constraint meeting_with_client unique (id, case_id, client_id)",
    "alter table meetings_meeting add constraint meeting_of_its_case"
    " foreign key (case_id, client_id) references cases_case (id, client_id)",
    *(
        f"alter table meetings_{part} add constraint {part}_of_its_meeting"
        " foreign key (meeting_id, case_id, client_id)"
        " references meetings_meeting (id, case_id, client_id)"
        for part in PARTS
    ),
]
APART = [
    *(f"alter table meetings_{part} drop constraint {part}_of_its_meeting" for part in PARTS),
    "alter table meetings_meeting drop constraint meeting_of_its_case",
    "alter table meetings_meeting drop constraint meeting_with_client",
]

CIRCLE = """
create schema meetings;
grant usage on schema meetings to rinnalla_app, rinnalla_worker;

-- Who should be in the circle by this meeting: whoever is invited, through the thirtieth day after;
-- whoever does or looks at what was agreed in it, while it is in force and as long after its end.
create function meetings.wanted_circle(p_meeting uuid)
returns table (membership uuid, cause text, requires uuid, ends timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    with matter as (
        select m.id, c.unit_id as kept_by, u.organization_id,
               (coalesce((select t.starts from meetings_meetingtime t
                          where t.meeting_id = m.id and t.ended_at is null),
                         (select max(s.starts) from meetings_suggestedtime s
                          where s.meeting_id = m.id)) at time zone 'Europe/Helsinki')::date as day
        from meetings_meeting m
        join cases_case c on c.id = m.case_id and c.state <> 'declined'
        join organizations_unit u on u.id = c.unit_id
        where m.id = p_meeting and m.state <> 'cancelled'
    ), tasks as (
        select s.owner_id, s.watcher_id,
               case when s.state not in ('agreed', 'started') then
                    (select max(r.at) from plans_stepreport r where r.step_id = s.id) end as over_at
        from matter m
        join meetings_agreedthing a on a.meeting_id = m.id
        join plans_step s on s.id = a.step_id
    ), wanted (membership, cause, last) as (
        select p.membership_id, 'meeting', m.day
        from matter m
        join meetings_participant p on p.meeting_id = m.id and p.ended_at is null
        where p.membership_id is not null
        union all
        select o.membership, 'task', case when bool_and(t.over_at is not null)
               then max((t.over_at at time zone 'Europe/Helsinki')::date) end
        from tasks t
        cross join lateral (values (t.owner_id), (t.watcher_id)) o(membership)
        where o.membership is not null
        group by o.membership
    )
    select w.membership, w.cause,
           case when u.organization_id <> m.organization_id then m.kept_by end,
           (w.last + 31)::timestamp at time zone 'Europe/Helsinki'
    from wanted w
    cross join matter m
    join organizations_membership om on om.id = w.membership and om.is_open
    join organizations_unit u on u.id = om.unit_id
$$;
revoke all on function meetings.wanted_circle from public;

-- Makes the circle be what the meeting's rows say, and leaves a trace of what opened and closed.
create function meetings.follow(p_meeting uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    its_client uuid;
    gone integer;
    come integer;
begin
    select client_id into its_client from meetings_meeting where id = p_meeting;
    if its_client is null then
        raise exception 'no such meeting' using errcode = 'insufficient_privilege';
    end if;
    delete from access.circle c where c.thing = p_meeting
        and not exists (select from meetings.wanted_circle(p_meeting) w
                        where w.membership = c.membership and w.cause = c.cause
                          and w.requires is not distinct from c.requires);
    get diagnostics gone = row_count;
    insert into access.circle (client, membership, cause, thing, requires, begins, ends)
    select its_client, w.membership, w.cause, p_meeting, w.requires, rinnalla.now(), w.ends
    from meetings.wanted_circle(p_meeting) w
    on conflict on constraint one_way_a_cause do update set ends = excluded.ends
        where access.circle.ends is distinct from excluded.ends;
    get diagnostics come = row_count;
    if gone + come > 0 then
        if exists (select from access.me) then
            perform access.record_act('circle.followed', 'meeting', p_meeting, array[its_client], null);
        else
            perform rinnalla.write_entry('circle.followed', null, null, session_user::text,
                'meeting', p_meeting, null, array[its_client], array['process']);
        end if;
    end if;
end $$;
revoke all on function meetings.follow from public;
grant execute on function meetings.follow to rinnalla_app, rinnalla_worker;

-- A task's circle follows its step, whoever changes that: told of, moved to another, handed over.
create function meetings.follow_step() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    its_step uuid := coalesce((to_jsonb(new) ->> 'step_id')::uuid, new.id);
    its_meeting uuid;
begin
    select meeting_id into its_meeting from meetings_agreedthing where step_id = its_step;
    if its_meeting is not null then
        perform meetings.follow(its_meeting);
    end if;
    return null;
end $$;
revoke all on function meetings.follow_step from public;
create trigger follow_meeting after insert on plans_stepreport
    for each row execute function meetings.follow_step();
create trigger follow_meeting after update of owner_id, watcher_id on plans_step
    for each row execute function meetings.follow_step();

-- What was to be told of a time that no longer holds is not told any more.
create function meetings.silence_time() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform notifications.silence('meetingtime:' || new.id);
    return null;
end $$;
revoke all on function meetings.silence_time from public;
create trigger silence after update of ended_at on meetings_meetingtime
    for each row when (new.ended_at is not null) execute function meetings.silence_time();

-- Takes back the client's reminders that wait, for whoever calls together: they are set anew.
create function meetings.hush(p_meeting uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    one record;
begin
    if not exists (select from meetings_meeting m
                   join access.my_circle w on w.client = m.client_id and w.thing = m.case_id
                   where m.id = p_meeting and w.cause in ('holder', 'worker', 'interim', 'cover')) then
        raise exception 'no such meeting' using errcode = 'insufficient_privilege';
    end if;
    for one in select id from meetings_meetingtime where meeting_id = p_meeting loop
        perform notifications.silence('meetingtime:' || one.id || ':remind');
    end loop;
end $$;
revoke all on function meetings.hush from public;
grant execute on function meetings.hush to rinnalla_app;

-- Who is no longer invited is told nothing more, of whichever time.
create function meetings.silence_participant() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    one record;
begin
    for one in select id from meetings_meetingtime where meeting_id = new.meeting_id loop
        perform notifications.silence('meetingtime:' || one.id || ':' || new.id);
    end loop;
    return null;
end $$;
revoke all on function meetings.silence_participant from public;
create trigger silence after update of ended_at on meetings_participant
    for each row when (new.ended_at is not null) execute function meetings.silence_participant();

-- A client's "no" takes the meetings of the case with it.
create function meetings.silence_case() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    one record;
begin
    for one in select m.id, t.id as time from meetings_meeting m
               left join meetings_meetingtime t on t.meeting_id = m.id and t.ended_at is null
               where m.case_id = new.id loop
        if one.time is not null then
            perform notifications.silence('meetingtime:' || one.time);
        end if;
        perform meetings.follow(one.id);
    end loop;
    return null;
end $$;
revoke all on function meetings.silence_case from public;
create trigger silence_meetings after update of state on cases_case
    for each row when (new.state = 'declined' or old.state = 'declined')
    execute function meetings.silence_case();
"""

CARRIERS = ["holder", "asked", "worker", "interim"]
# Who calls together: whoever keeps the case, and a cover while the worker is away.
ARRANGER = caused("case_id", ["holder", "worker", "interim", "cover"])
HERE = "{t}.unit_id = (select unit from access.me)"
ARRANGING = f"{HERE} and {ARRANGER}"
AROUND = shared("case_id")


def invited(key: str) -> str:
    """In the circle by the meeting, invited or with a task agreed in it."""
    return caused(key, ["meeting", "task"])


MET = f"{AROUND} or {invited('meeting_id')} or {SELF} or {BY_LAW}"
SAID = f"{READ} or {caused('case_id', CARRIERS)}"
# What was said in a meeting is read by who was called to it; one recalled by its unit alone.
CALLED = caused("meeting_id", ["meeting"])
NOTED = f"({SAID} or {CALLED}) and ({{t}}.recalled_at is null or {OWN})"


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0001_initial"),
        ("cases", "0006_orientation_rights"),
        ("plans", "0004_a_step_is_its_owners"),
        ("notifications", "0005_silence"),
        ("access", "0018_called_together"),
    ]

    operations = [
        migrations.RunSQL(OF_CASE, APART),
        migrations.RunSQL(
            CIRCLE,
            [
                "drop trigger silence_meetings on cases_case",
                "drop trigger follow_meeting on plans_step",
                "drop trigger follow_meeting on plans_stepreport",
                "drop trigger silence on meetings_participant",
                "drop trigger silence on meetings_meetingtime",
                "drop schema meetings cascade",
            ],
        ),
        client_table(
            "meetings_meeting",
            f"{AROUND} or {invited('id')} or {SELF} or {BY_LAW}",
            insert=ARRANGING,
            update=ARRANGER,
            columns=[
                *("state", "ended_at", "reason", "follow_up", "note_recalled_at"),
                *("remind_by", "remind_day_before", "remind_hour_before"),
            ],
        ),
        client_table(
            "meetings_meetingtime", MET, insert=ARRANGING, update=ARRANGER, columns=["ended_at"]
        ),
        client_table("meetings_suggestedtime", MET, insert=ARRANGING),
        client_table(
            "meetings_participant",
            MET,
            insert=ARRANGING,
            update=ARRANGER,
            columns=["presence", "ended_at"],
        ),
        client_table("meetings_answer", MET, insert=f"{HERE} and ({ARRANGER} or {CALLED})"),
        client_table("meetings_invitingcall", SAID, insert=ARRANGING),
        client_table(
            "meetings_meetingnote",
            NOTED,
            insert=ARRANGING,
            update=HERE,
            columns=["recalled_at", "recall_reason"],
        ),
        client_table("meetings_agreedthing", MET, insert=ARRANGING),
        client_table(
            "meetings_unclearpoint",
            SAID,
            insert=ARRANGING,
            update=ARRANGER,
            columns=["answer", "answered_at", "answered_by_id"],
        ),
        *(
            for_job("rinnalla_worker", f"meetings_{part}", "select, update")
            for part in ("meeting", "meetingtime", "participant")
        ),
    ]
