"""The client, and who opens by law, read a matter and its parts; a denial is heeded in what is told."""

from django.db import migrations

from rinnalla.access.policies import BY_LAW, READ, SELF, changed, shared, standing_in

PART = f"{READ} or {standing_in('application_id')}"
PARTS = (
    "informationanswer", "view", "columnentry", "outcome", "outcomestep", "outcomeanswer",
    "telling", "ending",
)  # fmt: skip
THING = f"{shared('application_id')} or {SELF} or {BY_LAW}"
THINGS = ("holding", "informationrequest", "forwarding", "agendaitem", "presence")

# The units opened to somebody of an organization and a unit, less those that the client denied them.
DENIED = """not exists (
            select from access.denial d
            where d.client = o.client and d.unit = o.unit
              and d.begins <= rinnalla.now() and (d.ends is null or d.ends > rinnalla.now())
              and (num_nonnulls(d.organization, d.recipient_unit) = 0
                   or d.organization = {organization} or d.recipient_unit = {unit}))"""

TOLD = f"""
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
             and {DENIED.format(organization="b.organization", unit="b.unit")}
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
                        and (o.ends is null or o.ends > rinnalla.now())
                        and {DENIED.format(organization="u.organization_id", unit="u.id")})
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_stand_ins"),
        ("access", "0009_rights_of_clients"),
        ("plans", "0003_rights_of_clients"),
    ]

    operations = [
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        changed("applications_application", read=f"{shared('id')} or {SELF} or {BY_LAW}"),
        changed("applications_applicationtext", read=PART),
        *(changed(f"applications_{part}", read=PART) for part in PARTS),
        *(changed(f"applications_{thing}", read=THING) for thing in THINGS),
        # Who is disqualified, is a worker's own matter: not the client's.
        changed("applications_disqualification"),
    ]
