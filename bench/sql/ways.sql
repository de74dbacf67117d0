-- What the acts would have opened: by the named worker, by the matters, by the permits.
insert into access.circle (id, client, membership, cause, begins)
select uuidv7(), c.id, w.membership, 'own_worker', rinnalla.now() - interval '400 days'
from bench.client c join bench.worker w on w.kind = 'coach' and w.k = 1 + (c.n - 1) / 100
union all
select uuidv7(), c.id, w.membership, 'own_worker', rinnalla.now() - interval '300 days'
from bench.client c join bench.worker w on w.kind = 'health' and w.k = 1 + (c.n - 1) / 1000
where c.n % 10 = 3;
insert into access.circle (id, client, membership, cause, thing, requires, stands_for, begins, ends)
select distinct on (a.id, w.membership, w.cause)
       uuidv7(), a.client_id, w.membership, w.cause, a.id, w.requires,
       w.stands_for, a.sent_at, w.ends
from applications_application a, lateral applications.wanted_circle(a.id) w;
insert into access.opening (id, client, unit, organization, recipient_unit, permit, begins)
select uuidv7(), p.client_id, o.unit_id, r.organization_id, r.unit_id, p.id,
       p.begins::timestamp at time zone 'Europe/Helsinki'
from permits_permit p
join permits_permitunit o on o.permit_id = p.id
join permits_permitrecipient r on r.permit_id = p.id;

-- Three reads of each client, as pages leave them.
create table bench.entry as
select uuidv7() as id, c.id as client, w.account, w.membership,
       rinnalla.now() - r * interval '9 days' as at
from bench.client c
join bench.worker w on w.kind = 'coach' and w.k = 1 + (c.n - 1) / 100
cross join generate_series(1, 3) r;
insert into journal_entry
    (id, at, recorded_at, kind, account, membership, process, subject_type, subject, facts)
select id, at, at, 'read.client', account, membership, '', '', null,
       '{"kinds": ["identity", "application", "services"]}'
from bench.entry;
insert into journal_entrysubject (id, entry, client, basis, at)
select uuidv7(), id, client, 'own', at from bench.entry;
drop table bench.entry;
