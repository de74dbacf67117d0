"""The log as a document for the client: day, who, where, what and why; nobody else's data."""

from typing import Any

from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.lib.days import HELSINKI
from rinnalla.officer.queries import LogLine, LogRequest, log_lines
from rinnalla.officer.wording import what, why
from rinnalla.organizations.queries import setting
from rinnalla.ui.dates import full_date
from rinnalla.ui.pdf import render


def log_document(wish: LogRequest, actor: Actor, language: str) -> bytes:
    """The document; its rows are read page by page, so that it stops when access ends."""
    rows = [_row(line) for line in log_lines(wish.public_id)]
    data = {
        "title": _("Kuka on katsonut ja käsitellyt tietojasi"),
        "owner": setting("county_name", actor.today),
        "footer": _("Tietosuojavastaava, %(day)s") % {"day": full_date(actor.today)},
        "page_word": _("Sivu"),
        "parts": [*_facts(wish, len(rows)), *_table(rows), *_how()],
    }
    return render("ui/document", data, language, at=actor.now)


def _facts(wish: LogRequest, count: int) -> list[dict[str, Any]]:
    facts = {
        _("Asiakas"): f"{wish.name}, {wish.number}" if wish.number else wish.name,
        _("Pyyntö saapui"): full_date(wish.received),
        _("Jakso"): f"{full_date(wish.since)}–{full_date(wish.until)}",
        _("Rivejä"): str(count),
    }
    if wish.reason:
        facts[_("Asiakkaan syy")] = wish.reason
    return [{"kind": "fact", "label": label, "value": value} for label, value in facts.items()]


def _table(rows: list[list[str]]) -> list[dict[str, Any]]:
    if not rows:
        return [{"kind": "paragraph", "text": _("Tällä jaksolla ei ole yhtään riviä.")}]
    columns = [_("Milloin"), _("Kuka"), _("Missä"), _("Mitä"), _("Miksi")]
    return [{"kind": "table", "columns": columns, "rows": rows}]


def _how() -> list[dict[str, Any]]:
    text = _("Jos rivi ihmetyttää, kysy siitä tietosuojavastaavalta. Saat vastauksen kirjallisena.")
    return [{"kind": "paragraph", "text": text}]


def _row(line: LogLine) -> list[str]:
    at = line.at.astimezone(HELSINKI)
    who = ", ".join(filter(None, (line.person, line.title))) or _("järjestelmä")
    where = ", ".join(filter(None, (line.unit, line.organization)))
    moment = f"{full_date(at.date())} {at.hour}.{at.minute:02}"
    return [moment, who, where, what(line.kind), why(line.basis)]
