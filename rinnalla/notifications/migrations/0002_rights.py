"""Who sees and moves a message; a new one wakes the worker when its transaction commits."""

from django.db import migrations

from rinnalla.access.policies import OWN, client_owned, for_job, plain

WAKE = """
create schema notifications;

-- One job for each message, in the message's own transaction: nothing is sent of an act undone, and
-- nothing that was done is forgotten.
create function notifications.wake() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    if new.channel in ('email', 'sms') then
        insert into procrastinate_jobs (queue_name, task_name, args, scheduled_at)
        values ('default', 'rinnalla.notifications.jobs.send_waiting', '{}',
                clock_timestamp() + greatest(new.due - rinnalla.now(), interval '0'));
    end if;
    return null;
end $$;
revoke all on function notifications.wake from public;
create trigger wake after insert on notifications_message
    for each row execute function notifications.wake();
"""
# Nobody but the worker says that a message was sent, and what has been sent stays as it is.
HERE = (
    "{t}.unit_id = (select unit from access.me)"
    " and {t}.state in ('queued', 'printed', 'cancelled')"
)
# The stand-in's mail is seen only where the clock can be moved: in a demonstration.
STAND_IN = """
alter table notifications_standinmail enable row level security;
create policy shown on notifications_standinmail for select to rinnalla_app using (
    (select prosrc like '%rinnalla.clock%' from pg_proc
     where proname = 'now' and pronamespace = 'rinnalla'::regnamespace));
create policy kept on notifications_standinmail to rinnalla_worker
    using (true) with check (true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        ("access", "0002_rights_below"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(WAKE, "drop schema notifications cascade"),
        client_owned(
            "notifications_message",
            OWN,
            update=HERE,
            still="{t}.state in ('queued', 'printed')",
            columns=["state", "ended_at"],
        ),
        for_job("rinnalla_worker", "notifications_message", "select, insert, update"),
        plain("notifications_standinmail", "select", "", "select, insert"),
        migrations.RunSQL(STAND_IN, migrations.RunSQL.noop),
    ]
