"""Who could read what one's own unit records of a client, for the words beside a field.

Told only of the seat's own units: the permits that open and the denials that close their data are
those that concern the seat, so nothing is told that it might not read. It says who could by work
and permit, whoever serves the client: the circle is not asked.
"""

from django.db import migrations

AUDIENCE = """
create function access.audience(p_client uuid, p_unit uuid)
returns table (organization text, unit text, task text, is_mine boolean, is_own boolean,
               is_permitted boolean, ends date, whole_unit boolean, whole_organization boolean,
               unit_id uuid, task_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    with mine as (
        select w.id, w.register_id from access.me join organizations_unit w on w.id = p_unit
        where me.kind = 'member' and (w.id = me.unit or w.id = any (me.units))
          and exists (select from access.my_circle c where c.client = p_client)
    ), posts as (
        select distinct om.unit_id as unit, om.work_task_id as task
        from organizations_membership om
        where om.is_open and om.begins <= rinnalla.today()
          and om.role not in ('officer', 'administrator')
    ), permitted as (
        select u.id as unit, bool_or(o.ends is null) as lasts, max(o.ends) as ends
        from mine w
        join access.opening o on o.client = p_client and o.unit = w.id
             and o.begins <= rinnalla.now() and (o.ends is null or o.ends > rinnalla.now())
        join organizations_unit u on u.organization_id = o.organization or u.id = o.recipient_unit
        where not exists (
            select from access.denial d
            where d.client = o.client and d.unit = o.unit
              and d.begins <= rinnalla.now() and (d.ends is null or d.ends > rinnalla.now())
              and (num_nonnulls(d.organization, d.recipient_unit) = 0
                   or d.organization = u.organization_id or d.recipient_unit = u.id))
        group by u.id
    ), known as (
        select w.id as asked, u.id, u.organization_id, u.name, p.task,
               u.id = w.id
               or (u.register_id = w.register_id
                   and exists (select from organizations_worktask_units wu
                               where wu.worktask_id = p.task and wu.unit_id = w.id)) as own,
               o.unit is not null as permitted,
               case when not o.lasts
                    then (o.ends at time zone 'Europe/Helsinki')::date - 1 end as ends
        from mine w cross join posts p
        join organizations_unit u on u.id = p.unit
        left join permitted o on o.unit = u.id
    ), judged as (
        select k.*, bool_and(k.own) over (partition by k.id) as own_unit,
               bool_and(k.own or k.permitted) over (partition by k.id) as whole_unit,
               bool_and(k.own or k.permitted) over (partition by k.organization_id) as whole
        from known k
    )
    select o.name::text, j.name::text, t.name::text, j.id = j.asked, j.own, j.permitted, j.ends,
           case when j.own then j.own_unit else j.whole_unit end, j.whole, j.id, j.task
    from judged j
    join organizations_organization o on o.id = j.organization_id
    left join organizations_worktask t on t.id = j.task
    where j.own or j.permitted
    order by j.id <> j.asked, not j.own, o.name, j.name, t.name
$$;
revoke all on function access.audience from public;
grant execute on function access.audience to rinnalla_app;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0014_one_log")]

    operations = [
        migrations.RunSQL(AUDIENCE, "drop function access.audience(uuid, uuid)"),
    ]
