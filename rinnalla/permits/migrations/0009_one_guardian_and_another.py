"""A guardian's permit bears the mandate, and is not shown to another guardian."""

from django.db import migrations

from rinnalla.access.policies import MEMBER, changed

MINE = """
create or replace view permits.mine with (security_barrier) as
    select p.id as permit, p.client_id as client,
           p.recorded_by_id is not distinct from me.membership and p.recorded_at = rinnalla.now()
               and (me.kind = 'member' or p.mandate_id is not distinct from me.mandate)
               as being_recorded
    from access.me
    join access.my_circle c on true
    join permits_permit p on p.client_id = c.client
    where p.unit_id = me.unit
       or me.kind = 'client'
       or (me.kind = 'member'
           and exists (select from permits_permitunit o
                       where o.permit_id = p.id
                         and (o.unit_id = me.unit or o.unit_id = any (me.units))))
       or (p.kind <> 'denial'
           and exists (select from permits_permitrecipient r
                       where r.permit_id = p.id
                         and (r.organization_id = me.organization or r.unit_id = me.unit)))
       -- A guardian's: what the client gave, and what was given within this very mandate.
       or (me.kind = 'guardian'
           and (p.mandate_id = me.mandate or (p.mandate_id is null and p.given_by = 'client'))
           and exists (select from permits_permitunit o
                       where o.permit_id = p.id and o.unit_id = any (me.within)))
       or (me.kind = 'guardian' and p.mandate_id = me.mandate and p.recorded_by_id is null
           and p.recorded_at = rinnalla.now());
"""

BY_MYSELF = (
    "{t}.recorded_by_id is not distinct from (select membership from access.me)"
    f" and ({MEMBER} or {{t}}.mandate_id is not distinct from (select mandate from access.me))"
    " and ({t}.unit_id = (select unit from access.me)"
    " or {t}.unit_id = any ((select access.writing_units())::uuid[])"
    " or ((select kind from access.me) <> 'member' and (select true from permits_permitrequest r"
    " where r.client_id = {t}.client_id and r.unit_id = {t}.unit_id limit 1)))"
)


class Migration(migrations.Migration):
    dependencies = [("permits", "0008_mandate"), ("access", "0009_rights_of_clients")]

    operations = [
        migrations.RunSQL(MINE, migrations.RunSQL.noop),
        changed("permits_permit", insert=BY_MYSELF),
    ]
