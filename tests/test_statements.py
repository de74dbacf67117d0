"""A page's statements do not grow with its rows, whichever the page and whoever reads."""

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext, override_settings

from rinnalla.applications.operations import consultation, drafting, reception
from rinnalla.demo.stage import session
from rinnalla.demo.stories.common import COUNTY, found, permit, write
from rinnalla.organizations.models import TeamSeat
from tests.addresses import values
from tests.pages import Visit, browsers, visits
from tests.world import CONVENER, HEALTH, REFERRER, World

CEILING = 25
MORE = ("A100046", "A100065", "A100254", "A100336", "A100371", "A100427", "A100484", "A100492")
TIMES = 12
# Rows of Veikko's and Laura's pages, and what is another in each copy; `n` counts the copies.
COPIED: tuple[tuple[str, dict[str, str]], ...] = (
    ("services_visit", {"source_key": "source_key || n", "second_key": "second_key || n"}),
    ("services_serviceuse", {"source_key": "source_key || n"}),
    ("services_benefit", {"source_key": "source_key || n"}),
    ("services_referral", {"source_key": "source_key || n"}),
    ("permits_permit", {"replaces_id": "null::uuid"}),
    ("permits_recipientnotice", {}),
    ("permits_permitunit", {"permit_id": "md5(permit_id::text || n)::uuid"}),
    ("permits_permitrecipient", {"permit_id": "md5(permit_id::text || n)::uuid"}),
    ("permits_permitrequest", {}),
    ("permits_permitrequestunit", {"request_id": "md5(request_id::text || n)::uuid"}),
    ("applications_informationrequest", {"answered_at": "asked_at"}),
    ("plans_step", {}),
    ("plans_stepreport", {"step_id": "md5(step_id::text || n)::uuid"}),
    ("applications_outcomestep", {"step_id": "md5(step_id::text || n)::uuid"}),
)
COPY = """
insert into {table} ({names})
select {values} from {table}, generate_series(1, {times}) n
where client_id in (select id from clients_client
                    where number in ('A100001', 'A100116', 'A100217'))
"""
COLUMNS = """
select a.attname from pg_attribute a
where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
"""
ANOTHER = {name: f"md5({name}::text || n)::uuid" for name in ("id", "public_id")}


def statements(browser: Browser, visit: Visit) -> int:
    """How many statements the page takes."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(visit.address).status_code == 200, visit
    return len(captured)


def copy_rows(world: World) -> None:
    """Many more rows of each kind about the same clients, of the same units."""
    for table, others in COPIED:
        columns = [name for (name,) in world.rows(COLUMNS, table)]
        made = ANOTHER | others
        world.rows(
            COPY.format(
                table=table,
                times=TIMES,
                names=", ".join(columns),
                values=", ".join(made.get(name, f"{table}.{name}") for name in columns),
            )
        )


def add_entries(world: World, many: int) -> None:
    """What a member adds to the agency's own column."""
    with world.acting(HEALTH) as laina:
        seat = TeamSeat.objects.get(pk=str(values(world)["seat_id"]))
        for _ in range(many):
            consultation.add_entry(
                world.application(), by=laina, seat=seat, row="used", text="Käynti."
            )


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


# A session in use is renewed by the minute, however slow the machine: not by rows.
@override_settings(SESSION_RENEW_SECONDS=3600)
def test_statements_do_not_grow_with_rows(world: World) -> None:
    everybody = browsers(world)
    # Each page once, and a list of everybody's own for each of them.
    pages = list({visit.address: visit for visit in reversed(visits(world))}.values())
    pages += [visit for visit in visits(world) if visit.name == "home"]
    add_entries(world, 1)
    before = {visit: statements(everybody[visit.role], visit) for visit in pages}
    add_matters(world)
    add_entries(world, TIMES)
    copy_rows(world)
    after = {visit: statements(everybody[visit.role], visit) for visit in pages}
    grown = {
        str(visit): (before[visit], after[visit]) for visit in pages if after[visit] > before[visit]
    }
    assert grown == {}
    beyond = {str(visit): count for visit, count in after.items() if count > CEILING}
    assert beyond == {}
