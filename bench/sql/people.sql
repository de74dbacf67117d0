-- Coaches with a hundred clients each; a team for each thousand, with a convener and five members.
create table bench.worker (
    kind text, k integer, username text, account uuid default uuidv7(),
    membership uuid default uuidv7(), primary key (kind, k)
);
insert into bench.worker (kind, k, username)
select 'coach', k, 'valmentaja' || k from bench.size, generate_series(1, coaches) k
union all
select kind, k, kind || k
from bench.size, generate_series(1, teams) k,
     unnest(array['convener', 'health', 'miepa', 'social', 'kela', 'employment']) kind;

insert into accounts_user (id, password, username, first_name, last_name, is_active)
select account, password, username,
       bench.phrase('{Aino,Eero,Helmi,Ilmari,Lempi,Onni,Saima,Toivo,Vieno,Väinö}', k),
       bench.phrase('{Malli,Näyte,Testi,Koe,Esimerkki}', k) ||
       bench.phrase('{nen,lä,harju,ranta,saari,korpi,suo}', k / 5), true
from bench.worker, bench.size;

insert into organizations_membership
    (id, user_id, unit_id, role, title, phone, work_task_id, begins)
select w.membership, w.account, bench.unit(p.unit), p.role, p.title, '040 000 ' || 1000 + w.k,
       (select id from organizations_worktask where code = p.task), rinnalla.today() - 700
from bench.worker w
join (values ('coach', 'TA901', 'practitioner', 'omavalmentaja', 'tyollisyys-ta901'),
             ('convener', 'TO210', 'convener', 'työkykykoordinaattori', 'koollekutsuja'),
             ('health', 'TO210', 'practitioner', 'lääkäri', 'tyokyvyn-tuki'),
             ('miepa', 'MP400', 'practitioner', 'sairaanhoitaja', 'miepa'),
             ('social', 'SO810', 'practitioner', 'sosiaalityöntekijä', 'aikuissosiaalityo'),
             ('kela', 'KE950', 'practitioner', 'työkykyneuvoja', 'kela'),
             ('employment', 'TA901', 'practitioner', 'työkykyasiantuntija', 'tyollisyys-ta901')
     ) p (kind, unit, role, title, task) on p.kind = w.kind;

create table bench.team as
select k, uuidv7() as id, uuidv7() as past_session, uuidv7() as session
from bench.size, generate_series(1, teams) k;

insert into organizations_team
    (id, code, name, kind, area, convener_id, consultation_days, meeting_days)
select t.id, 'mittaus-' || t.k, 'Työkyvyn tuen tiimi ' || t.k, 'work_ability', 'Alue ' || t.k,
       w.membership, 14, 30
from bench.team t join bench.worker w on w.kind = 'convener' and w.k = t.k;

create table bench.seat as
select t.k, s.id as model, s.position, uuidv7() as id
from bench.team t, organizations_teamseat s
join organizations_team m on m.id = s.team_id and m.code = 'tyky-tampere';
insert into organizations_teamseat (id, team_id, code, name, organization_id, position)
select b.id, t.id, s.code, s.name, s.organization_id, s.position
from bench.seat b join bench.team t on t.k = b.k join organizations_teamseat s on s.id = b.model;
insert into organizations_teamseat_units (teamseat_id, unit_id)
select b.id, u.unit_id
from bench.seat b join organizations_teamseat_units u on u.teamseat_id = b.model;
insert into organizations_teammember (id, seat_id, membership_id, begins)
select uuidv7(), b.id, w.membership, rinnalla.today() - 400
from bench.seat b
join (values (1, 'health'), (2, 'miepa'), (3, 'social'), (4, 'kela'), (5, 'employment'))
     p (position, kind) on p.position = b.position
join bench.worker w on w.kind = p.kind and w.k = b.k;

insert into organizations_teamsession (id, team_id, starts_at, place)
select past_session, id, rinnalla.now() - interval '7 days', 'Huone 2' from bench.team
union all
select session, id, rinnalla.now() + interval '3 days', 'Huone 2' from bench.team;
analyze;
