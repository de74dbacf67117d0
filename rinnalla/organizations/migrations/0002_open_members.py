"""Managers and conveners are open memberships, and open memberships have active accounts.

The foreign keys are deferred to commit, so that a change of manager is one transaction.
"""

from django.db import migrations

SQL = """
alter table organizations_membership add constraint open_membership_has_active_account
    foreign key (user_id, needs_active_account) references accounts_user (id, is_active)
    deferrable initially deferred;

alter table organizations_organization add column needs_open_manager boolean
    generated always as (manager_id is not null) stored;
alter table organizations_organization add constraint organization_manager_is_open
    foreign key (manager_id, needs_open_manager) references organizations_membership (id, is_open)
    deferrable initially deferred;

alter table organizations_unit add column needs_open_manager boolean
    generated always as (manager_id is not null) stored;
alter table organizations_unit add constraint unit_manager_is_open
    foreign key (manager_id, needs_open_manager) references organizations_membership (id, is_open)
    deferrable initially deferred;

alter table organizations_team add column needs_open_convener boolean
    generated always as (convener_id is not null) stored;
alter table organizations_team add constraint team_convener_is_open
    foreign key (convener_id, needs_open_convener) references organizations_membership (id, is_open)
    deferrable initially deferred;

-- A unit always has an open manager, its own or the organization's.
create function rinnalla.unit_manager(p_unit uuid) returns uuid language sql stable as $$
    select coalesce(u.manager_id, o.manager_id)
    from organizations_unit u join organizations_organization o on o.id = u.organization_id
    where u.id = p_unit
$$;
create function rinnalla.check_unit_manager() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    if tg_table_name = 'organizations_unit' then
        if exists (select from organizations_unit where id = new.id)
           and rinnalla.unit_manager(new.id) is null then
            raise exception 'unit % has no manager', new.code using errcode = 'check_violation';
        end if;
    elsif exists (select from organizations_unit u join organizations_organization o
                  on o.id = u.organization_id
                  where o.id = new.id and u.manager_id is null and o.manager_id is null) then
        raise exception 'a unit of organization % has no manager', new.code
            using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger unit_has_manager after insert or update on organizations_unit
    deferrable initially deferred for each row execute function rinnalla.check_unit_manager();
create constraint trigger organization_manages_units after update on organizations_organization
    deferrable initially deferred for each row execute function rinnalla.check_unit_manager();
"""

UNDO = """
drop trigger unit_has_manager on organizations_unit;
drop trigger organization_manages_units on organizations_organization;
drop function rinnalla.check_unit_manager;
drop function rinnalla.unit_manager;
alter table organizations_team drop column needs_open_convener;
alter table organizations_unit drop column needs_open_manager;
alter table organizations_organization drop column needs_open_manager;
alter table organizations_membership drop constraint open_membership_has_active_account;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0001_initial"),
        ("journal", "0002_clock_and_append_only"),
    ]

    operations = [migrations.RunSQL(SQL, UNDO)]
