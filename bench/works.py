"""The works that are measured: what each browser asks for, over and over."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from bench.browser import Answer, Browser
from bench.house import Database
from rinnalla.config.places import CannotStart

Act = Callable[[Browser], Answer]
VIEW = "Asiakas hyötyisi työkyvyn arviosta ennen uutta työkokeilua. "


@dataclass(frozen=True)
class Work:
    """A work and its goal: at most so many times slower than the floor of the same name."""

    name: str
    title: str
    goal: int


WORKS = (
    Work("case", "consultation page of one client, HTML", 8),
    Work("inbox", "inbox of 20 rows with one opened, HTML", 6),
    Work("find", "find by hetu and open the client's page", 4),
    Work("view", "save a view", 6),
)


@dataclass(frozen=True)
class Person:
    """Who is signed in on one connection, and the endless acts of each work."""

    username: str
    acts: Iterator[Act]


def persons(database: Database, work: Work, connections: int) -> list[Person]:
    """As many people as connections, spread over the teams or coaches of the county."""
    makers = {"case": _case, "inbox": _inbox, "find": _find, "view": _view}
    with database.connect() as connection:

        def rows(query: str, *parameters: Any) -> list[tuple[Any, ...]]:
            return connection.execute(query, parameters).fetchall()

        return [makers[work.name](rows, i) for i in range(connections)]


Rows = Callable[..., list[tuple[Any, ...]]]


def _team(rows: Rows, i: int) -> int:
    return int(1 + i % rows("select teams from bench.size")[0][0])


def _cases(rows: Rows, team: int) -> list[tuple[Any, ...]]:
    return rows(
        "select o.session, o.number, c.family_name from bench.open_case o"
        " join clients_client c on c.id = o.client where o.team = %s order by o.i",
        team,
    )


def _case(rows: Rows, i: int) -> Person:
    """Every other reader convenes, the others are members from health."""
    team = _team(rows, i)
    return Person(
        f"{('convener', 'health')[i % 2]}{team}",
        cycle([_page(f"/kokoukset/{s}/{n}/", name) for s, n, name in _cases(rows, team)]),
    )


def _inbox(rows: Rows, i: int) -> Person:
    team = _team(rows, i)
    first = rows(
        "select c.family_name from applications_application a join bench.team t on t.id = a.team_id"
        " join clients_client c on c.id = a.client_id where t.k = %s and a.state = 'sent'"
        " order by a.sent_at limit 1",
        team,
    )[0][0]
    return Person(f"convener{team}", cycle([_page("/saapuneet/", first)]))


def _find(rows: Rows, i: int) -> Person:
    """Half of those sought are the finder's own clients, half are in nobody's hands here."""
    coaches, clients = rows("select coaches, clients from bench.size")[0]
    coach = 1 + i % coaches
    first = (coach - 1) * 100
    sought = rows(
        "select b.hetu, c.family_name from bench.client b join clients_client c on c.id = b.id"
        " where not c.is_protected and (b.n between %s and %s or b.n %% greatest(1, %s / 100) = %s)"
        " order by b.hetu limit 200",
        *(first + 1, first + 100, clients, i),
    )
    return Person(f"valmentaja{coach}", cycle([_search(hetu, name) for hetu, name in sought]))


def _view(rows: Rows, i: int) -> Person:
    team = _team(rows, i)
    # Where a team has several browsers, each keeps to cases of its own.
    cases = _cases(rows, team)[i // rows("select teams from bench.size")[0][0] :: 2]
    seat = rows("select id from bench.seat where k = %s and position = 1", team)[0][0]
    versions: dict[str, int] = {}
    paths = [f"/kokoukset/{s}/{n}/nakemys/{seat}/" for s, n, _name in cases]
    return Person(f"health{team}", cycle([_saving(path, versions) for path in paths]))


def _page(path: str, expected: str) -> Act:
    return lambda browser: _checked(browser.get(path), 200, expected)


def _search(hetu: str, expected: str) -> Act:
    def act(browser: Browser) -> Answer:
        found = _checked(browser.post("/asiakkaat/haku/", {"q": hetu}), 302, "")
        return _checked(browser.get(found.place), 200, expected)

    return act


def _saving(path: str, versions: dict[str, int]) -> Act:
    def act(browser: Browser) -> Answer:
        version = versions.get(path, 0)
        # One open page for each case, as the session knows them by.
        fields = {"text": VIEW * 4, "version": str(version), "window": path[-80:-41]}
        answer = _checked(browser.post(f"{path}?itsestaan=1", fields), 204, "")
        versions[path] = version + 1
        return answer

    return act


def _checked(answer: Answer, status: int, expected: str) -> Answer:
    """A page that is not what was asked for is not measured."""
    if answer.status != status or expected.encode() not in answer.body:
        raise CannotStart(f"An unexpected answer, {answer.status}:\n{answer.body[:1500]!r}")
    return answer
