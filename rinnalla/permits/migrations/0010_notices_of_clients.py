"""When the client withdraws, organizations are to be told, too: nobody's unit is not a unit."""

from django.db import migrations

TOLD = """
create or replace function permits.make_notices(p_permit uuid, p_kept uuid[], p_days integer) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    p permits_permit;
    owner record;
begin
    select * into me from access.me;
    select * into p from permits_permit
    where id = p_permit and withdrawn_at = rinnalla.now() and withdrawn_by_id is not distinct from me.membership;
    if me is null or p.id is null
       or not exists (select from permits.mine m where m.permit = p_permit) then
        raise exception 'no such permit' using errcode = 'insufficient_privilege';
    end if;
    select m.id, m.unit_id into owner
    from organizations_membership m
    left join organizations_unit u on u.id = p.unit_id
    left join organizations_organization o on o.id = u.organization_id
    where m.is_open and m.id in (me.membership, p.recorded_by_id, u.manager_id, o.manager_id)
    order by m.id is not distinct from me.membership desc,
             m.id is not distinct from p.recorded_by_id desc,
             m.id is not distinct from u.manager_id desc
    limit 1;
    insert into permits_recipientnotice
        (id, public_id, client_id, unit_id, permit_id, organization_id, recipient_unit_id, owner_id,
         is_interim, due, made_at, way)
    select rinnalla.uuid7(), gen_random_uuid(), p.client_id, owner.unit_id, p.id, r.organization_id,
           r.unit_id, owner.id, false, rinnalla.today() + p_days, rinnalla.now(), ''
    from permits_permitrecipient r
    where r.permit_id = p.id and (me.unit is null or r.unit_id is distinct from me.unit)
      and coalesce(r.organization_id, r.unit_id) <> all (p_kept);
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("permits", "0009_one_guardian_and_another")]

    operations = [migrations.RunSQL(TOLD, migrations.RunSQL.noop)]
