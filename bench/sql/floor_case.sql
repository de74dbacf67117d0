\set i random(1, :cases)
with c as (select * from bench.open_case where i = :i)
select session.*, item.*, a.*, client.*, t.*, x.*, u.name, o.name, r.phone, ru.first_name,
 ru.last_name, h.phone, hu.first_name, hu.last_name,
 array(select row(q.*) from applications_informationrequest q where q.application_id = a.id),
 array(select row(n.number, n.handled_at) from applications_agendaitem n
       where n.session_id = c.session and n.removed_at is null order by n.number),
 array(select row(seat.id, seat.name, so.kind, su.unit_id, un.code, un.name)
       from organizations_teamseat seat
       join organizations_organization so on so.id = seat.organization_id
       join organizations_teamseat_units su on su.teamseat_id = seat.id
       join organizations_unit un on un.id = su.unit_id
       where seat.team_id = t.id order by seat.position, un.code),
 array(select row(p.*, pu.unit_id) from permits_permitrequest p
       join permits_permitrequestunit pu on pu.request_id = p.id where pu.client_id = c.client),
 array(select row(m.id, tm.seat_id, mu.first_name, mu.last_name, m.title, m.unit_id,
         exists (select from applications_presence pr where pr.item_id = c.item
                 and pr.membership_id = m.id and pr.removed_at is null),
         exists (select from applications_disqualification d where d.application_id = a.id
                 and d.membership_id = m.id and d.removed_at is null))
       from organizations_teamseat seat
       join organizations_teammember tm on tm.seat_id = seat.id and tm.ended_at is null
       join organizations_membership m on m.id = tm.membership_id
       join accounts_user mu on mu.id = m.user_id
       where seat.team_id = t.id),
 array(select row(v.id, v.seat_id, v.unit_id, v.text, v.saved_at, v.version, wu.first_name,
                  wu.last_name, w.title)
       from applications_view v join organizations_membership w on w.id = v.membership_id
       join accounts_user wu on wu.id = w.user_id where v.application_id = a.id),
 array(select row(e.id, e.row, e.seat_id, e.unit_id, e.text, e.saved_at, wu.first_name,
                  wu.last_name, w.title)
       from applications_columnentry e join organizations_membership w on w.id = e.membership_id
       join accounts_user wu on wu.id = w.user_id
       where e.application_id = a.id and e.removed_at is null),
 array(select row(v.unit_id, un.code, v.profession, v.state, v.day, v.reason, v.worker, v.known_on)
       from services_visit v join organizations_unit un on un.id = v.unit_id
       where v.client_id = c.client order by v.day),
 array(select row(s.unit_id, un.code, s.kind, s.name, s.state, s.starts_on, s.ends_on, s.paid_days,
                  s.goal, s.measure, s.worker, s.worker_phone, s.known_on)
       from services_serviceuse s join organizations_unit un on un.id = s.unit_id
       where s.client_id = c.client order by s.starts_on),
 array(select row(b.unit_id, un.code, b.kind, b.name, b.state, b.starts_on, b.ends_on, b.paid_days,
                  b.maximum_days, b.known_on)
       from services_benefit b join organizations_unit un on un.id = b.unit_id
       where b.client_id = c.client order by b.starts_on),
 array(select row(k.code, k.name, k.name_sv, k.name_en, k.conditions, k.used_when,
         array(select ku.unit_id from services_catalogueservice_units ku
               where ku.catalogueservice_id = k.id))
       from services_catalogueservice k where k.begins <= current_date order by k.name)
from c
join organizations_teamsession session on session.id = c.session
join applications_agendaitem item on item.id = c.item
join applications_application a on a.id = c.application
join applications_applicationtext x on x.application_id = a.id
join clients_client client on client.id = c.client
join organizations_team t on t.id = a.team_id
join organizations_unit u on u.id = a.unit_id
join organizations_organization o on o.id = u.organization_id
join organizations_membership r on r.id = a.referrer_id
join accounts_user ru on ru.id = r.user_id
join organizations_membership h on h.id = a.holder_id
join accounts_user hu on hu.id = h.user_id;
