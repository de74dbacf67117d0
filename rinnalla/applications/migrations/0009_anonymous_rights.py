"""An anonymous consultation is read by who asks and by the team that is asked; of whom it is, only
by who asks.

It is nobody's data: no client, no circle. Members see it while it is on their agenda; the link to
the person has the client's own policies, and above them its author alone.
"""

from django.db import migrations

from rinnalla.access.policies import client_table, for_job

TABLE, VIEWS = "applications_anonymousconsultation", "applications_anonymousview"
ME = "(select membership from access.me)"
ASKS = f"{TABLE}.referrer_id = {ME}"
HOLDS = f"{TABLE}.holder_id = {ME}"
CONVENES = (
    f"({TABLE}.state <> 'draft' and {TABLE}.sent_at is not null and {TABLE}.team_id ="
    f" any (array(select t.id from organizations_team t where t.convener_id = {ME})))"
)
ON_AGENDA = (
    f"({TABLE}.state = 'received' and {TABLE}.session_id is not null and {TABLE}.team_id ="
    " any (array(select ts.team_id from organizations_teammember tm"
    " join organizations_teamseat ts on ts.id = tm.seat_id"
    f" where tm.membership_id = {ME} and tm.ended_at is null)))"
)
HANDLED = f"{ASKS} or {HOLDS} or {CONVENES}"
COLUMNS = (
    "team_id, state, holder_id, question, situation, tried, wish, sent_at, session_id,"
    " answer, answered_by_id, answered_at, closed_at"
)
VISIBLE = (
    f"(select true from {TABLE} c where c.id = {VIEWS}.consultation_id"
    f" and c.referrer_id <> {ME} limit 1)"
)
THEIR_OWN = f"{VIEWS}.membership_id = {ME}"

RIGHTS = f"""
alter table {TABLE} add constraint anonymous_holder_is_open
    foreign key (holder_id, needs_open_holder) references organizations_membership (id, is_open)
    deferrable initially deferred;
alter table {TABLE} enable row level security;
create policy basis on {TABLE} for select to rinnalla_app using ({HANDLED} or {ON_AGENDA});
create policy recording on {TABLE} for insert to rinnalla_app
    with check ({ASKS} and {HOLDS} and {TABLE}.state = 'draft'
                and {TABLE}.unit_id = (select unit from access.me));
create policy changing on {TABLE} for update to rinnalla_app
    using ({HANDLED}) with check ({HANDLED});
grant select, insert on {TABLE} to rinnalla_app;
grant update ({COLUMNS}) on {TABLE} to rinnalla_app;
alter table {VIEWS} enable row level security;
create policy basis on {VIEWS} for select to rinnalla_app using ({THEIR_OWN} or {VISIBLE});
create policy recording on {VIEWS} for insert to rinnalla_app
    with check ({THEIR_OWN} and {VISIBLE});
create policy changing on {VIEWS} for update to rinnalla_app
    using ({THEIR_OWN} and {VISIBLE}) with check ({THEIR_OWN});
grant select, insert on {VIEWS} to rinnalla_app;
grant update (text, saved_at) on {VIEWS} to rinnalla_app;
"""
NO_RIGHTS = f"""
alter table {TABLE} drop constraint anonymous_holder_is_open;
drop policy basis on {TABLE}; drop policy recording on {TABLE}; drop policy changing on {TABLE};
drop policy basis on {VIEWS}; drop policy recording on {VIEWS}; drop policy changing on {VIEWS};
revoke all on {TABLE}, {VIEWS} from rinnalla_app;
alter table {TABLE} disable row level security;
alter table {VIEWS} disable row level security;
"""
AUTHOR = (
    f"(select true from {TABLE} c where c.id = {{t}}.consultation_id"
    f" and c.referrer_id = {ME} limit 1)"
)


class Migration(migrations.Migration):
    dependencies = [("applications", "0008_anonymous")]

    operations = [
        migrations.RunSQL(RIGHTS, NO_RIGHTS),
        for_job("rinnalla_worker", TABLE, "select, update"),
        client_table(
            "applications_consultedperson",
            AUTHOR,
            insert="{t}.unit_id = (select unit from access.me) and " + AUTHOR,
            update=AUTHOR,
            columns=["client_id", "application_id", "named_at"],
        ),
    ]
