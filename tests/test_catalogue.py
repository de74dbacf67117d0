"""What the database's catalogue must say, whichever table, view or function comes next."""

from collections.abc import Iterator

import psycopg
import pytest

pytestmark = pytest.mark.server
OURS = (
    "('public', 'access', 'applications', 'cases', 'meetings', 'notifications', 'officer',"
    " 'permits', 'plans', 'portal', 'rinnalla')"
)
OTHERS = ("rinnalla_app", "rinnalla_import", "rinnalla_worker")

# Functions that work with the owner's eyes, and who may call them ("": only the owner's others).
DEFINERS = {
    "access.sit": "app",
    "access.sit_client": "app",
    "access.my_seats": "app",
    "access.prove": "",
    "access.guardian_may": "",
    "access.mandates_of": "",
    "access.follow_seat": "",
    "access.keeps_clients": "app",
    "access.enrol_client": "app",
    "access.account_at": "app",
    "access.audience": "app",
    "access.writing_units": "app",
    "access.is_withheld": "app",
    "access.withhold": "app",
    "access.open_by_law": "app",
    "access.close_law_opening": "app",
    "access.review_law_opening": "app",
    "access.officer_law_openings": "app",
    "access.officer_law_opening": "app",
    "access.officer_journal": "app",
    "access.stand": "app",
    "access.my_bases": "",
    "access.record_act": "app",
    "access.record_read": "app",
    "access.record_sharing": "app",
    "access.named_client": "",
    "access.find_client": "app",
    "access.enter_client": "app",
    "access.open_ways": "import worker",
    "access.close_ways": "import worker",
    "access.leave": "worker",
    "applications.wanted_circle": "",
    "applications.follow": "app import worker",
    "applications.agenda_numbers": "app",
    "applications.next_number": "app",
    "applications.audience": "app",
    "applications.my_units": "app",
    "applications.unreached": "app",
    "applications.keep_clock": "",
    "applications.follow_clock": "",
    "cases.wanted_circle": "",
    "cases.follow": "app worker",
    "cases.is_whole": "app",
    "cases.reaches": "app",
    "meetings.wanted_circle": "",
    "meetings.follow": "app worker",
    "meetings.follow_step": "",
    "meetings.hush": "app",
    "meetings.answer_own": "app",
    "meetings.ask_unclear": "app",
    "meetings.of_link": "app",
    "meetings.answer_by_link": "app",
    "meetings.opened_by": "app",
    "meetings.silence_participant": "",
    "meetings.silence_time": "",
    "meetings.silence_case": "",
    "meetings.choose_own": "app",
    "meetings.of_poll": "app",
    "meetings.choose_by_link": "app",
    "meetings.silence_appointment": "",
    "meetings.silence_step": "",
    "meetings.answer_own_appointment": "app",
    "meetings.of_appointment_link": "app",
    "meetings.answer_appointment_by_link": "app",
    "plans.end_check": "",
    "plans.hand_checks": "",
    "notifications.silence": "",
    "notifications.wake": "",
    "permits.effect": "app",
    "permits.follow": "app",
    "permits.make_denial_notices": "app",
    "permits.make_notices": "app",
    "permits.shut_by": "app",
    "permits.told_of": "app",
    "portal.address_is_free": "app",
    "portal.ask_about": "app",
    "portal.ask_link": "app",
    "portal.my_log": "app",
    "portal.people": "app",
    "portal.record_seats": "app",
    "portal.use_link": "app",
    "officer.waiting": "app",
    "officer.inquiries": "app",
    "officer.inquiry_of": "app",
    "officer.answer_inquiry": "app",
    "officer.judged": "",
    "officer.sweep_day": "worker",
    "officer.raise_rates": "",
    "officer.question_clients": "app",
    "officer.reads_by_ground": "app",
    "officer.open_log_request": "app",
    "officer.log_requests": "app",
    "officer.log_request_of": "app",
    "officer.log_lines": "app",
    "officer.answer_log_request": "app",
    "rinnalla.check_unit_manager": "",
    "rinnalla.cluster": "",
    "rinnalla.sealing_floor": "",
    "rinnalla.unsealed_leaves": "worker",
    "rinnalla.add_seal": "worker",
    "rinnalla.record_account": "app import worker",
    "rinnalla.record_job": "import worker",
}
# The owner's own views, which filter by the seat before anything else is asked.
OWNERS_VIEWS = {
    "access.me",
    "access.my_circle",
    "access.my_narrow",
    "access.my_opening",
    "permits.mine",
}
# Tables that name clients and that only the owner's functions reach.
CLOSED = {
    "access.circle",
    "access.denial",
    "access.opening",
    "access.seat",
    "journal_entrysubject",
    "officer.question_client",
    "officer.log_request",
}
# What a job's own login may do with client-owned tables.
MAY_DELETE = {
    ("clients_guardian", "rinnalla_import"),
    ("clients_guardiannote", "rinnalla_import"),
    ("imports_doubtfulpair", "rinnalla_import"),
    ("services_visit", "rinnalla_import"),
    ("services_serviceuse", "rinnalla_import"),
    ("services_referral", "rinnalla_import"),
}


