"""What must hold between the values of one record."""

from collections.abc import Callable
from datetime import date, datetime

from rinnalla.imports.mapping import Source
from rinnalla.imports.values import Fault, Value
from rinnalla.lib import hetu


class Between:
    """The rules of one source between the values of a record, those that it has."""

    def __init__(self, source: Source, day: date) -> None:
        self._names = [column.name for column in source.columns]
        self._rules = source.rules
        self._day = day
        self._in_use = self._rules_in_use()

    def _rules_in_use(self) -> list[Callable[[list[Value]], Fault | None]]:
        rules = self._rules
        wanted = (
            (rules.periods, self._period),
            (rules.done, self._done),
            (rules.born, self._born),
            (rules.not_self, self._self),
        )
        return [check for rule, check in wanted if rule]

    def fault(self, found: list[Value]) -> Fault | None:
        """The first rule that does not hold."""
        for rule in self._in_use:
            if fault := rule(found):
                return fault
        return None

    def _period(self, found: list[Value]) -> Fault | None:
        for start, end in self._rules.periods:
            first, last = found[start], found[end]
            if isinstance(first, date) and isinstance(last, date) and last < first:
                return Fault("end_before_start", self._names[end])
        return None

    def _done(self, found: list[Value]) -> Fault | None:
        done = self._rules.done
        if done is None or found[done.outcome] not in done.values:
            return None
        day = found[done.day]
        if isinstance(day, datetime):
            day = day.date()
        late = isinstance(day, date) and day > self._day
        return Fault("done_in_the_future", self._names[done.day]) if late else None

    def _born(self, found: list[Value]) -> Fault | None:
        if self._rules.born is None:
            return None
        code, day = (found[place] for place in self._rules.born)
        if isinstance(code, str) and day is not None and hetu.birth_date(code) != day:
            return Fault("birth_date_differs_from_hetu", self._names[self._rules.born[1]])
        return None

    def _self(self, found: list[Value]) -> Fault | None:
        if self._rules.not_self is None:
            return None
        person, others = self._rules.not_self
        for other in others:
            if found[other] is not None and found[other] == found[person]:
                return Fault("guardian_is_self", self._names[other])
        return None
