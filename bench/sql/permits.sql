-- For each matter: employment to the county, the county's health to employment, Kela to the county;
-- the social services' permit is left to be asked. A tenth of the others have one permit.
create table bench.permit as
select uuidv7() as id, m.client, m.coach, p.units, p.recipient
from bench.matter m
cross join (values ('{TA901}'::text[], 'HVA'),
                   ('{TK010,TK020,TK030,TK040,TT200,TO210,FY300,MP400,MP410}', 'TA901'),
                   ('{KE950}', 'HVA')) p (units, recipient)
union all
select uuidv7(), id, 1 + (n - 1) / 100, '{TK010,TO210,MP400}', 'TA901'
from bench.client where n % 10 = 5;
insert into permits_permit
    (id, public_id, client_id, unit_id, kind, purpose_code, purpose, begins, form, given_by,
     given_on, language, recorded_by_id, recorded_at, informed_on, informed_way, informed_language,
     informed_by, leaflet, explained_by, helped_by, understanding, ended_as)
select p.id, gen_random_uuid(), p.client, bench.unit('TA901'), 'consent', 'services', '',
       rinnalla.today() - 20, 'spoken', 'client', rinnalla.today() - 20, 'fi', w.membership,
       rinnalla.now() - interval '20 days', rinnalla.today() - 20, 'spoken', 'fi',
       '', '', '', '', '', ''
from bench.permit p join bench.worker w on w.kind = 'coach' and w.k = p.coach;
insert into permits_permitunit (id, permit_id, client_id, unit_id)
select uuidv7(), p.id, p.client, u.id
from bench.permit p join organizations_unit u on u.code = any (p.units);
insert into permits_permitrecipient (id, permit_id, client_id, organization_id)
select uuidv7(), p.id, p.client, o.id
from bench.permit p join organizations_organization o on o.code = p.recipient;

create table bench.request as select uuidv7() as id, client, coach, team from bench.matter;
insert into permits_permitrequest
    (id, public_id, client_id, unit_id, recipient_id, reason, asked_by_id, asked_at, answer)
select r.id, gen_random_uuid(), r.client, bench.unit('TO210'), o.id, 'Tiimi tarvitsee tiedot',
       w.membership, rinnalla.now() - interval '3 days', ''
from bench.request r
join organizations_organization o on o.code = 'HVA'
join bench.worker w on w.kind = 'convener' and w.k = r.team;
insert into permits_permitrequestunit (id, request_id, client_id, unit_id)
select uuidv7(), r.id, r.client, u.id
from bench.request r join organizations_unit u on u.code in ('SO810', 'SO820', 'SO860');
