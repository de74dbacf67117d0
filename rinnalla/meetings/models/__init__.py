"""The tables of meetings, and of appointments at other services that a step leads to."""

from rinnalla.meetings.models.appointment import Appointment
from rinnalla.meetings.models.meeting import (
    AgreedThing,
    Answer,
    InvitingCall,
    Meeting,
    MeetingNote,
    MeetingPart,
    MeetingTime,
    Participant,
    Place,
    SuggestedTime,
    UnclearPoint,
)

__all__ = [
    "AgreedThing",
    "Answer",
    "Appointment",
    "InvitingCall",
    "Meeting",
    "MeetingNote",
    "MeetingPart",
    "MeetingTime",
    "Participant",
    "Place",
    "SuggestedTime",
    "UnclearPoint",
]
