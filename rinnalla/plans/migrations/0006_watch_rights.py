"""An agreed end has its watch, and the watch its step on its day: guarantee 2, kept by keys.

They are looked at when the transaction ends, so that an act changes all three at once or none.
"""

from django.db import migrations

from rinnalla.access.policies import BY_LAW, SELF, caused, client_table, shared

THING = f"{shared('case_id')} or {SELF} or {BY_LAW}"
CARRIER = caused("case_id", ["holder", "asked", "worker", "interim"])
HERE = "{t}.unit_id = (select unit from access.me)"
KEEPING = f"{HERE} and {caused('case_id', ['holder', 'worker', 'interim'])}"

KEYS = [
    ("plans_step", "step_with_its_day", "unique (id, due, needs_open)"),
    ("plans_watch", "watch_with_its_days", "unique (package_id, ends_on, check_on, in_force)"),
    ("cases_servicepackage", "package_with_its_end", "unique (id, ends, in_force)"),
    (
        "plans_watch",
        "watch_of_its_client",
        "foreign key (case_id, client_id) references cases_case (id, client_id)",
    ),
    (
        "plans_watch",
        "a_watch_has_its_step_on_its_day",
        "foreign key (step_id, check_on, in_force) references plans_step (id, due, needs_open)"
        " deferrable initially deferred",
    ),
    (
        "plans_watch",
        "a_watch_is_of_an_end_in_force",
        "foreign key (package_id, ends_on, in_force)"
        " references cases_servicepackage (id, ends, in_force) deferrable initially deferred",
    ),
]
WATCHED = (
    "cases_servicepackage",
    "a_package_in_force_is_watched",
    "foreign key (id, ends, check_on, in_force)"
    " references plans_watch (package_id, ends_on, check_on, in_force)"
    " deferrable initially deferred",
)

# What was agreed before there were watches gets one, with the worker of today.
EARLIER = """
do $do$
declare
    one record;
    made uuid;
begin
    for one in select p.*, a.membership_id from cases_servicepackage p
               join cases_case c on c.id = p.case_id
               join cases_assignment a on a.id = c.worker_id and a.is_open
               where p.ended_at is null loop
        made := rinnalla.uuid7();
        insert into plans_step (id, public_id, client_id, unit_id, text, due, state, owner_id,
                                owner_contact, is_interim)
        values (made, gen_random_uuid(), one.client_id, one.unit_id,
                'Katsokaa palvelukokonaisuutta yhdessä', one.check_on, 'agreed', one.membership_id,
                '', false);
        insert into plans_watch (id, case_id, client_id, unit_id, package_id, step_id, ends_on,
                                 lead_days)
        values (rinnalla.uuid7(), one.case_id, one.client_id, one.unit_id, one.id, made, one.ends,
                one.ends - one.check_on);
    end loop;
    set constraints all immediate;
    set constraints all deferred;
end $do$;
"""
UNWATCHED = """
delete from plans_watch;
"""

FOLLOWING = """
create schema plans;

-- A watch that ends takes its step with it: what was to be looked at has been.
create function plans.end_check() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    me record;
begin
    select membership, unit into me from access.me;
    update plans_step set state = 'done'
    where id = new.step_id and state in ('agreed', 'started');
    if found and me.membership is not null then
        insert into plans_stepreport (id, step_id, client_id, unit_id, membership_id, at, state,
                                      text, due)
        values (rinnalla.uuid7(), new.step_id, new.client_id, me.unit, me.membership,
                rinnalla.now(), 'done', '', new.check_on);
        perform access.record_act('step.reported', 'step', new.step_id, array[new.client_id],
            jsonb_build_object('state', 'done'));
    end if;
    return null;
end $$;
revoke all on function plans.end_check from public;
create trigger end_check after update of ended_at on plans_watch
    for each row when (old.ended_at is null and new.ended_at is not null)
    execute function plans.end_check();

-- Whoever is the responsible worker now looks at what ends.
create function plans.hand_checks() returns trigger
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    update plans_step s set owner_id = a.membership_id, is_interim = a.is_interim
    from plans_watch w, cases_assignment a
    where w.case_id = new.id and w.ended_at is null and s.id = w.step_id
      and a.id = new.worker_id and s.owner_id <> a.membership_id;
    return null;
end $$;
revoke all on function plans.hand_checks from public;
create trigger hand_checks after update of worker_id on cases_case
    for each row when (new.worker_id is not null and new.worker_id is distinct from old.worker_id)
    execute function plans.hand_checks();
"""
ALONE = """
drop trigger hand_checks on cases_case;
drop trigger end_check on plans_watch;
drop schema plans cascade;
"""


def added(table: str, name: str, what: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"alter table {table} add constraint {name} {what}",
        f"alter table {table} drop constraint {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_watch"), ("access", "0018_called_together")]

    operations = [
        *(added(*key) for key in KEYS),
        migrations.RunSQL(EARLIER, UNWATCHED),
        added(*WATCHED),
        migrations.RunSQL(FOLLOWING, ALONE),
        client_table("plans_watch", THING, insert=KEEPING, update=CARRIER, columns=["ended_at"]),
    ]
