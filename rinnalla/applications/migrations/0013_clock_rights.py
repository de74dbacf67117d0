"""The clock of the meeting is kept for all who read the matter: when it is, and when it was held."""

from django.db import migrations

from rinnalla.access.policies import BY_LAW, SELF, caused, client_table, shared

THING = f"{shared('application_id')} or {SELF} or {BY_LAW}"
HANDLER = caused("application_id", ["referrer", "reception", "interim"])
HERE = "{t}.unit_id = (select unit from access.me)"

OF_CLIENT = (
    "alter table applications_clockpause add constraint clockpause_of_its_client"
    " foreign key (application_id, client_id) references applications_application (id, client_id)"
)
APART = "alter table applications_clockpause drop constraint clockpause_of_its_client"

CLOCK = """
-- What came of the matters that called a client together: the first meeting to come since then, and
-- when the promise was kept: a meeting was held, a worker named without one, or the case ended. Only
-- two instants, for everybody to whom the clock was promised, whoever is invited.
create function applications.keep_clock(p_case uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
    with told as (
        select a.id,
               (select min(t.starts) from meetings_meeting m
                join meetings_meetingtime t on t.meeting_id = m.id and t.ended_at is null
                where m.case_id = a.case_id and m.state = 'planned' and m.called_at >= a.consulted_at)
                   as meets,
               least((select min(t.starts) from meetings_meeting m
                      join meetings_meetingtime t on t.meeting_id = m.id and t.ended_at is null
                      where m.case_id = a.case_id and m.state = 'held'
                        and t.starts >= a.consulted_at),
                     (select min(s.accepted_at) from cases_assignment s
                      where s.case_id = a.case_id and s.accepted_at >= a.consulted_at
                        and not s.is_interim),
                     c.ended_at) as met
        from applications_application a
        join cases_case c on c.id = a.case_id
        where a.case_id = p_case and a.state = 'called'
    )
    update applications_application a set meets_at = told.meets, met_at = told.met
    from told
    where told.id = a.id and (a.meets_at, a.met_at) is distinct from (told.meets, told.met)
$$;
revoke all on function applications.keep_clock from public;

create function applications.follow_clock() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    perform applications.keep_clock(
        case tg_table_name when 'cases_case' then (to_jsonb(new) ->> 'id')::uuid
             else (to_jsonb(new) ->> 'case_id')::uuid end);
    return null;
end $$;
revoke all on function applications.follow_clock from public;
create trigger follow_clock after update of state on meetings_meeting
    for each row execute function applications.follow_clock();
create trigger follow_clock after insert or update of ended_at on meetings_meetingtime
    for each row execute function applications.follow_clock();
create trigger follow_clock after update of state on cases_case
    for each row execute function applications.follow_clock();
-- A matter that is no longer linked to a case has no meeting of it.
create function applications.forget_clock() returns trigger
language plpgsql volatile set search_path = public, pg_temp as $$
begin
    new.meets_at := null;
    new.met_at := null;
    return new;
end $$;
create trigger forget_clock before update of case_id on applications_application
    for each row when (new.case_id is null) execute function applications.forget_clock();
create trigger follow_clock after update of case_id, state on applications_application
    for each row when (new.case_id is not null) execute function applications.follow_clock();
"""
STOPPED = """
drop trigger follow_clock on applications_application;
drop trigger forget_clock on applications_application;
drop function applications.forget_clock;
drop trigger follow_clock on cases_case;
drop trigger follow_clock on meetings_meetingtime;
drop trigger follow_clock on meetings_meeting;
drop function applications.follow_clock;
drop function applications.keep_clock;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0012_clock_pauses"),
        ("meetings", "0005_appointment_rights"),
    ]

    operations = [
        migrations.RunSQL(OF_CLIENT, APART),
        migrations.RunSQL(CLOCK, STOPPED),
        client_table(
            "applications_clockpause",
            THING,
            insert=f"{HERE} and {HANDLER}",
            update=HANDLER,
            columns=["ended_on"],
        ),
    ]
