"""Why somebody works with a client because of a matter or a case: the first part of the rule."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.facts import Joint, Matter, Span, Unit, Way, World

HELSINKI = ZoneInfo("Europe/Helsinki")
# Who carries a case: holds it, is asked to, is its worker, or stands in for one of these.
CARRIERS = {"holder", "asked", "worker", "interim"}


def day(t: datetime) -> date:
    return t.astimezone(HELSINKI).date()


def during(span: Span | None, t: datetime) -> bool:
    return span is not None and span[0] <= t and (span[1] is None or t < span[1])


def ways_of_matter(world: World, matter: Matter, t: datetime) -> Iterator[Way]:
    """Who works with the client because of it; once ended, through the thirtieth day after."""
    over = matter.ended is not None and t >= matter.ended
    if t < matter.begun or (over and matter.ended and day(t) > day(matter.ended) + timedelta(30)):
        return

    def way(
        member: str, cause: str, requires: Unit | None = None, stands_for: Unit | None = None
    ) -> Way:
        return Way(matter.client, member, cause, (t, None), matter.name, requires, stands_for)

    yield way(matter.referrer, "referrer")
    for member, span, unit in matter.interim:
        if during(span, t):
            yield way(member, "interim", stands_for=unit)
    team = next((team for team, span in matter.teams if during(span, t)), None)
    if team is None or not during(matter.sent, t) or (over and matter.discarded):
        return
    yield way(team.convener, "reception")
    on_agenda = any(place == team and during(span, t) for place, span in matter.agenda)
    out = {member for member, span in matter.disqualified if during(span, t)}
    for member, left in team.members.items() if on_agenda else ():
        if member not in out | {team.convener} and (left is None or t < left):
            yield way(member, "session", requires=matter.unit)


def ways_of_case(world: World, joint: Joint, t: datetime) -> Iterator[Way]:
    """Until naming its holder, then its workers; the own team; a cover while somebody is away."""
    home = joint.unit.organization
    for member, cause in people_of_case(joint, t):
        # Somebody of another organization answers only while a permit opens the case to them.
        unit = next(m.unit for m in world.members if m.name == member)
        elsewhere = cause not in ("holder", "own_team") and unit.organization != home
        requires = joint.unit if elsewhere else None
        stands_for = joint.former[1] if cause == "interim" else None
        yield Way(joint.client, member, cause, (t, None), joint.name, requires, stands_for)


def ways_of_meetings(world: World, joint: Joint, t: datetime) -> Iterator[Way]:
    """Who is invited, until it is cancelled, through the thirtieth day after."""
    if joint.declined and joint.ended is not None and joint.ended <= t:
        return
    for meeting in joint.meetings:
        lasts = during(meeting.called, t) and day(t) <= day(meeting.starts) + timedelta(30)
        for member, span in meeting.invited if lasts else ():
            if during(span, t):
                unit = next(m.unit for m in world.members if m.name == member)
                elsewhere = unit.organization != joint.unit.organization
                requires = joint.unit if elsewhere else None
                yield Way(joint.client, member, "meeting", (t, None), meeting.name, requires)


def people_of_case(joint: Joint, t: datetime) -> Iterator[tuple[str, str]]:
    """Whoever works with the client by the case at the instant, and why."""
    over = joint.ended is not None and joint.ended <= t
    if over and joint.ended:
        # Through the day of a "no" the holder can still take a mistake back.
        if joint.declined and day(t) == day(joint.ended):
            yield joint.holder, "holder"
        return
    if during(joint.held, t):
        yield joint.holder, "holder"
    spans = {"asked": joint.asked, "worker": joint.workers}
    spans |= {"interim": joint.interim, "own_team": joint.team}
    for cause, people in spans.items():
        yield from ((member, cause) for member, span in people if during(span, t))
    if any(during(span, t) for _, span in joint.workers):
        for member, (first, last) in joint.covers:
            if first <= day(t) <= last:
                yield member, "cover"
