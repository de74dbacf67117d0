-- Five visits, a social service, an employment relation and a benefit; twelve visits where a
-- matter is with a team.
insert into services_visit
    (id, client_id, unit_id, source, source_key, fingerprint, known_on, day, clock_time, profession,
     way, reason, state, hours, fee, note, worker)
select uuidv7(), c.id, u.id, 'pegasos', c.n || '-' || v, sha256(c.digest), rinnalla.today() - 1,
       rinnalla.today() - (v * 37 + c.n % 30)::integer, '09:00',
       bench.phrase('{LÄÄKÄRI,SAIRAANHOITAJA,FYSIOTERAPEUTTI,TERVEYDENHOITAJA}', v), 'V',
       bench.phrase('{Selkäkipu,Niska-hartiaseudun kipu,Uniongelma,Seurantakäynti,Masennus}', c.n + v),
       bench.phrase('{T,T,T,T,E,P}', c.n + v), 0.5, 0, '', ''
from bench.client c
cross join lateral generate_series(1, case when c.n % 20 = 0 then 12 else 5 end) v
join organizations_unit u
    on u.code = bench.phrase('{TK010,TT200,FY300,MP400,TK020,TO210,ES700}', c.n + v);
insert into services_serviceuse
    (id, client_id, unit_id, source, source_key, fingerprint, known_on, kind, service_task, name,
     state, starts_on, ends_on, decided_on, paid_days, measure, measure_starts_on, measure_ends_on,
     goal, note, worker, worker_phone)
select uuidv7(), id, bench.unit('SO810'), 'sosiaalihuolto', n::text, sha256(digest),
       rinnalla.today() - 1, 'social', '02',
       bench.phrase('{Sosiaaliohjaus,Aikuissosiaalityö,Täydentävä toimeentulotuki}', n),
       bench.phrase('{voimassa,päättynyt}', n), rinnalla.today() - 400,
       case when n % 2 = 1 then rinnalla.today() - 40 end, rinnalla.today() - 401, null::integer, '',
       null::date, null::date, '', '', 'Sosiaaliohjaaja Ulpu Näytenen', '040 000 2878'
from bench.client
union all
select uuidv7(), id, bench.unit('TA901'), 'tyollisyysalue', n::text, sha256(digest),
       rinnalla.today() - 1, 'employment', '', 'Työnhakija', 'työtön', rinnalla.today() - 500, null,
       null, 300 + n % 500, 'aktivointisuunnitelma', rinnalla.today() - 100, null,
       'työhön', '', 'Omavalmentaja Aino Mallinen', '040 000 1001'
from bench.client;
insert into services_benefit
    (id, client_id, unit_id, source, source_key, fingerprint, known_on, kind, name, state,
     starts_on, ends_on, decided_on, paid_days, maximum_days, monthly_euro, note)
select uuidv7(), id, bench.unit('KE950'), 'kela', n::text, sha256(digest), rinnalla.today() - 1,
       bench.phrase('{TMT,SPR,KUT}', n),
       bench.phrase('{Työmarkkinatuki,Sairauspäiväraha,Kuntoutustuki}', n), 'myönnetty',
       rinnalla.today() - 200, case when n % 3 = 1 then rinnalla.today() - 5 end,
       rinnalla.today() - 210, 120, case when n % 3 = 1 then 300 end, 871.81, ''
from bench.client;
