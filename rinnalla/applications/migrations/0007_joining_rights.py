"""Who is told of a joining: the convener, and the members whom the permits reach in both matters.

A joined application goes where the earlier one goes: its members are those of the other's agenda,
less those who are disqualified there. No referrer reads that there is another application.
"""

from django.db import migrations

from rinnalla.access.policies import caused, client_table

CIRCLE = """
create or replace function applications.wanted_circle(p_application uuid)
returns table (membership uuid, cause text, requires uuid, stands_for uuid, ends timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
    with matter as (
        select a.*, case when a.state in ('ended', 'discarded')
                         then ((a.ended_at at time zone 'Europe/Helsinki')::date + 31)::timestamp
                              at time zone 'Europe/Helsinki' end as until
        from applications_application a where a.id = p_application
    ), wanted (membership, cause, requires, stands_for, until) as (
    select m.referrer_id, 'referrer', null::uuid, null::uuid, m.until from matter m
    union all
    select t.convener_id, 'reception', null, null, m.until
    from matter m join organizations_team t on t.id = m.team_id
    where m.state not in ('draft', 'discarded')
    union all
    select tm.membership_id, 'session', m.unit_id, null, m.until
    from matter m
    cross join lateral (select m.id as id
        union all select j.into_id from applications_joining j
        where j.application_id = m.id and j.undone_at is null) handled
    join applications_agendaitem i on i.application_id = handled.id and i.removed_at is null
    join organizations_teamsession s on s.id = i.session_id and s.team_id = m.team_id
    join organizations_teamseat ts on ts.team_id = m.team_id
    join organizations_teammember tm on tm.seat_id = ts.id and tm.ended_at is null
    join organizations_membership om on om.id = tm.membership_id and om.is_open
    join organizations_team t on t.id = m.team_id
    where m.state not in ('draft', 'discarded') and tm.membership_id <> t.convener_id
      and not exists (select from applications_disqualification d
                      where d.application_id = handled.id and d.membership_id = tm.membership_id
                        and d.removed_at is null)
    union all
    (select distinct on (m.id) m.holder_id, 'interim', null::uuid,
           (select om.unit_id from applications_holding h
            join organizations_membership om on om.id = h.membership_id
            where h.application_id = m.id and not h.is_interim and h.began_at < i.began_at
            order by h.began_at desc limit 1),
           m.until
    from matter m
    join applications_holding i on i.application_id = m.id and i.membership_id = m.holder_id
         and i.is_interim
    where m.holder_is_interim
    order by m.id, i.began_at desc)
    )
    select w.membership, w.cause, w.requires, w.stands_for, w.until
    from wanted w join organizations_membership om on om.id = w.membership and om.is_open
$$;
"""

RECEIVED_BOTH = (
    "{t}.unit_id = (select unit from access.me) and "
    + caused("application_id", ["reception"])
    + " and "
    + caused("into_id", ["reception"])
)
PARTNERS = [
    "alter table applications_joining add constraint joining_of_its_client"
    " foreign key (application_id, client_id) references applications_application (id, client_id)",
    "alter table applications_joining add constraint joined_of_one_client"
    " foreign key (into_id, client_id) references applications_application (id, client_id)",
]
STRANGERS = [
    "alter table applications_joining drop constraint joining_of_its_client",
    "alter table applications_joining drop constraint joined_of_one_client",
]


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_joining")]

    operations = [
        migrations.RunSQL(PARTNERS, STRANGERS),
        client_table(
            "applications_joining",
            caused("application_id", ["reception", "session"]),
            insert=RECEIVED_BOTH,
            update=caused("application_id", ["reception"]),
            columns=["undone_at"],
        ),
        migrations.RunSQL(CIRCLE, migrations.RunSQL.noop),
    ]
