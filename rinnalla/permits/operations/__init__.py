"""Acts on permits: given, changed and withdrawn; asked; and who is told of the end."""

from rinnalla.permits.operations.asking import ask_permit, hand_paper, refuse_permit
from rinnalla.permits.operations.telling import tell_recipient, untell_recipient
from rinnalla.permits.operations.wills import (
    Giving,
    Help,
    Informing,
    Scope,
    change_permit,
    record_permit,
    withdraw_permit,
)

__all__ = [
    "Giving",
    "Help",
    "Informing",
    "Scope",
    "ask_permit",
    "change_permit",
    "hand_paper",
    "record_permit",
    "refuse_permit",
    "tell_recipient",
    "untell_recipient",
    "withdraw_permit",
]
