"""Whom a catalogue service fits, and whether it has been used, told only from the rows given.

`conditions` of a service:

    {"all_of": [SIGN, …], "any_of": [SIGN, …], "none_of": [SIGN, …], "in_words": "ei työssä"}

`used_when`: {"any_of": [SIGN, …]}. A list that is missing or empty asks nothing; without `any_of` a
service never counts as used. A SIGN is an age {"kind": "age", "from": 18, "to": 64}, both ends
included and either may be missing, or what some row shows:

    {"kind": "visit", "units": ["TO210"], "values": ["LÄÄKÄRI"], "months": 12}

    kind          rows                             values
    visit         visits held or booked            professions
    missed_visit  visits to which nobody came      professions
    service       social services                  names
    state         client relations of employment   states
    measure       measures of employment           names
    benefit       benefits that were not refused   kinds
    episode       periods of health care           names

`units` are codes; without `units` or `values` any will do; letters' case does not matter. `months`
looks so far back from the day (0: holds on the day itself); without it any time will do. The reason
of a visit is never asked: it is random, so use is judged by unit and profession.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

AGE = "age"
KINDS = ("visit", "missed_visit", "service", "state", "measure", "benefit", "episode")
REFUSED = "hylätty"
# Relations that show themselves and nothing more; those of employment show a state and a measure.
PLAIN = {"social": "service", "health": "episode"}

Sign = Mapping[str, Any]
Rule = Mapping[str, Any]


class Fits(Protocol):
    """What is asked of a service: a catalogue row, or anything with its two rules."""

    @property
    def conditions(self) -> Any: ...
    @property
    def used_when(self) -> Any: ...


Service = TypeVar("Service", bound=Fits)


@dataclass(frozen=True)
class Trace:
    """One dated thing that a row shows, ready to be compared with a sign."""

    kind: str
    unit: str
    value: str
    begins: date
    ends: date | None


@dataclass(frozen=True)
class Facts:
    """What a reader knows of the client on a day; traces come from what the reader may read."""

    born: date | None
    day: date
    traces: list[Trace] = field(default_factory=list)

    @property
    def age(self) -> int | None:
        """Full years on the day."""
        if self.born is None:
            return None
        had_birthday = (self.day.month, self.day.day) >= (self.born.month, self.born.day)
        return self.day.year - self.born.year - (not had_birthday)


def unused(
    services: Iterable[Service],
    facts: Facts,
    visits: Iterable[Any],
    uses: Iterable[Any],
    benefits: Iterable[Any],
) -> list[Service]:
    """The services that fit and have not been used, by these rows (fetch them with their unit)."""
    known = Facts(facts.born, facts.day, [*facts.traces, *traces(visits, uses, benefits)])
    return [
        service
        for service in services
        if fits(service.conditions, known) and not is_used(service.used_when, known)
    ]


def fits(conditions: Rule, facts: Facts) -> bool:
    """Whether the conditions hold for what is known of the client."""
    any_of = conditions.get("any_of")
    return (
        all(_holds(sign, facts) for sign in conditions.get("all_of", ()))
        and not any(_holds(sign, facts) for sign in conditions.get("none_of", ()))
        and (not any_of or any(_holds(sign, facts) for sign in any_of))
    )


def is_used(used_when: Rule, facts: Facts) -> bool:
    """Whether some row shows that the service has been used, or is going on or booked."""
    return any(_holds(sign, facts) for sign in used_when.get("any_of", ()))


def traces(visits: Iterable[Any], uses: Iterable[Any], benefits: Iterable[Any]) -> list[Trace]:
    """What the rows show; models or anything with the same names, `unit` having a `code`."""
    found = [_of_visit(visit) for visit in visits if visit.state in {"T", "V", "E"}]
    for use in uses:
        found += _of_use(use)
    return found + [_of_benefit(benefit) for benefit in benefits if benefit.state != REFUSED]


def _of_visit(visit: Any) -> Trace:
    kind = "missed_visit" if visit.state == "E" else "visit"
    return Trace(kind, visit.unit.code, visit.profession, visit.day, visit.day)


def _of_use(use: Any) -> list[Trace]:
    span = (use.starts_on, use.ends_on)
    if use.kind in PLAIN:
        return [Trace(PLAIN[use.kind], use.unit.code, use.name, *span)]
    found = [Trace("state", use.unit.code, use.state, *span)]
    if use.measure:
        begins = use.measure_starts_on or use.starts_on
        ends = use.measure_ends_on or use.ends_on
        found.append(Trace("measure", use.unit.code, use.measure, begins, ends))
    return found


def _of_benefit(benefit: Any) -> Trace:
    return Trace("benefit", benefit.unit.code, benefit.kind, benefit.starts_on, benefit.ends_on)


def _holds(sign: Sign, facts: Facts) -> bool:
    if sign["kind"] == AGE:
        return _age_is_within(sign, facts.age)
    return any(_shows(trace, sign, facts.day) for trace in facts.traces)


def _age_is_within(sign: Sign, age: int | None) -> bool:
    if age is None:
        return False
    lowest, highest = sign.get("from"), sign.get("to")
    return (lowest is None or age >= lowest) and (highest is None or age <= highest)


def _shows(trace: Trace, sign: Sign, day: date) -> bool:
    units, values = sign.get("units"), sign.get("values")
    return (
        trace.kind == sign["kind"]
        and (not units or trace.unit in units)
        and (not values or trace.value.casefold() in {value.casefold() for value in values})
        and _is_recent(trace, sign.get("months"), day)
    )


def _is_recent(trace: Trace, months: int | None, day: date) -> bool:
    if months is None:
        return True
    if months == 0 and trace.begins > day:
        return False
    return trace.ends is None or trace.ends >= months_before(day, months)


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months before, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
