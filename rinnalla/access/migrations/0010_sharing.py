"""What was handed out by which permit, to whom: rows of kind `disclosed`, written by sharing acts."""

from django.db import migrations

DISCLOSE = """
-- The units' data of the client (null: all that is opened) comes before the receivers' eyes: one row
-- for each receiver and permit by which it does, once a day for the same thing. What a receiver reads
-- as own is no disclosure.
create function access.record_sharing(
    p_client uuid, p_receivers uuid[], p_units uuid[], p_thing_type text, p_thing uuid, p_what text
) returns integer language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
    one record;
    told jsonb;
    found_bases text[];
    written integer := 0;
begin
    select * into me from access.me;
    if not found or not exists (select from access.my_circle c where c.client = p_client) then
        raise exception 'nobody who works with the client' using errcode = 'insufficient_privilege';
    end if;
    select b.bases into found_bases from access.my_bases(p_client) b;
    for one in
        select m.id as membership, u.id as unit, u.organization_id as organization, o.permit,
               array_agg(distinct o.unit) as units
        from organizations_membership m
        join organizations_unit u on u.id = m.unit_id
        join access.opening o on o.client = p_client
             and (o.organization = u.organization_id or o.recipient_unit = u.id)
             and o.begins <= rinnalla.now() and (o.ends is null or o.ends > rinnalla.now())
             and not exists (
                select from access.denial d
                where d.client = o.client and d.unit = o.unit and d.begins <= rinnalla.now()
                  and (d.ends is null or d.ends > rinnalla.now())
                  and (num_nonnulls(d.organization, d.recipient_unit) = 0
                       or d.organization = u.organization_id or d.recipient_unit = u.id))
        where m.id = any (p_receivers) and m.id is distinct from me.membership and o.unit <> u.id
          and (p_units is null or o.unit = any (p_units))
          and not exists (select from organizations_worktask_units wu
                          join organizations_unit t on t.id = wu.unit_id
                               and t.register_id = u.register_id
                          where wu.worktask_id = m.work_task_id and wu.unit_id = o.unit)
        group by m.id, u.id, u.organization_id, o.permit
        order by m.id, o.permit
    loop
        told := jsonb_build_object('permit', one.permit, 'organization', one.organization,
            'unit', one.unit, 'membership', one.membership, 'units', to_jsonb(one.units),
            'what', jsonb_build_array(p_what));
        continue when exists (
            select from journal_entry e
            where e.kind = 'disclosed' and e.facts ->> 'permit' = one.permit::text
              and e.subject = p_thing and e.facts @> told
              and e.at >= rinnalla.today()::timestamp at time zone 'Europe/Helsinki');
        perform rinnalla.write_entry('disclosed', me.account, me.membership, null, p_thing_type,
            p_thing, told, array[p_client], array[array_to_string(found_bases, ',')]);
        written := written + 1;
    end loop;
    return written;
end $$;
revoke all on function access.record_sharing from public;
grant execute on function access.record_sharing to rinnalla_app;

create index disclosed_by_permit on journal_entry ((facts ->> 'permit')) where kind = 'disclosed';
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0009_rights_of_clients"), ("journal", "0003_sort_key")]

    operations = [
        migrations.RunSQL(
            DISCLOSE,
            "drop index disclosed_by_permit; drop function access.record_sharing",
        ),
    ]
