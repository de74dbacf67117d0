\set n random(1, :clients)
select i.id, i.is_current, c.*, m.name, t.*,
 array(select row(v.unit_id, u.code, v.profession, v.state, v.day, v.reason, v.worker, v.known_on)
       from services_visit v join organizations_unit u on u.id = v.unit_id
       where v.client_id = c.id order by v.day),
 array(select row(s.unit_id, u.code, s.kind, s.name, s.state, s.starts_on, s.ends_on, s.paid_days,
                  s.goal, s.measure, s.worker, s.worker_phone, s.known_on)
       from services_serviceuse s join organizations_unit u on u.id = s.unit_id
       where s.client_id = c.id order by s.starts_on),
 array(select row(b.unit_id, u.code, b.kind, b.name, b.state, b.starts_on, b.ends_on, b.paid_days,
                  b.maximum_days, b.known_on)
       from services_benefit b join organizations_unit u on u.id = b.unit_id
       where b.client_id = c.id order by b.starts_on),
 array(select row(a.*, x.question, team.name, h.phone, hu.first_name, hu.last_name)
       from applications_application a
       join applications_applicationtext x on x.application_id = a.id
       join organizations_team team on team.id = a.team_id
       join organizations_membership h on h.id = a.holder_id
       join accounts_user hu on hu.id = h.user_id
       where a.client_id = c.id order by a.created_at desc),
 array(select row(p.*, pu.unit_id, u.name, pr.organization_id, o.name)
       from permits_permit p join permits_permitunit pu on pu.permit_id = p.id
       join organizations_unit u on u.id = pu.unit_id
       join permits_permitrecipient pr on pr.permit_id = p.id
       join organizations_organization o on o.id = pr.organization_id
       where p.client_id = c.id)
from clients_clientidentifier i
join clients_client c on c.id = i.client_id
left join organizations_municipality m on m.code = c.municipality_id
left join clients_clientcontact t on t.client_id = c.id
where i.from_master and i.digest = (select digest from bench.client where n = :n);
