"""What is said of a campaign: from what was put, what came, who was killed and what was ended.

A worker sends one message at a time and holds its row until the network has answered. So a
message may come again only when the one life that had sent it was killed, and it was the last that
this life sent: that is the send window.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.reminding.post_office import Receipt


@dataclass(frozen=True)
class Put:
    """A reminder that a commit put into the outbox, of one version of a meeting's time."""

    id: str
    receiver: str
    time: str


@dataclass(frozen=True)
class Letter:
    """A letter of a time that two put and two marked at once: how many of each succeeded."""

    id: str
    time: str
    puts: int
    # When each mark that succeeded was begun.
    marks: tuple[float, ...] = ()


@dataclass
class Record:
    """All that was noted; moments are of one steady clock."""

    put: list[Put] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    # When the commit that ended a time was acknowledged; when the signal to a life was sent.
    ended: dict[str, float] = field(default_factory=dict)
    killed: dict[int, float] = field(default_factory=dict)
    # By message: its state at the end, and how often the journal says sent, and printed.
    states: dict[str, str] = field(default_factory=dict)
    told_sent: Counter[str] = field(default_factory=Counter)
    told_printed: Counter[str] = field(default_factory=Counter)
    # What went wrong with the campaign itself.
    faults: list[str] = field(default_factory=list)


@dataclass
class Verdict:
    """Figures, and every difference from what was promised."""

    kills: int = 0
    reminders: int = 0
    ended_times: int = 0
    cancelled: int = 0
    lost: int = 0
    after: int = 0
    on_the_way: int = 0
    in_window: int = 0
    repeats: int = 0
    outside_window: int = 0
    other_ids: int = 0
    letters: int = 0
    printed: int = 0
    faults: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The figures for people."""
        figures = {
            "kills": f"{self.kills}, {self.in_window} of them between sending and marking",
            "reminders": f"{self.reminders}, {self.cancelled} of them taken back",
            "times moved or ended": self.ended_times,
            "lost": self.lost,
            "came after its end": f"{self.after} (on the way as a worker died: {self.on_the_way})",
            "repeats": f"{self.repeats}, outside the send window {self.outside_window}",
            "with another id": self.other_ids,
            "letters": f"{self.letters}, {self.printed} of them printed",
        }
        return [f"{f'{name}:':29} {figure}" for name, figure in figures.items()]


def judge(record: Record) -> Verdict:
    """Compares what came with what was promised."""
    verdict = Verdict(
        kills=len(record.killed),
        reminders=len(record.put),
        ended_times=len(record.ended),
        letters=len(record.letters),
        faults=list(record.faults),
    )
    by_receiver: dict[str, list[Receipt]] = defaultdict(list)
    for receipt in record.receipts:
        by_receiver[receipt.receiver].append(receipt)
    window = _window(record)
    for put in record.put:
        came = by_receiver.pop(put.receiver, [])
        _judge_one(verdict, record, put, came, window)
    for receiver in by_receiver:
        verdict.faults.append(f"{receiver}: came, and was never put")
    if verdict.repeats > verdict.kills:
        verdict.faults.append(f"{verdict.repeats} repeats of {verdict.kills} kills")
    for letter in record.letters:
        _judge_letter(verdict, record, letter)
    return verdict


def _window(record: Record) -> set[Receipt]:
    """The last that each killed life sent."""
    last = {receipt.life: receipt for receipt in record.receipts}
    return {receipt for life, receipt in last.items() if life in record.killed}


def _judge_one(
    verdict: Verdict, record: Record, put: Put, came: list[Receipt], window: set[Receipt]
) -> None:
    state = record.states.get(put.id, "no row")
    verdict.cancelled += state == "cancelled"
    if lost := _lost(state, came, put.time in record.ended):
        verdict.lost += 1
        verdict.faults.append(f"{put.id}: {lost}")
    if record.told_sent[put.id] != (state == "sent"):
        verdict.faults.append(f"{put.id}: {state}, told as sent {record.told_sent[put.id]} times")
    others = [receipt for receipt in came if receipt.id != put.id]
    if others:
        verdict.other_ids += len(others)
        verdict.faults.append(f"{put.id}: came as {others[0].id}")
    steady = [receipt for receipt in came if receipt not in window]
    verdict.repeats += max(0, len(came) - 1)
    # A life that was killed after its mark was committed had its window behind it.
    verdict.in_window += len(came) - len(steady) - (state == "sent" and bool(came) and not steady)
    if len(steady) > (state == "sent"):
        verdict.outside_window += 1
        verdict.faults.append(f"{put.id}: {state}, sent {len(steady)} times outside the window")
    _judge_end(verdict, record, put, came, window)


def _lost(state: str, came: list[Receipt], ended: bool) -> str:
    """Why the reminder is lost; empty when it came, or was taken back with its time."""
    if state == "sent":
        return "" if came else "marked as sent, and never came"
    if state == "cancelled":
        return "" if ended else "taken back, and its time holds"
    return f"at the end: {state}"


def _judge_end(
    verdict: Verdict, record: Record, put: Put, came: Iterable[Receipt], window: set[Receipt]
) -> None:
    """Nothing comes after the end of its time was acknowledged.

    But for what was on the way: the worker had been killed when the end was acknowledged, and the
    dead send nothing.
    """
    ended = record.ended.get(put.time)
    if ended is None:
        return
    for receipt in came:
        if receipt.at <= ended:
            continue
        if receipt in window and record.killed[receipt.life] <= ended:
            verdict.on_the_way += 1
        else:
            verdict.after += 1
            verdict.faults.append(f"{put.id}: came {receipt.at - ended:.4f} s after its end")


def _judge_letter(verdict: Verdict, record: Record, letter: Letter) -> None:
    state = record.states.get(letter.id, "no row")
    verdict.printed += state == "printed"
    ended = record.ended.get(letter.time)
    faults = [
        letter.puts != 1 and f"put {letter.puts} times",
        state not in ("printed", "cancelled") and f"at the end: {state}",
        state == "cancelled" and ended is None and "taken back, and its time holds",
        len(letter.marks) != (state == "printed") and f"{state}, marked {len(letter.marks)} times",
        record.told_printed[letter.id] != len(letter.marks) and "marked otherwise than told",
        ended is not None and any(at > ended for at in letter.marks) and "marked after its end",
    ]
    verdict.faults += [f"letter {letter.id}: {fault}" for fault in faults if fault]
