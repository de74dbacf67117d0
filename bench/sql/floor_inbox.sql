\set k random(1, :teams)
with me as (select id as team, session from bench.team where k = :k),
listed as (
    select a.*, row_number() over (order by a.sent_at, a.id) as place
    from applications_application a join me on me.team = a.team_id
    where a.state in ('sent', 'received')
    order by a.sent_at, a.id limit 26
)
select
 array(select row(a.*, c.*, t.name, u.name, o.name, r.phone, ru.first_name, ru.last_name,
                  h.phone, hu.first_name, hu.last_name)
       from listed a
       join clients_client c on c.id = a.client_id
       join organizations_team t on t.id = a.team_id
       join organizations_unit u on u.id = a.unit_id
       join organizations_organization o on o.id = u.organization_id
       join organizations_membership r on r.id = a.referrer_id
       join accounts_user ru on ru.id = r.user_id
       join organizations_membership h on h.id = a.holder_id
       join accounts_user hu on hu.id = h.user_id),
 array(select row(q.*) from listed a
       join applications_informationrequest q on q.application_id = a.id),
 array(select row(i.*, s.starts_at) from listed a
       join applications_agendaitem i on i.application_id = a.id and i.removed_at is null
       join organizations_teamsession s on s.id = i.session_id),
 array(select row(a.state, count(*)) from applications_application a join me on me.team = a.team_id
       where a.state not in ('draft', 'discarded', 'ended') group by a.state),
 array(select row(x.*) from listed a
       join applications_applicationtext x on x.application_id = a.id where a.place = 1),
 array(select row(seat.*, o.kind, u.code, u.name)
       from me join organizations_teamseat seat on seat.team_id = me.team
       join organizations_organization o on o.id = seat.organization_id
       join organizations_teamseat_units su on su.teamseat_id = seat.id
       join organizations_unit u on u.id = su.unit_id),
 array(select row(s.*) from me join organizations_teamsession s on s.team_id = me.team
       where s.starts_at > now())
from me;
