"""The application's tables: the matter, its parts, the consultation, and its outcome."""

from rinnalla.applications.models.anonymous import (
    AnonymousConsultation,
    AnonymousView,
    ConsultedPerson,
)
from rinnalla.applications.models.consultation import (
    AgendaItem,
    ColumnEntry,
    Disqualification,
    Presence,
    View,
)
from rinnalla.applications.models.joining import Joining
from rinnalla.applications.models.matter import (
    Application,
    ApplicationText,
    ClockPause,
    Forwarding,
    Holding,
    InformationAnswer,
    InformationRequest,
)
from rinnalla.applications.models.outcome import (
    Ending,
    Outcome,
    OutcomeAnswer,
    OutcomeStep,
    Telling,
)

__all__ = [
    "AgendaItem",
    "AnonymousConsultation",
    "AnonymousView",
    "Application",
    "ApplicationText",
    "ClockPause",
    "ColumnEntry",
    "ConsultedPerson",
    "Disqualification",
    "Ending",
    "Forwarding",
    "Holding",
    "InformationAnswer",
    "InformationRequest",
    "Joining",
    "Outcome",
    "OutcomeAnswer",
    "OutcomeStep",
    "Presence",
    "Telling",
    "View",
]
