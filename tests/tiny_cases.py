"""Cases of the tiny worlds: held, asked for, worked, stood in for, with a team and covers."""

from datetime import date, timedelta
from random import Random

from tests.dice import CLIENTS, LONG_AGO, UNITS, Dice
from tests.facts import TABLES, Gathering, Joint, Member, Row, Span, World
from tests.rule_ways import day

MET = (
    "suggestedtime", "answer", "invitingcall", "meetingnote", "agreedthing", "unclearpoint",
)  # fmt: skip
PARTS = ("caseholding", "proposal", "caseanswer", "contactway", "servicepackage")


def joint(d: Dice, name: str, members: list[Member]) -> Joint:
    """A case; nobody has two places in it by which the other would be hidden."""
    people = d.random.sample(members, 5)
    holder, asked, worker, stand_in, former = people
    unit = holder.unit if d.chance(0.7) else d.random.choice(UNITS)
    named = d.at() if d.chance(0.6) else None
    ended = d.at() - timedelta(d.random.choice([0, 0, 1])) if d.chance(0.3) else None
    declined = ended is not None and (named is None or d.chance(0.5))
    return Joint(
        name, d.random.choice(CLIENTS), unit, holder.name, (LONG_AGO, named),
        ended if ended and ended > LONG_AGO else None, declined,
        asked=[(asked.name, d.span(0.4, 0.6))] if d.chance(0.7) else [],
        workers=[(worker.name, d.span(0.4, 0.4))] if d.chance(0.8) else [],
        interim=[(stand_in.name, d.span(0.3, 0.4))] if d.chance(0.4) else [],
        former=(former.name, former.unit),
        team=[(m.name, d.span(0.5, 0.5)) for m in d.random.sample(members, 2) if d.chance(0.5)],
        covers=[_cover(d, members, worker)] if d.chance(0.6) else [],
        meetings=[],
    )  # fmt: skip


def gathering(d: Dice, name: str, members: list[Member]) -> Gathering:
    """A meeting to come, or so long ago that the thirty days run out in this world."""
    starts = d.at() - timedelta(d.random.choice([0, 0, 30, 31]))
    invited = [(m.name, d.span(0.6, 0.4)) for m in d.random.sample(members, 3)]
    return Gathering(name, d.span(0.7, 0.3), starts, invited)


def _cover(d: Dice, members: list[Member], worker: Member) -> tuple[str, tuple[date, date]]:
    first = d.day() if d.chance(0.7) else day(LONG_AGO)
    other = d.random.choice([member for member in members if member != worker])
    return other.name, (first, max(d.day(), first))


def rows_of_case(case: Joint) -> list[Row]:
    """Its rows: assignments are numbered in the order of `assigned`."""
    made = [("case", "", case.holder)]
    made += [(part, part, case.holder) for part in PARTS]
    made += [("assignment", f"w{n}", case.holder) for n, _ in enumerate(assigned(case))]
    made += [("teamplace", f"t{n}", case.holder) for n, _ in enumerate(case.team)]
    made += [("cover", f"v{n}", case.holder) for n, _ in enumerate(case.covers)]
    rows = [
        Row(f"{case.name}{mark}", f"cases_{part}", case.client, case.unit, thing=case.name,
            author=author)
        for part, mark, author in made
    ]  # fmt: skip
    return rows + [row for meeting in case.meetings for row in _rows_of(case, meeting)]


def _rows_of(case: Joint, meeting: Gathering) -> list[Row]:
    made = [("meeting", ""), ("meetingtime", "t"), *((part, part) for part in MET)]
    made += [("participant", f"p{n}") for n, _ in enumerate(meeting.invited)]
    return [
        Row(f"{meeting.name}{mark}", f"meetings_{part}", case.client, case.unit, thing=case.name,
            author=case.holder, other=meeting.name)
        for part, mark in made
    ]  # fmt: skip


def assigned(case: Joint) -> list[tuple[str, str, Span]]:
    """Whoever is asked, works or stands in: kind, member, from when to when."""
    kinds = (("asked", case.asked), ("worker", case.workers), ("interim", case.interim))
    return [(kind, member, span) for kind, people in kinds for member, span in people]


def is_of_case(table: str) -> bool:
    """Whether the table's rows belong to a case, and are drawn with it."""
    of_case = table.startswith(("cases_", "meetings_")) and table != "meetings_appointment"
    return of_case or table == "plans_watch"


def any_case_row(random: Random, world: World, table: str) -> Row:
    """A row of a case or of its meeting, as some unit might record it."""
    case = random.choice(world.joints)
    other = random.choice(case.meetings).name if table.startswith("meetings_") else ""
    author = random.choice(world.members)
    unit = author.unit if TABLES[table][1] == "author" else random.choice(UNITS)
    name = f"{table}-{case.name}"
    return Row(name, table, case.client, unit, thing=case.name, author=author.name, other=other)
