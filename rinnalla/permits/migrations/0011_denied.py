"""What a denial closes is told before, and its recipients are to be told of it."""

from django.db import migrations

SHUT = """
-- What a denial with these parts would close now, of the permits that concern the actor: whose data,
-- and to whom. A unit that is denied what its organization was given is told as that unit.
create function permits.shut_by(
    p_client uuid, p_units uuid[], p_organizations uuid[], p_recipients uuid[]
) returns table (organization uuid, recipient_unit uuid, unit uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    with open as (
        select o.organization, o.recipient_unit, o.unit,
               coalesce(o.organization, u.organization_id) as party
        from access.opening o
        left join organizations_unit u on u.id = o.recipient_unit
        where o.client = p_client and o.unit = any (p_units)
          and o.permit in (select m.permit from permits.mine m)
          and o.begins <= rinnalla.now() and (o.ends is null or o.ends > rinnalla.now())
          and not exists (
              select from access.denial d
              where d.client = o.client and d.unit = o.unit and d.begins <= rinnalla.now()
                and (d.ends is null or d.ends > rinnalla.now())
                and (num_nonnulls(d.organization, d.recipient_unit) = 0
                     or d.organization = coalesce(o.organization, u.organization_id)
                     or d.recipient_unit = o.recipient_unit))
    )
    select organization, recipient_unit, unit from open
    where cardinality(p_organizations) + cardinality(p_recipients) = 0
       or party = any (p_organizations) or recipient_unit = any (p_recipients)
    union
    select null, denied.id, open.unit
    from open join organizations_unit denied on denied.organization_id = open.organization
    where denied.id = any (p_recipients) and open.organization <> all (p_organizations)
$$;
revoke all on function permits.shut_by from public;
grant execute on function permits.shut_by to rinnalla_app;

-- The tasks to tell those whom a denial, recorded in this instant, shuts out: of who recorded it, or,
-- when that is the client, of the manager of the unit. Before the denial is followed.
create function permits.make_denial_notices(p_denial uuid, p_days integer) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    p permits_permit;
    owner record;
begin
    select * into me from access.me;
    select * into p from permits_permit
    where id = p_denial and kind = 'denial' and recorded_at = rinnalla.now()
      and recorded_by_id is not distinct from me.membership;
    if me is null or p.id is null
       or not exists (select from permits.mine m where m.permit = p_denial) then
        raise exception 'no such denial' using errcode = 'insufficient_privilege';
    end if;
    select m.id, m.unit_id into owner
    from organizations_membership m
    left join organizations_unit u on u.id = p.unit_id
    left join organizations_organization o on o.id = u.organization_id
    where m.is_open and m.id in (me.membership, u.manager_id, o.manager_id)
    order by m.id is not distinct from me.membership desc, m.id is not distinct from u.manager_id desc
    limit 1;
    insert into permits_recipientnotice
        (id, public_id, client_id, unit_id, permit_id, organization_id, recipient_unit_id, owner_id,
         is_interim, due, made_at, way)
    select rinnalla.uuid7(), gen_random_uuid(), p.client_id, owner.unit_id, p.id, told.organization,
           told.recipient_unit, owner.id, false, rinnalla.today() + p_days, rinnalla.now(), ''
    from (
        select distinct s.organization, s.recipient_unit
        from permits.shut_by(
            p.client_id,
            array(select o.unit_id from permits_permitunit o where o.permit_id = p.id),
            array(select r.organization_id from permits_permitrecipient r
                  where r.permit_id = p.id and r.organization_id is not null),
            array(select r.unit_id from permits_permitrecipient r
                  where r.permit_id = p.id and r.unit_id is not null)) s
    ) told
    where me.unit is null or told.recipient_unit is distinct from me.unit;
end $$;
revoke all on function permits.make_denial_notices from public;
grant execute on function permits.make_denial_notices to rinnalla_app;
"""
UNDO = "drop function permits.make_denial_notices; drop function permits.shut_by"


class Migration(migrations.Migration):
    dependencies = [("permits", "0010_notices_of_clients"), ("access", "0017_guardian_note")]

    operations = [migrations.RunSQL(SHUT, UNDO)]