@pytest.fixture
def catalogue(ground: dict[str, str]) -> Iterator[psycopg.Cursor]:
    with psycopg.connect(ground["DATABASE_ADMIN_URL"]) as connection:
        yield connection.cursor()


def names(cursor: psycopg.Cursor, query: str) -> set[str]:
    return {row[0] for row in cursor.execute(query.encode()).fetchall()}


CLIENT_OWNED = f"""
select case when n.nspname = 'public' then '' else n.nspname || '.' end || c.relname
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname in {OURS} and c.relkind in ('r', 'p')
  and (c.relname = 'clients_client' or exists (
        select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
        and a.attname in ('client', 'client_id')))
"""


def test_every_client_owned_table_has_its_policies(catalogue: psycopg.Cursor) -> None:
    owned = names(catalogue, CLIENT_OWNED) - CLOSED
    assert len(owned) > 30
    without = names(
        catalogue,
        "select relname from pg_class where relkind in ('r', 'p') and not relrowsecurity"
        " and relnamespace = 'public'::regnamespace",
    )
    assert owned & without == set()
    reached = names(
        catalogue,
        "select tablename from pg_policies where policyname = 'reach'"
        " and permissive = 'RESTRICTIVE' and cmd = 'ALL' and roles = '{rinnalla_app}'"
        " and qual like '%access.my_circle%' and qual like '%is_withheld%'",
    )
    assert owned - reached == set()


def test_no_policy_is_for_everybody(catalogue: psycopg.Cursor) -> None:
    assert (
        names(catalogue, "select policyname from pg_policies where 'public' = any (roles)") == set()
    )


def test_who_bypasses_a_policy_is_a_job_and_never_the_application(
    catalogue: psycopg.Cursor,
) -> None:
    rows = catalogue.execute(
        "select distinct unnest(roles) from pg_policies"
        " where qual = 'true' and permissive = 'PERMISSIVE'"
        " and policyname not in ('basis', 'recording', 'changing')"
    ).fetchall()
    assert {row[0] for row in rows} <= {"rinnalla_import", "rinnalla_worker"}


def test_a_closed_table_is_granted_to_nobody(catalogue: psycopg.Cursor) -> None:
    granted = names(
        catalogue,
        "select table_schema || '.' || table_name from information_schema.role_table_grants"
        f" where grantee in {OTHERS} or grantee = 'PUBLIC'",
    )
    closed = {name if "." in name else f"public.{name}" for name in CLOSED}
    closed |= {"access.seat", "access.seat_key", "public.journal_entry", "rinnalla.sealed"}
    assert granted & closed == set()


