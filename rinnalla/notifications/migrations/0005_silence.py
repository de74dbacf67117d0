"""What has not gone of a thing that no longer holds is taken back by the database itself."""

from django.db import migrations

SILENCE = """
create index message_by_name on notifications_message (once text_pattern_ops)
    where once is not null and state = 'queued';

-- Takes back what waits of the thing that the name begins with; a message that is being sent at
-- this moment is waited for, and has gone.
create function notifications.silence(p_name text) returns integer
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    n integer;
begin
    update notifications_message set state = 'cancelled', ended_at = rinnalla.now()
    where once like replace(p_name, '_', '\\_') || ':%' and state = 'queued';
    get diagnostics n = row_count;
    return n;
end $$;
revoke all on function notifications.silence from public;
"""
UNDO = "drop function notifications.silence; drop index message_by_name"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_calendar")]

    operations = [migrations.RunSQL(SILENCE, UNDO)]
