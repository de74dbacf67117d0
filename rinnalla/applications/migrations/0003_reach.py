"""The units of which a reader of a case may read, and the members whom no permit reaches."""

from django.db import migrations

REACH = """
-- The units whose data of the application's client the actor may read: what is not among them
-- is to be asked for, whether or not it has anything.
create function applications.my_units(p_application uuid) returns table (unit uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    with matter as (
        select a.client_id from applications_application a
        where a.id = p_application
          and (select true from access.my_circle c where c.client = a.client_id limit 1)
    )
    select me.unit from access.me me cross join matter
    union
    select own.unit from access.me me cross join matter cross join unnest(me.units) as own(unit)
    union
    -- The fence makes it look by the client: joined, it would read all that is opened to the organization.
    select o.unit from matter m cross join lateral
        (select mo.unit from access.my_opening mo where mo.client = m.client_id offset 0) o
$$;
revoke all on function applications.my_units from public;
grant execute on function applications.my_units to rinnalla_app;

-- For the convener: the team's members who would see only a number, also before the case is
-- on an agenda.
create function applications.unreached(p_application uuid)
returns table (seat uuid, membership uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    with matter as (
        select a.client_id, a.unit_id, a.team_id, t.convener_id
        from applications_application a join organizations_team t on t.id = a.team_id
        where a.id = p_application
          and exists (select from access.my_circle c
                      where c.client = a.client_id and c.thing = a.id and c.cause = 'reception')
    )
    select ts.id, om.id
    from matter m
    join organizations_teamseat ts on ts.team_id = m.team_id
    join organizations_teammember tm on tm.seat_id = ts.id and tm.ended_at is null
    join organizations_membership om on om.id = tm.membership_id and om.is_open
    join organizations_unit u on u.id = om.unit_id
    where om.id <> m.convener_id
      and u.id <> m.unit_id
      and not exists (select from organizations_worktask_units wu
                      join organizations_unit t
                          on t.id = wu.unit_id and t.register_id = u.register_id
                      where wu.worktask_id = om.work_task_id and wu.unit_id = m.unit_id)
      and not exists (select from access.opening o
                      where o.client = m.client_id and o.unit = m.unit_id
                        and (o.organization = u.organization_id or o.recipient_unit = u.id)
                        and o.begins <= rinnalla.now()
                        and (o.ends is null or o.ends > rinnalla.now()))
$$;
revoke all on function applications.unreached from public;
grant execute on function applications.unreached to rinnalla_app;
"""

UNDO = """
drop function applications.unreached;
drop function applications.my_units;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_rights")]

    operations = [migrations.RunSQL(REACH, UNDO)]
