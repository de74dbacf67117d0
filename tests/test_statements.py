"""Statements do not grow with rows, and none reads a whole table of clients."""

import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from rinnalla.applications.operations import drafting, reception
from rinnalla.demo.stage import session
from rinnalla.demo.stories.common import COUNTY, found, permit, write
from tests.addresses import filled
from tests.world import CONVENER, INTAKE, REFERRER, Who, World

PAGES: dict[str, Who] = {
    "home": REFERRER,
    "my-applications": REFERRER,
    "application": REFERRER,
    "client": REFERRER,
    "client-permits": REFERRER,
    "outcome": REFERRER,
    "my-steps": REFERRER,
    "inbox": CONVENER,
    "sessions": CONVENER,
    "agenda": CONVENER,
    "case": CONVENER,
    "imports": INTAKE,
    "doubtful-pairs": INTAKE,
}
CEILING = 26
# Tables that are long in a county; a whole read of one would be felt.
LONG = {
    *("clients_client", "clients_clientidentifier", "clients_clientcontact"),
    *("services_visit", "services_serviceuse", "services_benefit"),
}
MORE = ("A100046", "A100065", "A100254", "A100336", "A100371", "A100427", "A100484", "A100492")


def asked(browser: Browser, address: str) -> list[str]:
    """The statements of the second visit: the first one may choose a role or fill a cache."""
    assert browser.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def add_matters(world: World) -> None:
    """More applications of the same referrer, on the same agenda, with permits."""
    world.freeze("2026-10-31 09.30")
    for number in MORE:
        with world.acting(REFERRER) as hilppa:
            application = write(
                found(number),
                hilppa,
                "tyky-tampere",
                question="Mikä auttaisi?",
                wish="Työtä.",
                situation="Työtön.",
                agreed="spoken",
            )
            permit(application.client, hilppa, ("TA901",), COUNTY, "Konsultaatio", None)
            drafting.send(application, by=hilppa)
        with world.acting(CONVENER) as sirkka:
            at = session("tyky-tampere", "2026-11-03 09.00")
            reception.place(application, by=sirkka, session=at)


def test_statements_do_not_grow_with_rows(world: World) -> None:
    addresses = filled(world)
    browsers = {who: world.browser(who) for who in set(PAGES.values())}
    before = {name: len(asked(browsers[who], addresses[name])) for name, who in PAGES.items()}
    add_matters(world)
    after = {name: len(asked(browsers[who], addresses[name])) for name, who in PAGES.items()}
    grown = {name: (before[name], after[name]) for name in PAGES if after[name] > before[name]}
    assert grown == {}
    assert {name: count for name, count in after.items() if count > CEILING} == {}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_reads_a_whole_table_of_clients(name: str, world: World) -> None:
    with world.owner(), connection.cursor() as cursor:
        for table in sorted(LONG):
            cursor.execute(f"analyze {table}")
    browser, address = world.browser(PAGES[name]), filled(world)[name]
    whole: list[str] = []
    with connection.execute_wrapper(Explaining(whole)):
        assert browser.get(address).status_code == 200
    assert whole == []


class Explaining:
    """Asks for the plan of each read before it is run, in the same seat."""

    def __init__(self, whole: list[str]) -> None:
        self.whole = whole
        self.busy = False

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql).lstrip().lower()
        if not self.busy and text.startswith(("select", "with")) and "access." not in text[:40]:
            self.busy = True
            try:
                self._explain(str(sql), params)
            finally:
                self.busy = False
        return execute(sql, params, many, context)

    def _explain(self, sql: str, params: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"explain (format json) {sql}", params)
            (plan,) = cursor.fetchone()
        for node in nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]):
            if node["Node Type"] == "Seq Scan" and node.get("Relation Name") in LONG:
                self.whole.append(f"{node['Relation Name']}: {sql[:200]}")


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(found for part in plan.get("Plans", []) for found in nodes(part))]
