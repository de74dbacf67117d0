create schema bench;
create table bench.size (clients integer, coaches integer, teams integer, password text);
create table bench.client (
    n integer primary key, id uuid, hetu text, birth_date date, digest bytea, ciphertext bytea
);
-- One of many phrases, the same for the same number.
create function bench.phrase(phrases text[], n bigint) returns text language sql immutable as
    'select phrases[1 + (n % cardinality(phrases))]';
create function bench.unit(p_code text) returns uuid language sql stable as
    'select id from organizations_unit where code = p_code';
