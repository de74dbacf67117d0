"""A visit that two systems tell is one row: its home system's, with the other's telling beside it.

What the other system told is kept whole in `second`, so that it is a visit of its own again when
the two no longer speak of one: another client, unit or day.
"""

from rinnalla.imports.staging import execute

TABLE = "services_visit"
_SAME = (
    "home.source = {told}.home_source and home.source_key = {told}.home_key"
    " and home.client_id = {told}.client_id and home.unit_id = {told}.unit_id"
    " and home.day = {told}.day"
)
_TOLD = f"jsonb_populate_record(null::{TABLE}, home.second)"
_PART = f"""
with parting as (
    select home.id, home.second from {TABLE} home cross join lateral {_TOLD} told
    where home.second_key is not null and ({{when}})
), free as (
    update {TABLE} v set second_source = null, second_key = null, second = null
    from parting where v.id = parting.id
)
insert into {TABLE} select told.* from parting home cross join lateral {_TOLD} told
"""
_PART_CORRECTED = _PART.format(
    when="exists (select from {staged} s where s.source = home.second_source"
    " and s.source_key = home.second_key and s.fingerprint <> told.fingerprint)"
)
_PART_DIFFERENT = _PART.format(when=f"({_SAME.format(told='told')}) is not true")
# Those told by keys are let go, to be taken back.
FREE = _PART.format(when="home.second_source = %s and home.second_key = any(%s)")
# What is joined and says what it said before is no news.
_PASS_OVER = f"""
delete from {{staged}} s using {TABLE} home
where home.second_source = s.source and home.second_key = s.source_key
"""
_JOIN = f"""
with pair as (
    select distinct on (home.id) home.id, told.id as told, told.source, told.source_key,
        to_jsonb(told) as second
    from {TABLE} told join {TABLE} home on {_SAME.format(told="told")}
    where told.home_key is not null and home.second_key is null
    order by home.id, told.source_key
), gone as (
    delete from {TABLE} where id in (select told from pair)
)
update {TABLE} v set second_source = pair.source, second_key = pair.source_key,
    second = pair.second
from pair where v.id = pair.id
"""


def part(staged: str) -> None:
    """Before an import: what it corrects is a visit of its own, what it repeats is passed over."""
    execute(_PART_CORRECTED.format(staged=staged))
    execute(_PASS_OVER.format(staged=staged))


def join() -> None:
    """After an import: tellings of one visit become one row, and different visits two."""
    execute(_PART_DIFFERENT)
    execute(_JOIN)
