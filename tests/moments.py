"""When something happens in a tiny world."""

from datetime import datetime

from tests.dice import LONG_AGO
from tests.facts import World
from tests.tiny_cases import assigned


def moments(world: World) -> set[datetime]:
    """The instants at which something happens in the world."""
    spans = [way.span for way in world.ways] + [p.recorded for p in world.permits.values()]
    for m in world.matters:
        spans += [span for _, span in (*m.teams, *m.agenda, *m.disqualified)]
        spans += [span for _, span, _ in m.interim] + ([m.sent] if m.sent else [])
    for joint in world.joints:
        spans += [joint.held, *(span for _, _, span in assigned(joint))]
        spans += [span for _, span in joint.team]
        spans += [span for meeting in joint.meetings for _, span in meeting.invited]
        spans += [meeting.called for meeting in joint.meetings]
    spans += [*world.lasting.values(), *(m.denied for m in world.mandates if m.denied)]
    found = {instant for span in spans for instant in span}
    found |= {matter.ended for matter in world.matters}
    found |= {joint.ended for joint in world.joints}
    found |= {member.ended_at for member in world.members}
    found |= {left for m in world.matters for t, _ in m.teams for left in t.members.values()}
    return {instant for instant in found if instant is not None} | {LONG_AGO}
