"""The statements by which a whole client master meets what is stored."""

STAGED_HEAD = (
    "row", "id", "fingerprint", "sort_name", "municipality_id", "guardian_1", "guardian_2",
)  # fmt: skip
STAGED_CLIENT = """
create temporary table staged_client (
    row integer, id uuid, fingerprint bytea, sort_name text, municipality_id text,
    guardian_1 bytea, guardian_2 bytea,
    number text, family_name text, given_names text, birth_date date, sex text,
    mother_tongue text, contact_language text, needs_interpreter boolean, is_protected boolean,
    guardian_note text, died_on date, updated_on date, phone text, email text, way text,
    street text, postal_code text, city text, municipality_code text
) on commit drop
"""
IDENTIFIER_COLUMNS = ("id", "row", "line", "number", "digest", "ciphertext", "is_current")
STAGED_IDENTIFIER = """
create temporary table staged_identifier (
    id uuid, row integer, line integer, number text, digest bytea, ciphertext bytea,
    is_current boolean
) on commit drop
"""
# A code belongs to the number that had it first: the stored one, else the earliest row.
TAKEN_IDENTIFIERS = """
with claim as (
    select i.digest, c.number, 0 as row
    from clients_clientidentifier i join clients_client c on c.id = i.client_id
    where i.from_master and i.digest in (select digest from staged_identifier)
    union all
    select digest, number, row from staged_identifier
), holder as (
    select distinct on (digest) digest, number from claim order by digest, row
)
select distinct on (s.row) s.row, s.line, s.is_current
from staged_identifier s join holder h on h.digest = s.digest
where s.number <> h.number
order by s.row, s.is_current desc
"""
# A change of the code comes as two rows of one number: the newer one tells how things are.
NEWEST_ROW_OF_A_NUMBER = """
delete from staged_client older using staged_client newer
where newer.number = older.number and newer.row > older.row
"""
CREATE_TOUCHED = """
create temporary table touched (id uuid, number text, added boolean) on commit drop
"""
_CLIENT = (
    "number", "family_name", "given_names", "sort_name", "birth_date", "sex", "mother_tongue",
    "contact_language", "needs_interpreter", "municipality_id", "is_protected",
    "died_on", "updated_on", "fingerprint",
)  # fmt: skip


def _changes(columns: tuple[str, ...]) -> str:
    return ", ".join(f"{column} = excluded.{column}" for column in columns)


UPSERT_CLIENTS = f"""
with written as (
    insert into clients_client as stored (id, public_id, unit_id, {", ".join(_CLIENT)})
    select id, gen_random_uuid(), %(unit)s::uuid, {", ".join(_CLIENT)} from staged_client
    on conflict (number) do update set {_changes(_CLIENT)}
    where stored.fingerprint <> excluded.fingerprint
    returning id, number, xmax = 0 as added
)
insert into touched select id, number, added from written
"""
_THOSE = "from touched t join staged_client s on s.number = t.number"
_UNIT = "(select unit_id from clients_client c where c.id = t.id)"
_CONTACT = ("phone", "email", "way")
_ADDRESS = ("is_protected", "street", "postal_code", "city", "municipality_code")

_CONTACTS = f"""
insert into clients_clientcontact (client_id, unit_id, {", ".join(_CONTACT)})
select t.id, {_UNIT}, {", ".join(_CONTACT)} {_THOSE}
on conflict (client_id) do update set {_changes(_CONTACT)}
"""
_ADDRESSES = f"""
insert into clients_clientaddress (client_id, unit_id, {", ".join(_ADDRESS)})
select t.id, {_UNIT}, {", ".join(_ADDRESS)} {_THOSE}
on conflict (client_id) do update set {_changes(_ADDRESS)}
"""
_LOCKS = """
insert into clients_clientlock (client_id) select id from touched on conflict do nothing
"""
# The newest row's own code is the current one; all others that the file tells are history. A code
# that the master takes back without telling it as a former one was a mistake: it finds nobody.
_RANK_IDENTIFIERS = """
update staged_identifier i set is_current = false
where i.is_current
  and not exists (select from staged_client s where s.number = i.number and s.row = i.row)
"""
_RETIRE_IDENTIFIERS = """
update clients_clientidentifier stored set is_current = false,
    from_master = exists (select from staged_identifier f
                          where f.number = t.number and f.digest = stored.digest)
from touched t
where stored.client_id = t.id and stored.is_current and stored.from_master
  and not exists (select from staged_identifier n
                  where n.number = t.number and n.is_current and n.digest = stored.digest)
"""
_IDENTIFIERS = """
insert into clients_clientidentifier
    (id, client_id, unit_id, digest, ciphertext, is_current, from_master)
select distinct on (i.digest) i.id, t.id, c.unit_id, i.digest, i.ciphertext, i.is_current, true
from touched t
join clients_client c on c.id = t.id
join staged_identifier i on i.number = t.number
order by i.digest, i.is_current desc
on conflict (digest) where from_master do update set is_current = excluded.is_current
where clients_clientidentifier.is_current <> excluded.is_current
"""
_FORGET_GUARDIANS = """
delete from clients_guardian where client_id in (select id from touched)
"""
_GUARDIANS = f"""
insert into clients_guardian (id, client_id, unit_id, position, digest)
select rinnalla.uuid7(), t.id, {_UNIT}, g.position, g.digest
{_THOSE}
cross join lateral (values (1, s.guardian_1), (2, s.guardian_2)) as g(position, digest)
where g.digest is not null
"""
_FORGET_NOTES = """
delete from clients_guardiannote where client_id in (select id from touched)
"""
_NOTES = f"""
insert into clients_guardiannote (client_id, unit_id, text)
select t.id, {_UNIT}, s.guardian_note {_THOSE} where s.guardian_note <> ''
"""
_KNOW_GUARDIANS = """
update clients_guardian g set guardian_id = i.client_id
from clients_clientidentifier i
where i.digest = g.digest and i.from_master and g.guardian_id is distinct from i.client_id
"""
PARTS_OF_TOUCHED = (
    _CONTACTS,
    _ADDRESSES,
    _LOCKS,
    _RANK_IDENTIFIERS,
    _RETIRE_IDENTIFIERS,
    _IDENTIFIERS,
    _FORGET_GUARDIANS,
    _GUARDIANS,
    _FORGET_NOTES,
    _NOTES,
    _KNOW_GUARDIANS,
)
