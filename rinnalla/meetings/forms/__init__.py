"""Forms of meetings: calling together, answering, and what was said and agreed."""

from rinnalla.meetings.forms.after import (
    AskForm,
    DealForm,
    Deals,
    MissForm,
    NoteForm,
    QuestionForm,
    RecallForm,
)
from rinnalla.meetings.forms.calling import (
    CallForm,
    CancelForm,
    InviteForm,
    MeetingForm,
    MoveForm,
    RemindForm,
    ReplyForm,
)

__all__ = [
    "AskForm",
    "CallForm",
    "CancelForm",
    "DealForm",
    "Deals",
    "InviteForm",
    "MeetingForm",
    "MissForm",
    "MoveForm",
    "NoteForm",
    "QuestionForm",
    "RecallForm",
    "RemindForm",
    "ReplyForm",
]
