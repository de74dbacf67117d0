"""What the page frame, the identity bar and the standing pages need to know."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Signed(Protocol):
    """The person at work, as the header shows them."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def unit_name(self) -> str: ...


@dataclass(frozen=True)
class NavItem:
    """One link of the main or sub navigation; a count above zero is shown in gold."""

    label: str
    url: str
    count: int = 0
    current: bool = False


@dataclass(frozen=True)
class Opening:
    """A client who is open to the reader by law: until when, where, and how it is ended."""

    until: datetime.datetime
    url: str
    close_url: str


@dataclass(frozen=True)
class Frame:
    """Context variable `frame` of ui/base.html."""

    today: datetime.date
    actor: Signed | None = None
    nav: Sequence[NavItem] = ()
    search_url: str = ""
    roles_url: str = ""
    sign_out_url: str = ""
    demonstration: bool = False
    openings: Sequence[Opening] = ()


@dataclass(frozen=True)
class Identity:
    """Context variable `identity` of ui/identity.html: whose page this is and why it is seen."""

    name: str
    age: str = ""
    url: str = ""
    language: str = ""
    contact: str = ""
    holder_name: str = ""
    holder_phone: str = ""
    permits: str = ""
    basis: str = ""
    has_hetu: bool = True
    warnings: Sequence[str] = ()


@dataclass(frozen=True)
class Confirmation:
    """Context variable `confirm` of ui/confirm.html: what will happen, before it does."""

    title: str
    effects: Sequence[str]
    act: str
    back_url: str
    back: str = ""
