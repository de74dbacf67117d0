"""A client reads and writes permits; a denial narrows what is opened, by the same function."""

from django.db import migrations

from rinnalla.access.policies import (
    BY_LAW,
    MEMBER,
    NOT_GUARDIAN,
    ONESELF,
    REACH,
    SELF,
    changed,
)

MINE = """
-- The permits that concern the actor: recorded by the actor's unit, about data of the actor's own
-- units, or given to the actor's organization or unit (whom a denial shuts out is not told);
-- the client's own, and for a guardian those about data within the mandate. In force or not.
create or replace view permits.mine with (security_barrier) as
    select p.id as permit, p.client_id as client,
           p.recorded_by_id is not distinct from me.membership and p.recorded_at = rinnalla.now()
               as being_recorded
    from access.me
    join access.my_circle c on true
    join permits_permit p on p.client_id = c.client
    where p.unit_id = me.unit
       or me.kind = 'client'
       or exists (select from permits_permitunit o
                  where o.permit_id = p.id
                    and (o.unit_id = me.unit or o.unit_id = any (me.units)
                         or o.unit_id = any (me.within)))
       or (p.kind <> 'denial'
           and exists (select from permits_permitrecipient r
                       where r.permit_id = p.id
                         and (r.organization_id = me.organization or r.unit_id = me.unit)))
       -- A guardian's permit is being recorded before its units are.
       or (me.kind = 'guardian' and p.recorded_by_id is null and p.recorded_at = rinnalla.now());

-- Makes the openings and the denials be what the permit's rows say.
create or replace function permits.follow(p_permit uuid) returns void
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
    delete from access.denial where permit = p.id;
    if p.withdrawn_at is null and p.kind <> 'denial' then
        insert into access.opening (client, unit, organization, recipient_unit, permit, begins, ends)
        select p.client_id, o.unit_id, r.organization_id, r.unit_id, p.id,
               p.begins::timestamp at time zone 'Europe/Helsinki',
               (p.ends + 1)::timestamp at time zone 'Europe/Helsinki'
        from permits_permitunit o cross join permits_permitrecipient r
        where o.permit_id = p.id and r.permit_id = p.id;
    elsif p.withdrawn_at is null then
        insert into access.denial (client, unit, organization, recipient_unit, permit, begins, ends)
        select p.client_id, o.unit_id, r.organization_id, r.unit_id, p.id,
               p.begins::timestamp at time zone 'Europe/Helsinki',
               (p.ends + 1)::timestamp at time zone 'Europe/Helsinki'
        from permits_permitunit o left join permits_permitrecipient r on r.permit_id = p.id
        where o.permit_id = p.id;
    end if;
    perform access.record_act(
        case when (p.withdrawn_at is null) = (p.kind <> 'denial') then 'opening.opened'
             else 'opening.closed' end,
        'permit', p.id, array[p.client_id], null);
end $$;
"""

CONCERNS_ME = (
    f"{{t}}.unit_id = (select unit from access.me) or {ONESELF}"
    " or (select true from permits.mine m where m.permit = {t}.id limit 1)"
)
RECORDING = (
    "(select true from permits.mine m where m.permit = {t}.permit_id and m.being_recorded limit 1)"
)
# A guardian opens and denies only data within the mandate.
IN_REACH = (
    f"({RECORDING} and ((select kind from access.me) <> 'guardian'"
    " or {t}.unit_id = any ((select within from access.me)::uuid[])))"
)
# Recorded by oneself: as a member for one's own unit, as a client for one that serves the client.
BY_MYSELF = (
    "{t}.recorded_by_id is not distinct from (select membership from access.me)"
    " and ({t}.unit_id = (select unit from access.me)"
    " or {t}.unit_id = any ((select access.writing_units())::uuid[])"
    " or ((select kind from access.me) <> 'member' and (select true from permits_permitrequest r"
    " where r.client_id = {t}.client_id and r.unit_id = {t}.unit_id limit 1)))"
)
# A guardian meets a request that asks for data within the mandate.
ASKED = (
    f"{MEMBER} or {ONESELF} or (select true from permits_permitrequestunit u"
    " where u.request_id = {t}.id and u.unit_id = any ((select within from access.me)::uuid[])"
    " limit 1)"
)
# A permit's signed form shows who gave it: it is no guardian's, for another may have signed.
SCAN = (
    f"{REACH} or {ONESELF} or ({{t}}.subject_type <> 'permit' and {SELF}) or {BY_LAW}"
    f" or ({NOT_GUARDIAN} and {{t}}.subject_type = 'permit' and (select true from permits.mine m"
    " where m.client = {t}.client_id and m.permit = {t}.subject_id limit 1))"
)
OF_READABLE = "(select true from files_attachment a where a.id = {t}.attachment_id limit 1)"


class Migration(migrations.Migration):
    dependencies = [("permits", "0004_denial"), ("access", "0009_rights_of_clients")]

    operations = [
        migrations.RunSQL(MINE, migrations.RunSQL.noop),
        changed(
            "permits_permit",
            read=CONCERNS_ME,
            insert=BY_MYSELF,
            update=CONCERNS_ME,
            still="{t}.withdrawn_at is null",
        ),
        changed("permits_permitunit", insert=IN_REACH),
        changed("permits_permitrecipient", insert=RECORDING),
        changed("files_attachment", read=SCAN),
        changed("files_attachmentcontent", read=f"{REACH} or {OF_READABLE}"),
        changed("permits_permitrequest", read=ASKED, update=ASKED),
        changed(
            "permits_permitrequestunit", read=f"{MEMBER} or {SELF}", insert=MEMBER
        ),
    ]
