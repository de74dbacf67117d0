"""What every way out takes, and what it says when it could not."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Outgoing:
    """One message for one receiver; `id` is the same in every repeat."""

    id: UUID
    channel: str
    address: str
    subject: str
    body: str
    calendar: str = ""


class Undelivered(Exception):
    """The way out did not take the message; `final` when it never will."""

    def __init__(self, fault: str, *, final: bool = False) -> None:
        super().__init__(fault)
        self.fault = fault
        self.final = final
