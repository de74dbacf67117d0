-- Every twentieth client has an application; of a team's fifty, twenty are in the inbox.
create table bench.matter as
select a, c.n, c.id as client, uuidv7() as id, 1 + (a - 1) / 50 as team, (a - 1) % 50 as p,
       1 + (c.n - 1) / 100 as coach, '' as state
from (select n / 20 as a, n, id from bench.client where n % 20 = 0) c;
update bench.matter set state = case
    when p < 20 and p % 5 < 2 then 'sent'
    when p < 20 then 'received'
    when p < 35 then (array['recommended', 'accepted'])[1 + p % 2]
    else 'ended' end;
alter table bench.matter add primary key (a);

insert into applications_application
    (id, public_id, client_id, unit_id, team_id, state, referrer_id, holder_id, holder_is_interim,
     created_at, sent_at, received_at, consulted_at, ended_at)
select m.id, gen_random_uuid(), m.client, bench.unit('TA901'), t.id, m.state, w.membership,
       case when m.state = 'received' then v.membership else w.membership end, false,
       rinnalla.now() - interval '20 days',
       rinnalla.now() - (m.p % 17 + 1) * interval '1 day',
       case when m.state <> 'sent' then rinnalla.now() - interval '1 day' end,
       case when m.p >= 20 then rinnalla.now() - interval '7 days' end,
       case when m.state = 'ended' then rinnalla.now() - interval '2 days' end
from bench.matter m
join bench.team t on t.k = m.team
join bench.worker w on w.kind = 'coach' and w.k = m.coach
join bench.worker v on v.kind = 'convener' and v.k = m.team;

insert into applications_applicationtext
    (application_id, client_id, unit_id, question, wish, situation, tried, involved, reaching,
     support_needed, urgency, agreed, updated_at, version)
select id, client, bench.unit('TA901'),
       'Mikä palvelu auttaisi asiakasta löytämään työn, joka sopii hänen terveyteensä?',
       repeat('Haluaisin tehdä työtä, jossa selkä kestää. ', 4),
       repeat('Asiakas on ollut työttömänä kaksi vuotta, ja työkokeilu keskeytyi selän takia. ', 5),
       repeat('Kuntouttava työtoiminta ja kaksi työkokeilua. ', 3),
       'Työterveyslääkäri, sosiaaliohjaaja', 'Parhaiten aamupäivisin puhelimella.',
       'Ei tarvitse', '', 'spoken', rinnalla.now() - interval '20 days', 1
from bench.matter;
insert into applications_holding
    (id, application_id, client_id, unit_id, membership_id, is_interim, began_at)
select uuidv7(), a.id, a.client_id, a.unit_id, a.holder_id, false, a.sent_at
from applications_application a;
insert into applications_informationrequest
    (id, application_id, client_id, unit_id, question, asked_by_id, asked_at)
select uuidv7(), m.id, m.client, bench.unit('TO210'), 'Milloin viimeinen työsuhde päättyi?',
       w.membership, rinnalla.now() - interval '1 day'
from bench.matter m join bench.worker w on w.kind = 'convener' and w.k = m.team
where m.p < 20 and m.p % 10 = 4;
