"""What a withdrawal changes, what a permit has handed out, and the task to tell its recipients."""

from django.db import migrations

from rinnalla.access.policies import OWN, SELF, client_table, for_job

COLUMNS = """
grant update (ended_as) on permits_permit to rinnalla_app;
grant update (paper_given_on, paper_given_by_id) on permits_permitrequest to rinnalla_app;
"""

OPEN = """
alter table permits_recipientnotice add constraint notice_is_of_its_permits_client
    foreign key (permit_id, client_id) references permits_permit (id, client_id);
alter table permits_recipientnotice add constraint notice_owner_is_open
    foreign key (owner_id, needs_open) references organizations_membership (id, is_open)
    deferrable initially deferred;
"""
UNDO = """
alter table permits_recipientnotice drop constraint notice_is_of_its_permits_client;
alter table permits_recipientnotice drop constraint notice_owner_is_open;
"""

EFFECT = """
-- What ends with the permit: each unit's data that it opens now to a recipient, and whether another
-- permit in force leaves it open to that recipient. Also for who cannot see that other permit:
-- the client must be told truly what a withdrawal changes.
create function permits.effect(p_permit uuid)
returns table (organization uuid, recipient_unit uuid, unit uuid, closes boolean)
language sql stable security definer set search_path = public, pg_temp as $$
    select o.organization, o.recipient_unit, o.unit,
           not exists (
               select from access.opening other
               where other.client = o.client and other.unit = o.unit and other.permit <> o.permit
                 and other.begins <= rinnalla.now()
                 and (other.ends is null or other.ends > rinnalla.now())
                 and (other.organization = o.organization or other.recipient_unit = o.recipient_unit
                      or other.organization = (select u.organization_id from organizations_unit u
                                               where u.id = o.recipient_unit)))
    from access.opening o
    where o.permit = p_permit
      -- What a denial shuts is closed already.
      and not exists (
          select from access.denial d
          where d.client = o.client and d.unit = o.unit and d.begins <= rinnalla.now()
            and (d.ends is null or d.ends > rinnalla.now())
            and (num_nonnulls(d.organization, d.recipient_unit) = 0
                 or d.organization = o.organization or d.recipient_unit = o.recipient_unit))
      and exists (select from permits.mine m where m.permit = p_permit)
      and o.begins <= rinnalla.now() and (o.ends is null or o.ends > rinnalla.now())
$$;
revoke all on function permits.effect from public;
grant execute on function permits.effect to rinnalla_app;

-- The journal's rows of one permit, for those whom the permit concerns: what sharing acts handed out
-- by it, and how it ended. Who received is told by unit, never by name.
create function permits.told_of(p_permit uuid)
returns table (at timestamptz, kind text, subject_type text, facts jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.at, e.kind, e.subject_type, e.facts - 'membership'
    from journal_entry e
    where e.kind = 'disclosed' and e.facts ->> 'permit' = p_permit::text
      and exists (select from permits.mine m where m.permit = p_permit)
    union all
    select e.at, e.kind, e.subject_type, e.facts
    -- A permit is the actor's by several ways.
    from (select distinct mine.client from permits.mine where mine.permit = p_permit) m
    join journal_entrysubject s on s.client = m.client
    join journal_entry e on e.id = s.entry
    where e.subject = p_permit
      and e.kind in ('permit.withdrawn', 'permit.changed')
    order by 1
$$;
revoke all on function permits.told_of from public;
grant execute on function permits.told_of to rinnalla_app;

-- The tasks to tell the recipients of a permit that ends in this instant, but those who are kept and
-- the unit that ends it: of who ends it, or, when that is the client, of who recorded it, else of the
-- manager of the unit.
create function permits.make_notices(p_permit uuid, p_kept uuid[], p_days integer) returns void
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
    where r.permit_id = p.id and r.unit_id is distinct from me.unit
      and coalesce(r.organization_id, r.unit_id) <> all (p_kept);
end $$;
revoke all on function permits.make_notices from public;
grant execute on function permits.make_notices to rinnalla_app;
"""


class Migration(migrations.Migration):
    dependencies = [("permits", "0006_wills"), ("access", "0010_sharing")]

    operations = [
        migrations.RunSQL(COLUMNS, migrations.RunSQL.noop),
        migrations.RunSQL(OPEN, UNDO),
        migrations.RunSQL(
            EFFECT, "drop function permits.effect; drop function permits.told_of;"
            " drop function permits.make_notices"
        ),
        client_table(
            "permits_recipientnotice",
            f"{OWN} or {SELF}",
            insert=None,
            update="{t}.unit_id = (select unit from access.me)",
            columns=["told_on", "told_by_id", "way", "owner_id"],
        ),
        for_job("rinnalla_worker", "permits_recipientnotice", "select, update"),
    ]
