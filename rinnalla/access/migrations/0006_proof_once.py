"""A proof seats once: what was proven for one transaction of a connection is old in its next."""

from django.db import migrations

COLUMN = """
-- When the newest proof of this connection was made, in microseconds; sits only who comes later.
alter table access.seat add column proven_at bigint not null default 0;
"""

# The row stays when the seat is left: whoever deleted it could sit on an old proof.
SIT = """
create or replace function access.sit(p_membership uuid, p_account uuid, p_at bigint, p_proof bytea)
returns table (now timestamptz, unit uuid, organization uuid, role text, title text, phone text,
               first_name text, last_name text, unit_name text, organization_name text,
               unit_code text, memberships bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    message bytea := convert_to(concat_ws('|', p_membership, p_account, pg_backend_pid(), p_at), 'UTF8');
    proven boolean;
    own_units uuid[];
begin
    select p_proof = sha256(k.outer_pad || sha256(k.inner_pad || message)) into proven
    from access.seat_key k;
    if proven is not true
       or abs(extract(epoch from clock_timestamp()) * 1000000 - p_at) > 60000000
       or exists (select from access.seat s where s.pid = pg_backend_pid() and s.proven_at >= p_at) then
        raise exception 'actor not proven' using errcode = 'insufficient_privilege';
    end if;
    select array_agg(wu.unit_id) into own_units
    from organizations_membership m
    join organizations_unit u on u.id = m.unit_id
    join organizations_worktask_units wu on wu.worktask_id = m.work_task_id
    join organizations_unit t on t.id = wu.unit_id and t.register_id = u.register_id
    where m.id = p_membership;
    insert into access.seat as s
           (pid, xact, membership, account, unit, organization, units, role, proven_at)
    select pg_backend_pid(), pg_current_xact_id(), m.id, m.user_id, u.id, u.organization_id,
           coalesce(own_units, '{}'), m.role, p_at
    from organizations_membership m
    join organizations_unit u on u.id = m.unit_id
    join accounts_user a on a.id = m.user_id
    where m.id = p_membership and m.user_id = p_account and m.is_open and a.is_active
      and m.begins <= rinnalla.today()
    on conflict (pid) do update set
        xact = excluded.xact, membership = excluded.membership, account = excluded.account,
        unit = excluded.unit, organization = excluded.organization, units = excluded.units,
        role = excluded.role, proven_at = excluded.proven_at;
    if not found then
        perform access.stand();
        return;
    end if;
    return query
    select rinnalla.now(), u.id, o.id, m.role::text, m.title::text, m.phone::text,
           a.first_name::text, a.last_name::text, u.name::text, o.name::text, u.code::text,
           (select count(*) from organizations_membership other
            where other.user_id = m.user_id and other.is_open)
    from organizations_membership m
    join organizations_unit u on u.id = m.unit_id
    join organizations_organization o on o.id = u.organization_id
    join accounts_user a on a.id = m.user_id
    where m.id = p_membership;
end $$;

create or replace function access.stand() returns void language sql volatile security definer
set search_path = public, pg_temp as
    'update access.seat set xact = ''0''::xid8 where pid = pg_backend_pid()';
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0005_one_look")]

    operations = [
        migrations.RunSQL(COLUMN, migrations.RunSQL.noop),
        migrations.RunSQL(SIT, migrations.RunSQL.noop),
    ]
