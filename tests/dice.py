"""What tiny worlds are drawn from: a seeded source, and the few instants at which all happens."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from tests.facts import Span, Unit
from tests.rule_ways import HELSINKI, day

TICK = timedelta(microseconds=1)
LONG_AGO = datetime(2026, 1, 7, 10, tzinfo=UTC)
DAYS = [date(2026, 10, 25), date(2027, 3, 28), date(2026, 11, 3)]
CLIENTS = ["c1", "c2", "c3"]
MASTER = Unit("H1", "county", "health")
UNITS = [
    MASTER,
    Unit("H2", "county", "health"),
    Unit("S1", "county", "social"),
    Unit("E1", "employment", "clients"),
    Unit("K1", "kela", "clients"),
]


@dataclass
class Dice:
    """What is drawn from: a seeded source and the instants of this world."""

    random: Random
    hot: list[datetime]
    instants: list[datetime]

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def at(self) -> datetime:
        return self.random.choice(self.hot if self.chance(0.7) else self.instants)

    def day(self) -> date:
        return day(self.random.choice(self.hot)) + timedelta(self.random.choice([-1, 0, 0, 1]))

    def span(self, since: float = 0.6, until: float = 0.5) -> Span:
        """From long ago with the chance `since`, and over some day with the chance `until`."""
        begin = LONG_AGO if self.chance(since) else self.at()
        end = self.at() if self.chance(until) else None
        return begin, end if end and end > begin else None


def dice(seed: int) -> Dice:
    random = Random(seed)
    middle = random.choice(DAYS)
    midnights = [
        datetime.combine(middle + timedelta(n), time(), HELSINKI).astimezone(UTC)
        for n in (-1, 0, 1, 2)
    ]
    others = [random.choice(midnights) + timedelta(minutes=random.randrange(1440)) for _ in "ab"]
    hot = [*random.sample(midnights, 2), others[0]]
    near = [random.choice(hot) + random.choice([-TICK, TICK, timedelta(seconds=1)]) for _ in "abc"]
    return Dice(random, hot, sorted({*hot, *near, others[1]}))
