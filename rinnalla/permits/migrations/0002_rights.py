"""Who sees a permit, and how it opens data: by a definer function that follows the permit's own rows."""

from django.db import migrations

from rinnalla.access.policies import IDENTITY, client_owned, for_job

MINE = """
create schema permits;
grant usage on schema permits to rinnalla_app;

-- The permits that concern the actor: recorded by the actor's unit, opening data of the actor's own
-- units, or given to the actor's organization or unit; in force or not.
create view permits.mine with (security_barrier) as
    select p.id as permit, p.client_id as client,
           p.recorded_by_id = me.membership and p.recorded_at = rinnalla.now() as being_recorded
    from access.me
    join access.my_circle c on true
    join permits_permit p on p.client_id = c.client
    where p.unit_id = me.unit
       or exists (select from permits_permitunit o
                  where o.permit_id = p.id and (o.unit_id = me.unit or o.unit_id = any (me.units)))
       or exists (select from permits_permitrecipient r
                  where r.permit_id = p.id
                    and (r.organization_id = me.organization or r.unit_id = me.unit));
grant select on permits.mine to rinnalla_app;

-- Makes the openings be what the permit's rows say; whoever records or withdraws a permit calls it.
create function permits.follow(p_permit uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    p permits_permit;
begin
    select * into me from access.me;
    select * into p from permits_permit where id = p_permit;
    if me is null or p.id is null
       or not exists (select from access.my_circle c where c.client = p.client_id) then
        raise exception 'no such permit' using errcode = 'insufficient_privilege';
    end if;
    delete from access.opening where permit = p.id;
    if p.withdrawn_at is null then
        insert into access.opening (client, unit, organization, recipient_unit, permit, begins, ends)
        select p.client_id, o.unit_id, r.organization_id, r.unit_id, p.id,
               p.begins::timestamp at time zone 'Europe/Helsinki',
               (p.ends + 1)::timestamp at time zone 'Europe/Helsinki'
        from permits_permitunit o cross join permits_permitrecipient r
        where o.permit_id = p.id and r.permit_id = p.id;
    end if;
    perform access.record_act(
        case when p.withdrawn_at is null then 'opening.opened' else 'opening.closed' end,
        'permit', p.id, array[p.client_id], null);
end $$;
revoke all on function permits.follow from public;
grant execute on function permits.follow to rinnalla_app;
"""

CONCERNS_ME = (
    "{t}.unit_id = (select unit from access.me)"
    " or (select true from permits.mine m where m.permit = {t}.id limit 1)"
)
# What is recorded is not edited: a permit gets its parts in the transaction that records it.
RECORDING = (
    "(select true from permits.mine m where m.permit = {t}.permit_id and m.being_recorded limit 1)"
)
PART = "(select true from permits.mine m where m.permit = {t}.permit_id limit 1)"


class Migration(migrations.Migration):
    dependencies = [("permits", "0001_initial"), ("access", "0002_rights_below")]

    operations = [
        migrations.RunSQL(MINE, "drop schema permits cascade"),
        client_owned(
            "permits_permit",
            CONCERNS_ME,
            insert="{t}.unit_id = (select unit from access.me)"
            " and {t}.recorded_by_id = (select membership from access.me)",
            update=CONCERNS_ME,
            still="{t}.withdrawn_at is null",
            columns=["withdrawn_at", "withdrawn_by_id"],
        ),
        client_owned("permits_permitunit", PART, insert=RECORDING),
        client_owned("permits_permitrecipient", PART, insert=RECORDING),
        client_owned(
            "permits_permitrequest",
            IDENTITY,
            update=IDENTITY,
            columns=["answer", "answered_by_id", "answered_at", "permit_id"],
        ),
        client_owned("permits_permitrequestunit", IDENTITY, insert=IDENTITY),
        *(
            for_job("rinnalla_worker", table, "select")
            for table in ("permits_permit", "permits_permitrequest")
        ),
    ]
