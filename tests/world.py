"""The demonstration's world in a test: its people, their seats and browsers, its clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from django.db import connections, transaction
from django.test import Client as Browser
from psycopg._preparing import PrepareManager

from rinnalla.access.actor import Actor, seat
from rinnalla.access.middleware import ACTS_FOR, MEMBERSHIP
from rinnalla.access.models import ClientAccount, Mandate
from rinnalla.applications.models import Application
from rinnalla.clients.models import Client
from rinnalla.config.settings import database
from rinnalla.demo.stage import member, moment
from rinnalla.organizations.models import Membership

# Names of the first story, as the access table calls them.
REFERRER = ("hilppa.kokeilija", "TA901")
CONVENER = ("sirkka.esimerkki", "TO210")
HEALTH = ("laina.malli", "TO210")
MIEPA = ("kaino.mallipelto", "MP400")
SOCIAL = ("aatu.koehenkilo", "SO810")
KELA = ("toivo.koe", "KE950")
EMPLOYMENT = ("ukko.naytto", "TA901")
COLLEAGUE = ("armas.esimerkkinen", "TA901")
MANAGER = ("veli.naytejoki", "TA901")
INTAKE = ("martta.mallikallio", "AR010")
ADMINISTRATOR = ("aino.koekangas", "HA001")
OFFICER = ("raita.malliluoto", "HA001")
STRANGER = ("onerva.koepuro", "ES700")
# Who recorded the guardian of the told world.
TUIRE = ("tuire.mallilainen", "SO880")
Who = tuple[str, str]


class Own(NamedTuple):
    """A client at the own page, by number, or a guardian who acts there for another."""

    number: str
    for_whom: str = ""


# Clients with an own page: the first story's, another, and a guardian with whose child.
VEIKKO, LAURA = "A100001", "A100116"
LARS, TIINA = "A100140", "A100732"


@dataclass(frozen=True)
class World:
    """What a test does in the world. The connection is the application's, unless `owner()` is
    open."""

    urls: dict[str, str]

    @contextmanager
    def owner(self) -> Iterator[None]:
        """Looks past the policies, in the same transaction."""
        with connections["default"].cursor() as cursor:
            cursor.execute("set session authorization default")
            try:
                yield
            finally:
                cursor.execute("set session authorization rinnalla_app")

    @contextmanager
    def job(self, role: str) -> Iterator[None]:
        """Works as a job's own role (`rinnalla_worker`), in the same transaction."""
        with connections["default"].cursor() as cursor:
            cursor.execute(f"set session authorization {role}")
            try:
                with transaction.atomic():
                    yield
            finally:
                cursor.execute("set session authorization rinnalla_app")

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What a query finds without the policies."""
        with self.owner(), connections["default"].cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall() if cursor.description else []

    def member(self, who: Who) -> Membership:
        with self.owner():
            return member(*who)

    def sit(self, who: Who) -> Actor:
        """Seats the person in the current transaction."""
        membership = self.member(who)
        actor = seat(membership.pk, membership.user_id)
        assert actor is not None, f"{who} has no open membership"
        return actor

    @contextmanager
    def acting(self, who: Who) -> Iterator[Actor]:
        """One transaction with the person seated."""
        with transaction.atomic():
            yield self.sit(who)

    def browser(self, who: Who) -> Browser:
        """Somebody signed in, acting as that membership, or at the own page."""
        if isinstance(who, Own):
            return self.portal(*who)
        membership = self.member(who)
        made = Browser()
        with self.owner():
            made.force_login(membership.user, "django.contrib.auth.backends.ModelBackend")
            session = made.session
            session[MEMBERSHIP] = str(membership.pk)
            session.save()
        return made

    def portal(self, number: str, for_whom: str = "") -> Browser:
        """A client signed in to the own page, or acting for another as a guardian."""
        made = Browser()
        with self.owner():
            account = ClientAccount.objects.get(client__number=number, ended_at=None)
            made.force_login(account.account, "django.contrib.auth.backends.ModelBackend")
            if for_whom:
                mandate = Mandate.objects.get(client__number=for_whom, guardian=account.client)
                session = made.session
                session[ACTS_FOR] = [str(mandate.client_id), str(mandate.pk)]
                session.save()
        return made

    def client(self, number: str = "A100001") -> Client:
        """A client by number, seen without the policies."""
        with self.owner():
            return Client.objects.get(number=number)

    def application(self, number: str = "A100001") -> Application:
        """The newest application of a client, seen without the policies."""
        with self.owner():
            rows = Application.objects.select_related("client", "team__convener", "unit")
            return rows.filter(client__number=number).order_by("-created_at")[0]

    def freeze(self, when: str | datetime) -> None:
        """Stops the clock at a moment (`2026-11-03 09.00`, Helsinki)."""
        instant = moment(when) if isinstance(when, str) else when
        self.rows("update rinnalla.clock set frozen = %s returning 1", instant)


class Prepared(PrepareManager):
    """Statements that stay prepared when a savepoint is rolled back, since no test that works in
    a world makes tables; planned anew, with their policies, they would cost most of its time."""

    prepared_max = 5000

    def clear(self) -> bool:
        return False


# Connections of worlds that were rolled back, by database: whoever stands in it next finds its
# statements prepared.
KEPT: dict[str, psycopg.Connection[Any]] = {}


@contextmanager
def standing_in(urls: dict[str, str], *, rolled_back: bool) -> Iterator[World]:
    """Connects Django to the world as the application's role; its pool is left out."""
    connection = connections["default"]
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(_without_pool(urls))
    try:
        if rolled_back:
            _take_up(connection)
        with connection.cursor() as cursor:
            cursor.execute("set session authorization rinnalla_app")
        if rolled_back:
            with transaction.atomic():
                yield World(urls)
                transaction.set_rollback(True)
            _put_by(connection)
        else:
            yield World(urls)
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(before)


def _without_pool(urls: dict[str, str]) -> dict[str, Any]:
    settings = database(urls["DATABASE_ADMIN_URL"], served=True)
    options = settings["OPTIONS"]
    assert isinstance(options, dict)
    options.pop("pool")
    return settings


def _take_up(connection: Any) -> None:
    """Connects as the last world in the same database did, or anew."""
    connection.connect()
    connection.connection._prepared.__class__ = Prepared
    kept = KEPT.pop(connection.settings_dict["NAME"], None)
    if kept is not None:
        fresh, connection.connection = connection.connection, kept
        if connection.is_usable():
            fresh.close()
        else:
            connection.connection = fresh


def _put_by(connection: Any) -> None:
    KEPT[connection.settings_dict["NAME"]], connection.connection = connection.connection, None
