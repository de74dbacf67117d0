"""No page makes PostgreSQL read a whole table of clients, in a policy or a function neither."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from tests.pages import browsers, visits
from tests.world import World

# Below this many rows, to read a table whole is what one would do by hand.
FEW = 500
# The plans as they are run, those inside of functions and policies, too, sent to the client.
TELL = (
    "load 'auto_explain'",
    "set auto_explain.log_min_duration = 0",
    "set auto_explain.log_nested_statements = on",
    "set auto_explain.log_format = json",
    "set auto_explain.log_level = notice",
)
BIG = f"""
select c.relname from pg_class c
where c.relkind = 'r' and c.reltuples > {FEW}
  and (c.relname = 'clients_client' or exists (
        select from pg_attribute a
        where a.attrelid = c.oid and a.attname in ('client', 'client_id')))
"""


def test_no_page_reads_a_whole_table_of_clients(world: World) -> None:
    with world.owner(), connection.cursor() as cursor:
        cursor.execute("analyze")
    big = {name for (name,) in world.rows(BIG)}
    assert {"clients_client", "services_visit", "circle"} <= big
    everybody, whole, plans = browsers(world), set(), 0
    with telling(world) as told:
        for visit in visits(world):
            told.clear()
            assert everybody[visit.role].get(visit.address).status_code in (200, 204), visit
            plans += len(told)
            whole |= {
                (visit.name, node["Relation Name"], plan["Query Text"][:300])
                for plan in told
                for node in nodes(plan["Plan"])
                if node["Node Type"] == "Seq Scan" and node["Relation Name"] in big
            }
    assert plans > 1000
    assert whole == set()


@contextmanager
def telling(world: World) -> Iterator[list[dict[str, Any]]]:
    """Collects the plan of each statement of the application that is run inside."""
    told: list[dict[str, Any]] = []

    def hear(notice: psycopg.errors.Diagnostic) -> None:
        _, found, plan = (notice.message_primary or "").partition("plan:\n")
        if found:
            told.append(json.loads(plan))

    for setting in TELL:
        world.rows(setting)
    connection.connection.add_notice_handler(hear)
    try:
        yield told
    finally:
        connection.connection.remove_notice_handler(hear)


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The plan's nodes, those of its subplans, too."""
    yield plan
    for part in plan.get("Plans", []):
        yield from nodes(part)