def test_nothing_is_granted_beyond_what_is_meant(catalogue: psycopg.Cursor) -> None:
    owned = names(catalogue, CLIENT_OWNED)
    rows = catalogue.execute(
        "select table_name::text, grantee::text, privilege_type::text"
        " from information_schema.role_table_grants"
        " where table_schema = 'public' and grantee <> 'rinnalla_owner'"
        " and grantee like 'rinnalla%'"
    ).fetchall()
    granted = {(table, role, right) for table, role, right in rows if table in owned}
    assert {right for _, _, right in granted} <= {"SELECT", "INSERT", "UPDATE", "DELETE"}
    deletes = {(table, role) for table, role, right in granted if right == "DELETE"}
    assert deletes == MAY_DELETE
    whole_updates = {
        table for table, role, right in granted if (role, right) == (OTHERS[0], "UPDATE")
    }
    assert whole_updates == set(), "the application changes named columns only"


def test_the_application_owns_nothing_and_passes_nothing_by(catalogue: psycopg.Cursor) -> None:
    owners = names(
        catalogue,
        "select distinct pg_get_userbyid(c.relowner)::text from pg_class c"
        f" join pg_namespace n on n.oid = c.relnamespace where n.nspname in {OURS}",
    )
    assert owners == {"rinnalla_owner"}
    powerful = names(
        catalogue,
        "select rolname::text from pg_roles where rolname like 'rinnalla%'"
        " and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)",
    )
    assert powerful == set()
    memberships = catalogue.execute(
        "select count(*) from pg_auth_members where member::regrole::text = any (%s)",
        [list(OTHERS)],
    ).fetchone()
    assert memberships == (0,)


def test_every_definer_function_is_known_and_closed(catalogue: psycopg.Cursor) -> None:
    rows = catalogue.execute(
        "select n.nspname || '.' || p.proname, coalesce(array_to_string(p.proconfig, ','), ''),"
        " has_function_privilege('rinnalla_app', p.oid, 'execute'),"
        " has_function_privilege('rinnalla_import', p.oid, 'execute'),"
        " has_function_privilege('rinnalla_worker', p.oid, 'execute'),"
        " coalesce(p.proacl::text like '%{=X%' or p.proacl::text like '%,=X%', true)"
        " from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        f" where p.prosecdef and n.nspname in {OURS}"
    ).fetchall()
    assert {row[0] for row in rows} == set(DEFINERS)
    for name, settings, *may, everybody in rows:
        assert settings == "search_path=public, pg_temp", name
        allowed = {role for role, can in zip(("app", "import", "worker"), may, strict=True) if can}
        # A trigger's function cannot be called, whoever may.
        if name not in ("rinnalla.check_unit_manager", "notifications.wake"):
            assert not everybody, f"{name} may be called by everybody"
            assert allowed == set(DEFINERS[name].split()), name


def test_the_journal_is_written_by_the_owners_functions_only(catalogue: psycopg.Cursor) -> None:
    rows = catalogue.execute(
        "select rolname::text from pg_roles where rolname like 'rinnalla%' and"
        " has_function_privilege(rolname, (select oid from pg_proc where proname = 'write_entry'),"
        " 'execute')"
    ).fetchall()
    assert {row[0] for row in rows} == {"rinnalla_owner"}


def test_views_see_with_the_right_eyes(catalogue: psycopg.Cursor) -> None:
    rows = catalogue.execute(
        "select n.nspname || '.' || c.relname, coalesce(array_to_string(c.reloptions, ','), '')"
        " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        f" where c.relkind in ('v', 'm') and n.nspname in {OURS}"
    ).fetchall()
    options: dict[str, str] = dict(rows)
    assert set(options) >= OWNERS_VIEWS
    for name, option in options.items():
        wanted = "security_barrier" if name in OWNERS_VIEWS else "security_invoker"
        assert wanted in option, f"{name} is neither the owner's barrier nor the reader's own"


def test_nobody_makes_anything(catalogue: psycopg.Cursor) -> None:
    for role in OTHERS:
        for schema in OURS.strip("()").replace("'", "").split(", "):
            may = catalogue.execute(
                "select has_schema_privilege(%s, %s, 'create')", [role, schema]
            ).fetchone()
            assert may == (False,), (role, schema)
    temporary = catalogue.execute(
        "select has_database_privilege('rinnalla_app', current_database(), 'temporary')"
    ).fetchone()
    assert temporary == (False,)
