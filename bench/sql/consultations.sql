-- Eight open cases a team on the coming agenda; what was handled is on the past one.
create table bench.item as
select m.a, uuidv7() as id, m.id as application, m.client, m.team, m.p >= 20 as handled,
       case when m.p >= 20 then t.past_session else t.session end as session,
       row_number() over (partition by m.team, m.p >= 20 order by m.p)::smallint as number
from bench.matter m join bench.team t on t.k = m.team
where m.p >= 20 or m.p % 5 in (2, 3);
insert into applications_agendaitem
    (id, application_id, client_id, unit_id, session_id, number, placed_by_id, placed_at, handled_at)
select i.id, i.application, i.client, bench.unit('TO210'), i.session, i.number, w.membership,
       rinnalla.now() - interval '9 days',
       case when i.handled then rinnalla.now() - interval '7 days' end
from bench.item i join bench.worker w on w.kind = 'convener' and w.k = i.team;
-- The cases that are opened in the measurement, numbered through.
create table bench.open_case as
select row_number() over (order by number, team)::integer as i, id as item, application, client,
       team, session, number
from bench.item where not handled;
alter table bench.open_case add primary key (i);

insert into applications_presence
    (id, application_id, client_id, unit_id, item_id, membership_id, marked_by_id, marked_at)
select uuidv7(), i.application, i.client, bench.unit('TO210'), i.id, w.membership, c.membership,
       rinnalla.now() - interval '7 days'
from bench.item i
join bench.worker c on c.kind = 'convener' and c.k = i.team
join bench.worker w on w.kind in ('health', 'employment') and w.k = i.team;
-- The health member's view is what the measurement saves: it is not written beforehand.
insert into applications_view
    (id, application_id, client_id, unit_id, seat_id, membership_id, text, saved_at, version)
select uuidv7(), i.application, i.client, m.unit_id, s.id, w.membership,
       repeat('Asiakas hyötyisi työkyvyn arviosta ennen uutta työkokeilua. ', 3),
       rinnalla.now() - interval '1 day', 1
from bench.item i
join (values ('miepa', 2), ('employment', 5)) p (kind, position) on true
join bench.seat s on s.k = i.team and s.position = p.position
join bench.worker w on w.kind = p.kind and w.k = i.team
join organizations_membership m on m.id = w.membership;
insert into applications_columnentry
    (id, application_id, client_id, unit_id, seat_id, membership_id, row, text, saved_at)
select uuidv7(), i.application, i.client, m.unit_id, s.id, w.membership, r.row,
       'Seuranta jatkuu omassa yksikössä', rinnalla.now() - interval '1 day'
from bench.item i
join (values ('health', 1), ('employment', 5)) p (kind, position) on true
cross join (values ('measure'), ('worker')) r (row)
join bench.seat s on s.k = i.team and s.position = p.position
join bench.worker w on w.kind = p.kind and w.k = i.team
join organizations_membership m on m.id = w.membership;

create table bench.outcome as
select i.a, i.id as item, i.application, i.client, i.team, uuidv7() as id, m.state, m.coach
from bench.item i join bench.matter m on m.a = i.a where i.handled;
insert into applications_outcome
    (id, public_id, application_id, client_id, unit_id, kind, item_id, service_id, reason, network,
     given_by_id, given_at)
select o.id, gen_random_uuid(), o.application, o.client, bench.unit('TO210'), 'recommendation',
       o.item, (select id from services_catalogueservice where code = 'AKSE'),
       'Työkyky on alentunut, ja ammatillinen suunta on auki.', '[]', w.membership,
       rinnalla.now() - interval '7 days'
from bench.outcome o join bench.worker w on w.kind = 'convener' and w.k = o.team;
create table bench.step as
select uuidv7() as id, o.id as outcome, o.application, o.client, o.state, s as position,
       v.membership as convener, w.membership as referrer
from bench.outcome o
join bench.worker v on v.kind = 'convener' and v.k = o.team
join bench.worker w on w.kind = 'coach' and w.k = o.coach
cross join generate_series(1, 3) s;
insert into plans_step
    (id, public_id, client_id, unit_id, text, due, state, owner_id, owner_client_id, owner_contact,
     watcher_id, is_interim)
select id, gen_random_uuid(), client, bench.unit('TO210'),
       bench.phrase('{Varaa ajan työkykylääkärille,Kertoo suosituksesta,Täyttää hakemuksen}', position),
       rinnalla.today() + position * 7 - 5,
       case when state = 'ended' then 'done' else 'agreed' end,
       case position when 1 then convener when 2 then referrer end,
       case when position = 3 then client end, '',
       case when position = 3 then referrer end, false
from bench.step;
insert into applications_outcomestep (id, application_id, client_id, unit_id, outcome_id, step_id)
select uuidv7(), application, client, bench.unit('TO210'), outcome, id from bench.step;
insert into applications_ending
    (id, application_id, client_id, unit_id, what_came, ended_by_id, ended_at)
select uuidv7(), a.id, a.client_id, a.unit_id, 'Asiakas aloitti työkokeilun.', a.referrer_id,
       a.ended_at
from applications_application a where a.state = 'ended';
