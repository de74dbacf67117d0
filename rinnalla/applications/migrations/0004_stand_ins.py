"""Nobody makes themselves a stand-in: only the closing job says who holds a matter for another.

Whoever handled a matter could mark it interim and name any unit's member as the one before, and so
read that unit's part. How full an agenda is, is told to its convener alone: a count is a trace.
"""

from django.db import migrations

CIRCLE = """
create or replace function applications.wanted_circle(p_application uuid)
returns table (membership uuid, cause text, requires uuid, stands_for uuid, ends timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    with matter as (
        select a.*, case when a.state in ('ended', 'discarded')
                         then ((a.ended_at at time zone 'Europe/Helsinki')::date + 31)::timestamp
                              at time zone 'Europe/Helsinki' end as until
        from applications_application a where a.id = p_application
    ), wanted (membership, cause, requires, stands_for, until) as (
    select m.referrer_id, 'referrer', null::uuid, null::uuid, m.until from matter m
    union all
    select t.convener_id, 'reception', null, null, m.until
    from matter m join organizations_team t on t.id = m.team_id
    where m.state not in ('draft', 'discarded')
    union all
    select tm.membership_id, 'session', m.unit_id, null, m.until
    from matter m
    join applications_agendaitem i on i.application_id = m.id and i.removed_at is null
    join organizations_teamsession s on s.id = i.session_id and s.team_id = m.team_id
    join organizations_teamseat ts on ts.team_id = m.team_id
    join organizations_teammember tm on tm.seat_id = ts.id and tm.ended_at is null
    join organizations_membership om on om.id = tm.membership_id and om.is_open
    join organizations_team t on t.id = m.team_id
    where m.state not in ('draft', 'discarded') and tm.membership_id <> t.convener_id
      and not exists (select from applications_disqualification d
                      where d.application_id = m.id and d.membership_id = tm.membership_id
                        and d.removed_at is null)
    union all
    (select distinct on (m.id) m.holder_id, 'interim', null::uuid,
           (select om.unit_id from applications_holding h
            join organizations_membership om on om.id = h.membership_id
            where h.application_id = m.id and not h.is_interim and h.began_at < i.began_at
            order by h.began_at desc limit 1),
           m.until
    from matter m
    join applications_holding i on i.application_id = m.id and i.membership_id = m.holder_id
         and i.is_interim
    where m.holder_is_interim
    order by m.id, i.began_at desc)
    )
    select w.membership, w.cause, w.requires, w.stands_for, w.until
    from wanted w join organizations_membership om on om.id = w.membership and om.is_open
$$;
"""

# Who held it before is what it was at that instant: nobody records it afterwards.
HOLDING = """
alter policy recording on applications_holding with check (
    unit_id = (select unit from access.me)
    and not is_interim and began_at = rinnalla.now()
    and (select true from access.my_circle c
         where c.client = applications_holding.client_id
           and c.thing = applications_holding.application_id
           and c.cause in ('referrer', 'reception', 'interim') limit 1));
"""

NUMBER = """
create or replace function applications.next_number(p_session uuid) returns smallint
language sql stable security definer set search_path = public, pg_temp as $$
    select (coalesce(max(i.number), 0) + 1)::smallint
    from applications_agendaitem i
    join organizations_teamsession s on s.id = i.session_id
    join organizations_team t on t.id = s.team_id
    where i.session_id = p_session and t.convener_id = (select membership from access.me)
$$;
"""

# Who has not begun reads nothing yet, and is told as little of.
BEGUN = """
create or replace function applications.audience(p_application uuid)
returns table (membership uuid, unit uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    with matter as (
        select a.id, a.client_id, a.unit_id, a.team_id from applications_application a
        where a.id = p_application
          and exists (select from access.my_circle c
                      where c.client = a.client_id and c.thing = a.id)
    ), members as (
        select distinct c.membership, c.requires, u.id as unit, u.organization_id as organization,
               u.register_id as register, om.work_task_id
        from matter m
        join access.circle c on c.thing = m.id and c.client = m.client_id
             and c.begins <= rinnalla.now() and (c.ends is null or c.ends > rinnalla.now())
        join organizations_membership om on om.id = c.membership and om.is_open
             and om.begins <= rinnalla.today()
        join organizations_unit u on u.id = om.unit_id
    ), readable as (
        select b.membership, b.requires, b.unit as readable from members b
        union
        select b.membership, b.requires, t.id
        from members b
        join organizations_worktask_units wu on wu.worktask_id = b.work_task_id
        join organizations_unit t on t.id = wu.unit_id and t.register_id = b.register
        union
        select b.membership, b.requires, o.unit
        from members b join matter m on true
        join access.opening o on o.client = m.client_id
             and (o.organization = b.organization or o.recipient_unit = b.unit)
             and o.begins <= rinnalla.now() and (o.ends is null or o.ends > rinnalla.now())
    )
    select distinct r.membership, r.readable from readable r
    where r.requires is null
       or exists (select from readable k
                  where k.membership = r.membership and k.readable = r.requires)
$$;

create or replace function applications.unreached(p_application uuid)
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
         and om.begins <= rinnalla.today()
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
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_reach")]

    operations = [
        migrations.RunSQL(CIRCLE, migrations.RunSQL.noop),
        migrations.RunSQL(HOLDING, migrations.RunSQL.noop),
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
        migrations.RunSQL(BEGUN, migrations.RunSQL.noop),
    ]
