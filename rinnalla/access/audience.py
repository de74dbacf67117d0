"""Who could read what the actor writes of a client: units and roles in words, for the page.

Units are asked of the database when the page draws them, once; roles are by the kind of table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cached_property
from itertools import groupby
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.clients.models import Client
from rinnalla.ui.dates import full_date
from rinnalla.ui.readers import Place

QUERY = """
select a.organization, a.unit, a.task, a.is_mine, a.is_own, a.ends, a.whole_unit,
       a.whole_organization, access.is_withheld(%s, %s)
from access.audience(%s, %s) a
"""


class Kind(Enum):
    """The kinds of tables by who reads them: the row that is written is of one of them."""

    CONTENT = "content"  # one's own unit's, and whom a permit opens it to
    PART = "part"  # the same of a matter, and who holds it for somebody who left
    THING = "thing"  # one's own unit's, and whoever takes part in the matter
    CASE = "case"  # one's own unit's, and whoever takes part in a case
    MET = "met"  # the same, and whoever is called to the meeting
    NOTED = "noted"  # one's own unit's, whom a permit opens it to, who carries, who is called
    TASK = "task"  # one's own unit's, whom a permit opens it to, and who does it or looks at it
    SAID = "said"  # one's own unit's, whom a permit opens it to, and who carries the case
    PERMIT = "permit"  # a permit's own row
    DENIAL = "denial"  # the same, but whom it shuts out is not told
    REQUEST = "request"  # everybody who works with the client


@dataclass(frozen=True)
class Reach:
    """One unit, or one work task of it, that could read."""

    organization: str
    unit: str
    task: str | None
    is_mine: bool
    is_own: bool
    ends: date | None
    whole_unit: bool
    whole_organization: bool
    is_withheld: bool


@dataclass(frozen=True)
class Audience:
    """Readers of what `unit` writes (the actor's, when none is named).

    `people` are takers whom the writer knows of; `row` is one that is changed: it may be kept from
    its client.
    """

    actor: Actor
    client: Client
    kind: Kind
    people: Sequence[str] = ()
    unit: UUID | None = None
    row: tuple[str, UUID] | None = None

    @cached_property
    def rows(self) -> list[Reach]:
        """What the database says of the unit, asked once."""
        table, row = self.row or ("", None)
        with connection.cursor() as cursor:
            unit = self.unit or self.actor.unit_id
            cursor.execute(QUERY, [table, row, self.client.pk, unit])
            return [Reach(*found) for found in cursor.fetchall()]

    def beside(self, kind: Kind) -> "Audience":
        """The same for a text of another kind on the same page, without asking again."""
        other = replace(self, kind=kind)
        other.__dict__["rows"] = self.rows
        return other

    @property
    def reaches(self) -> list[Reach]:
        """Those whom this kind of table lets read."""
        return {
            Kind.CONTENT: self.rows,
            Kind.PART: self.rows,
            Kind.THING: [one for one in self.rows if one.is_own],
            Kind.CASE: [one for one in self.rows if one.is_own],
            Kind.MET: [one for one in self.rows if one.is_own],
            Kind.NOTED: self.rows,
            Kind.TASK: self.rows,
            Kind.SAID: self.rows,
            Kind.PERMIT: [one for one in self.rows if one.is_mine],
            Kind.DENIAL: [one for one in self.rows if one.is_mine],
            Kind.REQUEST: [],
        }[self.kind]

    @property
    def places(self) -> list[Place]:
        """One's own unit, those of the work task, then by permit, each organization once."""
        if not self.rows and self.kind is not Kind.REQUEST:
            return [Place(_("Yksikkö, joka tekstin kirjoitti, ja ne, joille se on avattu"))]
        grouped = groupby(self.reaches, lambda one: (one.is_mine, one.is_own, one.organization))
        return [_place(*key, list(group)) for key, group in grouped]

    @property
    def roles(self) -> list[str]:
        """Who else, in words."""
        is_withheld = any(one.is_withheld for one in self.reaches)
        return [*self._takers(), *([] if is_withheld else self._narrow())]

    def _takers(self) -> Sequence[str]:
        stand_in = _("Se, joka hoitaa asiaa lähteneen työntekijän puolesta")
        carriers = [
            _("Vastuutyöntekijä, ja se, jota siksi pyydetään"),
            _("Se, joka hoitaa asiaa, kunnes vastuutyöntekijä on nimetty"),
            stand_in,
        ]
        around = [
            *carriers,
            _("Asiakkaan oman tiimin työntekijät"),
            _("Vastuutyöntekijän sijainen poissaolon aikana"),
        ]
        called = _("Tapaamiseen kutsutut työntekijät, 30 päivää tapaamisen jälkeen")
        doer = _("Se, joka tekee sovitun asian tai seuraa sitä")
        return {
            Kind.CONTENT: [],
            Kind.TASK: [doer],
            Kind.MET: [*around, called, doer],
            Kind.NOTED: [*carriers, called],
            Kind.PART: [stand_in],
            Kind.THING: [
                *self.people,
                _("Tiimin koollekutsuja"),
                _("Tiimin jäsenet, joille lupa avaa lähettäjän tiedot, kun asia on esityslistalla"),
                stand_in,
            ],
            Kind.SAID: carriers,
            Kind.CASE: around,
            Kind.PERMIT: [
                _("Yksiköt, joiden tietoja lupa koskee"),
                _("Ne, jotka luvalla saavat nähdä tietoja"),
            ],
            Kind.DENIAL: [_("Yksiköt, joiden tietoja kielto koskee")],
            Kind.REQUEST: [
                _("Jokainen, joka työskentelee asiakkaan kanssa, yksiköstä riippumatta")
            ],
        }[self.kind]

    def _narrow(self) -> list[str]:
        """The client and a guardian, and who opens by law: on a way that a withheld row bars."""
        law = _("Se, joka avaa tiedot lain tai hätätilanteen perusteella: asiakas näkee avauksen")
        return [
            _("Asiakas itse"),
            _("Huoltaja tai edunvalvoja valtuutensa rajoissa"),
            *([] if self.kind in {Kind.PERMIT, Kind.DENIAL} else [law]),
        ]


def _place(is_mine: bool, is_own: bool, organization: str, reaches: list[Reach]) -> Place:
    if is_mine:
        return Place(_("Oma yksikkösi"), [reaches[0].unit])
    whole = all(one.whole_organization and not one.is_own for one in reaches)
    units = [_("kaikki yksiköt")] if whole else _units(reaches)
    return Place(organization, units, _by_task() if is_own else _by_permit(reaches))


def _units(reaches: list[Reach]) -> list[str]:
    """Each unit once, with its work tasks where not all of its people could read."""
    found = []
    for unit, group in groupby(reaches, lambda one: one.unit):
        posts = list(group)
        tasks = [one.task for one in posts if one.task]
        partly = not posts[0].whole_unit and tasks
        found.append(f"{unit} ({', '.join(tasks)})" if partly else unit)
    return found


def _by_task() -> str:
    return _("työtehtävän perusteella, samassa rekisterissä")


def _by_permit(reaches: list[Reach]) -> str:
    """Until when the permit holds, the latest day; one without a last day needs none."""
    days = [one.ends for one in reaches if one.ends]
    if len(days) < len(reaches):
        return _("asiakkaan luvalla")
    return _("asiakkaan luvalla %(day)s asti") % {"day": full_date(max(days))}
