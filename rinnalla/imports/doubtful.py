"""Doubtful pairs: clients of one name and birth date, laid before the intake of the master."""

from rinnalla.imports.staging import execute, fetch

_CAUSE = "doubtful"

_FORGET = """
delete from imports_doubtfulpair p using clients_client a, clients_client b
where p.state = 'open' and a.id = p.client_id and b.id = p.other_id
  and (a.sort_name, a.birth_date) is distinct from (b.sort_name, b.birth_date)
  and not exists (select from clients_clientidentifier i
                  join clients_clientidentifier j on j.digest = i.digest
                  where i.client_id = p.client_id and j.client_id = p.other_id)
returning p.client_id, p.other_id
"""
_FIND = """
insert into imports_doubtfulpair
    (id, public_id, client_id, other_id, unit_id, state, found_at)
select rinnalla.uuid7(), gen_random_uuid(), pair.one, pair.other, %s::uuid, 'open', rinnalla.now()
from (
    select a.id as one, b.id as other from clients_client a
    join clients_client b on b.sort_name = a.sort_name and b.birth_date = a.birth_date
    where a.id < b.id
    -- A client whom a referrer entered before the master knew the code.
    union select i.client_id, j.client_id from clients_clientidentifier i
    join clients_clientidentifier j on j.digest = i.digest
    where i.client_id < j.client_id
) pair
on conflict (client_id, other_id) do nothing
"""
_INTAKE = """
select m.id from organizations_membership m
where m.is_open and m.role = 'intake' and m.unit_id = %(unit)s::uuid
"""
# A client whose pairs are all decided, or are pairs no more, is no longer the intake's to see.
_CLOSE = f"""
with gone as (
    select client_id as client from imports_doubtfulpair where state <> 'open'
    union select other_id from imports_doubtfulpair where state <> 'open'
    union select unnest(%(forgotten)s::uuid[])
    except select client_id from imports_doubtfulpair where state = 'open'
    except select other_id from imports_doubtfulpair where state = 'open'
)
select access.close_ways(array_agg(g.client), array_agg(m.id), %(cause)s)
from gone g cross join ({_INTAKE}) m having count(*) > 0
"""
_OPEN = f"""
with sides as (
    select client_id as client, id as pair from imports_doubtfulpair where state = 'open'
    union all select other_id, id from imports_doubtfulpair where state = 'open'
)
select access.open_ways(array_agg(s.client), array_agg(m.id), %(cause)s, array_agg(s.pair))
from sides s cross join ({_INTAKE}) m having count(*) > 0
"""


def find_pairs(master_unit: str) -> None:
    """Keeps the pairs in step with the master, and opens them to those who decide."""
    forgotten = [client for pair in fetch(_FORGET) for client in pair]
    execute(_FIND, [master_unit])
    parameters = {"unit": master_unit, "cause": _CAUSE, "forgotten": forgotten}
    fetch(_CLOSE, parameters)
    fetch(_OPEN, parameters)
