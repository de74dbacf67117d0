"""What the rows of other systems say in a cell: short lines, each with source and day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rinnalla.applications.queries.records import Record
from rinnalla.imports.mapping import load_source
from rinnalla.services.models import Referral, Visit
from rinnalla.ui.dates import full_date

ENDED = "päättynyt"
REFUSED = "hylätty"
CANCELLED = "peruttu"
PAUSED = (CANCELLED, "suunniteltu", "jonossa", "tauolla")
WAITING = (Referral.State.DRAFT, Referral.State.ACTIVE, Referral.State.HELD)
Label = Callable[[Record], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A fact and, small, where it is from and of which day."""

    text: str
    source: str


def used(records: Iterable[Record], label: Label, today: date) -> list[Line]:
    """What has been used, the newest first, the same kind together."""
    return [_line(rows, label) for rows in _grouped(r for r in records if not is_ongoing(r, today))]


def ongoing(records: Iterable[Record], label: Label, today: date) -> list[Line]:
    """What goes on or is booked."""
    return [
        _line(rows, label, goes_on=True)
        for rows in _grouped(r for r in records if is_ongoing(r, today))
    ]


def measures(records: Iterable[Record], label: Label) -> list[Line]:
    """The measures of employment services, the newest first."""
    taken = [r for r in records if r.measure]
    taken.sort(key=lambda r: r.measure_starts_on or r.starts_on, reverse=True)
    return [Line(_capital(r.measure), f"{label(r)} · {_measure_days(r)}") for r in taken]


def workers(records: Iterable[Record], label: Label, today: date) -> list[Line]:
    """The workers whom the rows name: of visits, and of relations that go on."""
    named: dict[str, Line] = {}
    for record in reversed(list(records)):
        if record.worker and (record.source == "visit" or is_ongoing(record, today)):
            parts = [record.worker_phone, label(record), _known(record)]
            line = Line(_capital(record.worker), " · ".join(filter(None, parts)))
            named.setdefault(record.worker.casefold(), line)
    return list(named.values())


def is_ongoing(record: Record, today: date) -> bool:
    """What has not ended: a relation, a benefit, a referral that waits, a visit still to come."""
    if record.source == "visit":
        return record.state == Visit.State.BOOKED and record.starts_on >= today
    if record.source == "referral":
        return record.state in WAITING
    if record.state in (ENDED, REFUSED, CANCELLED):
        return False
    return record.ends_on is None or record.ends_on >= today


def _grouped(records: Iterable[Record]) -> list[list[Record]]:
    groups: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        key: tuple[str, ...] = (record.source, record.unit.code, record.name, record.state)
        if record.kind == "employment" or record.source == "benefit":
            key = (*key, record.starts_on.isoformat())
        groups.setdefault(key, []).append(record)
    return sorted(groups.values(), key=lambda rows: rows[-1].starts_on, reverse=True)


def _line(rows: list[Record], label: Label, *, goes_on: bool = False) -> Line:
    last = rows[-1]
    times = f" ×{len(rows)}" if len(rows) > 1 else ""
    match last.source:
        case "visit":
            days = [label(last), _last_day(rows), *_both_sources(rows)]
            return Line(_visit(last, times), " · ".join(days))
        case "referral":
            return Line(_referral(last, times), f"{label(last)} · {_last_day(rows)}")
        case "benefit":
            return Line(_benefit(last), _period(last, label, goes_on))
    if last.kind == "employment":
        return _employment(last, label, goes_on)
    name = _episode(last) if last.kind == "health" else last.name
    return Line(f"{name}{times}", _period(last, label, goes_on))


def _both_sources(rows: list[Record]) -> list[str]:
    """Which systems told a visit, when it was two; of several visits, how many were told so."""
    told = [row for row in rows if row.second]
    if not told:
        return []
    names = {"one": _system(told[-1].system), "other": _system(told[-1].second)}
    if len(told) == len(rows):
        return [_("lähteet %(one)s ja %(other)s") % names]
    some = ngettext(
        "%(count)s käynti lähteissä %(one)s ja %(other)s",
        "%(count)s käyntiä lähteissä %(one)s ja %(other)s",
        len(told),
    )
    return [some % {**names, "count": len(told)}]


def _system(key: str) -> str:
    return load_source(key).system or load_source(key).title("fi")


def _referral(referral: Record, times: str) -> str:
    name = (referral.name or _("Lähete")) + times
    if referral.state in (Referral.State.ACTIVE, Referral.State.COMPLETED):
        return name
    return f"{name}: {Referral.State(referral.state).label}"


def _episode(use: Record) -> str:
    name = _("Hoitojakso: %(name)s") % {"name": use.name} if use.name else _("Hoitojakso")
    return f"{name}, {use.state}" if use.state in PAUSED else name


def _visit(visit: Record, times: str) -> str:
    who = _capital(visit.name) or _("Käynti")
    match visit.state:
        case Visit.State.HELD:
            return ", ".join(filter(None, [f"{who}{times}", _lower(visit.detail)]))
        case Visit.State.MISSED:
            return _("%(who)s: ei saapunut%(times)s") % {"who": who, "times": times}
        case Visit.State.CANCELLED:
            return _("%(who)s: peruttu%(times)s") % {"who": who, "times": times}
    return _("%(who)s: varattu%(times)s") % {"who": who, "times": times}


def _benefit(benefit: Record) -> str:
    name = benefit.name or benefit.kind
    if benefit.state == REFUSED:
        return _("%(benefit)s: hylätty") % {"benefit": name}
    if benefit.paid_days is None:
        return name
    days = {"benefit": name, "days": benefit.paid_days, "maximum": benefit.maximum_days}
    if benefit.maximum_days:
        return _("%(benefit)s, %(days)s / %(maximum)s pv") % days
    return _("%(benefit)s, %(days)s pv") % days


def _employment(use: Record, label: Label, goes_on: bool) -> Line:
    parts = [_capital(use.state), "" if goes_on else _lower(use.detail)]
    if use.paid_days:
        parts.append(_("työmarkkinatuki %(days)s pv") % {"days": use.paid_days})
    source = _period(use, label, goes_on)
    if goes_on and use.detail:
        source += " · " + _("tavoite: %(goal)s") % {"goal": _lower(use.detail)}
    return Line(", ".join(filter(None, parts)), source)


def _period(record: Record, label: Label, goes_on: bool) -> str:
    days = span(record.starts_on, record.ends_on)
    parts = [label(record), days, _known(record) if goes_on else ""]
    return " · ".join(filter(None, parts))


def _measure_days(record: Record) -> str:
    begins, ends = record.measure_starts_on, record.measure_ends_on
    if begins and not ends:
        return full_date(begins)
    return span(begins or record.starts_on, ends)


def _last_day(rows: list[Record]) -> str:
    day = full_date(rows[-1].starts_on)
    return _("viimeksi %(day)s") % {"day": day} if len(rows) > 1 else day


def span(begins: date, ends: date | None) -> str:
    """A period as the page writes it: 3.11.2025–18.1.2026, or from a day on."""
    if ends is None:
        return _("%(day)s alkaen") % {"day": full_date(begins)}
    return f"{full_date(begins)}–{full_date(ends)}"


def _known(record: Record) -> str:
    return _("tieto %(day)s") % {"day": full_date(record.known_on)}


def _capital(text: str) -> str:
    """With a capital first; what a source shouts is said in a normal voice."""
    quiet = text.lower() if text.isupper() else text
    return quiet[:1].upper() + quiet[1:]


def _lower(text: str) -> str:
    return text if text[1:2].isupper() or text[1:2] == "-" else text[:1].lower() + text[1:]
