insert into clients_client
    (id, public_id, unit_id, number, family_name, given_names, sort_name, birth_date, sex,
     mother_tongue, contact_language, needs_interpreter, municipality_id, is_protected,
     updated_on, fingerprint)
select c.id, gen_random_uuid(), bench.unit('AR010'), 'M' || c.n, p.family, p.given,
       lower(p.family || ' ' || p.given), c.birth_date, bench.phrase('{M,N}', c.n), 'fi', 'fi',
       c.n % 40 = 1, (select min(code) from organizations_municipality where code > '5'),
       c.n % 500 = 499, rinnalla.today() - (c.n % 900)::integer, sha256(c.digest)
from bench.client c
cross join lateral (
    select bench.phrase('{Kaarna,Usva,Myrsky,Tähti,Hilla,Joutsen,Halla,Kajo,Routa,Savu}', c.n)
        || bench.phrase('{kivelä,viitala,kuutamo,polku,lampela,ketunen,harju}', c.n / 10) as family,
           bench.phrase('{Veikko,Senja,Oskari,Juhani,Riitta,Rami,Sofia,Helmi,Arvo}', c.n) as given
) p;
insert into clients_clientidentifier
    (id, client_id, unit_id, digest, ciphertext, is_current, from_master)
select uuidv7(), id, bench.unit('AR010'), digest, ciphertext, true, true from bench.client;
insert into clients_clientcontact (client_id, unit_id, phone, email, way)
select id, bench.unit('AR010'), '040 000 ' || (1000 + n % 9000), '', 'puhelin' from bench.client;
insert into clients_clientaddress
    (client_id, unit_id, is_protected, street, postal_code, city, municipality_code)
select id, bench.unit('AR010'), n % 500 = 499, 'Mallikuja ' || n % 80, '37100', 'Nokia', '536'
from bench.client;
insert into clients_clientlock (client_id) select id from bench.client;
