"""No reminder is lost or comes after its end, whoever is killed: `bin/drill reminders`, short."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from tests.reminding.campaign import MEETINGS, Campaign
from tests.reminding.judging import Letter, Put, Record, Verdict, judge
from tests.reminding.post_office import Receipt
from tests.world import World


def test_workers_are_killed_as_they_send(own_world: World) -> None:
    verdict = judge(Campaign(own_world, Random(1)).run(5))
    assert verdict.faults == []
    assert verdict.kills == 5
    assert verdict.reminders >= 2 * MEETINGS


def good() -> Record:
    """Two lives are killed: one between sending and marking, one as it sends what is then ended."""
    return Record(
        put=[Put("a", "a@example.org", "held"), Put("b", "b@example.org", "ended")],
        letters=[Letter("c", "held", 1, (1.0,)), Letter("d", "ended", 1)],
        receipts=[
            Receipt(1.0, 1, "a", "a@example.org"),
            Receipt(2.0, 2, "b", "b@example.org"),
            Receipt(4.0, 3, "a", "a@example.org"),
        ],
        ended={"ended": 3.0},
        killed={1: 1.5, 2: 2.5},
        states={"a": "sent", "b": "cancelled", "c": "printed", "d": "cancelled"},
        told_sent=Counter("a"),
        told_printed=Counter("c"),
    )


def test_what_is_promised_is_no_difference() -> None:
    verdict = judge(good())
    assert verdict == Verdict(
        kills=2,
        reminders=2,
        ended_times=1,
        cancelled=1,
        in_window=2,
        repeats=1,
        letters=2,
        printed=1,
    )


def test_what_was_on_the_way_as_its_worker_died_was_sent_before() -> None:
    record = good()
    record.receipts[1] = replace(record.receipts[1], at=3.1)
    verdict = judge(record)
    assert (verdict.faults, verdict.on_the_way) == ([], 1)


def lost(record: Record) -> None:
    record.receipts = record.receipts[1:2]


def not_sent(record: Record) -> None:
    record.states["a"] = "queued"


def no_row(record: Record) -> None:
    del record.states["a"]


def taken_back_for_nothing(record: Record) -> None:
    record.ended.clear()


def after_its_end(record: Record) -> None:
    record.receipts[1] = replace(record.receipts[1], at=3.1)
    record.killed[2] = 3.2


def by_a_living_worker_after_its_end(record: Record) -> None:
    record.receipts[1] = replace(record.receipts[1], at=3.1, life=3)


def twice_by_the_living(record: Record) -> None:
    del record.killed[1]


def twice_and_then_another(record: Record) -> None:
    record.receipts.insert(1, Receipt(1.2, 1, "b", "b@example.org"))


def with_another_id(record: Record) -> None:
    record.receipts[2] = replace(record.receipts[2], id="z")


def to_a_stranger(record: Record) -> None:
    record.receipts[2] = replace(record.receipts[2], receiver="z@example.org")


def told_twice(record: Record) -> None:
    record.told_sent["a"] = 2


def put_by_both(record: Record) -> None:
    record.letters[0] = replace(record.letters[0], puts=2)


def marked_by_both(record: Record) -> None:
    record.letters[0] = replace(record.letters[0], marks=(1.0, 1.0))


def marked_after_its_end(record: Record) -> None:
    record.ended["held"] = 0.5


@pytest.mark.parametrize(
    "wrong",
    [
        *(lost, not_sent, no_row, taken_back_for_nothing, after_its_end),
        *(by_a_living_worker_after_its_end, twice_by_the_living, twice_and_then_another),
        *(with_another_id, to_a_stranger, told_twice),
        *(put_by_both, marked_by_both, marked_after_its_end),
    ],
)
def test_every_difference_is_noticed(wrong: Callable[[Record], None]) -> None:
    record = good()
    wrong(record)
    assert judge(record).faults
