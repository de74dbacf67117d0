"""Rounds: for each work, pages and floor by turns; what they came to."""

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.browser import Browser
from bench.county import PASSWORD
from bench.floor import Floor
from bench.house import Database
from bench.works import Person, Work, persons


@dataclass
class Measured:
    """One work in one county: a rate for each round, and every answer's seconds."""

    pages: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """How many times slower than the floor; the median of the rounds."""
        pairs = zip(self.pages, self.floors, strict=True)
        return statistics.median(floor / page for page, floor in pairs)

    def percentile(self, part: int) -> float:
        """Milliseconds below which so many of a hundred answers came."""
        return statistics.quantiles(self.seconds, n=100)[part - 1] * 1000


class Measurement:
    """One work in one county, with its people signed in."""

    def __init__(self, database: Database, port: int, floor: Floor, work: Work) -> None:
        self.work = work
        self.result = Measured()
        self._floor = floor
        self._people = persons(database, work, floor.connections)
        self._browsers = [Browser(port) for _person in self._people]
        for browser, person in zip(self._browsers, self._people, strict=True):
            browser.sign_in(person.username, PASSWORD)
        # Statements are prepared and templates compiled by the first answers of each process.
        self._pages(1)

    def round(self, seconds: int) -> None:
        """Pages for so long, then the floor for so long."""
        rate, answers = self._pages(seconds)
        self.result.pages.append(rate)
        self.result.seconds += answers
        self.result.floors.append(self._floor.rate(self.work.name, seconds))

    def close(self) -> None:
        for browser in self._browsers:
            browser.close()

    def _pages(self, seconds: int) -> tuple[float, list[float]]:
        until = time.perf_counter() + seconds
        pairs = zip(self._browsers, self._people, strict=True)
        runs = [_Run(browser, person, until) for browser, person in pairs]
        began = time.perf_counter()
        _together([run.go for run in runs])
        took = time.perf_counter() - began
        for run in runs:
            if run.failed:
                raise run.failed
        answers = [one for run in runs for one in run.seconds]
        return len(answers) / took, answers


@dataclass
class _Run:
    """One browser's acts until a moment."""

    browser: Browser
    person: Person
    until: float
    seconds: list[float] = field(default_factory=list)
    failed: Exception | None = None

    def go(self) -> None:
        try:
            while (began := time.perf_counter()) < self.until:
                next(self.person.acts)(self.browser)
                self.seconds.append(time.perf_counter() - began)
        except Exception as error:
            self.failed = error


def _together(acts: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
