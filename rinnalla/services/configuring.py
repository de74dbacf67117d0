"""The service catalogue from the administrator's files, with rules and templates of steps."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from rinnalla.organizations.configuring.parts import Parts
from rinnalla.organizations.configuring.store import Tally, Wanted, keep, keep_units
from rinnalla.organizations.configuring.tables import Folder, Row
from rinnalla.services import fitting
from rinnalla.services.models import CatalogueService, StepTemplate

Rules = tuple[dict[str, Any], dict[str, Any]]

# The words of the file, and what `fitting` calls them.
LISTS = {
    "vaatii": (0, "all_of"),
    "jokin": (0, "any_of"),
    "ei": (0, "none_of"),
    "käytetty": (1, "any_of"),
}
KINDS = {
    "ikä": fitting.AGE,
    "käynti": "visit",
    "väliin jäänyt käynti": "missed_visit",
    "palvelu": "service",
    "asiakkuuden tila": "state",
    "toimenpide": "measure",
    "etuus": "benefit",
    "hoitojakso": "episode",
}


def load_catalogue(county: Folder, parts: Parts, tally: Tally) -> None:
    """Bring the catalogue up to the files; services that they no longer name are told."""
    rows = county.rows("palvelut")
    rules = rules_of(county, parts)
    wanted = [Wanted(row, _service(row, parts, rules[row.text("KOODI")])) for row in rows]
    kept = keep(CatalogueService.objects.all(), ("code",), wanted, tally)
    services = {code: service for (code,), service in kept.rows.items()}
    units = {
        services[row.text("KOODI")].id: [unit.id for unit in row.all_of("YKSIKOT", parts.units)]
        for row in rows
    }
    keep_units(CatalogueService.units.through, "catalogueservice", units)
    tally.notes += [
        _("Palvelu %s ei ole enää tiedostossa; päätä se loppupäivällä.") % service.code
        for service in kept.vanished
    ]
    _load_steps(county, services, tally)


def rules_of(county: Folder, parts: Parts | None = None) -> dict[str, Rules]:
    """Conditions and signs of use by the service's code; with the parts, units are checked, too."""
    rules: dict[str, Rules] = {}
    for row in county.rows("palvelut"):
        words = row.optional("KENELLE")
        rules[row.text("KOODI")] = ({"in_words": words} if words else {}, {})
    for row in county.rows("palvelun_ehdot"):
        which, name = row.one_of("MILLOIN", LISTS)
        rule = row.one_of("PALVELU", rules)[which]
        rule.setdefault(name, []).append(_sign(row, parts))
    return rules


def _sign(row: Row, parts: Parts | None) -> dict[str, Any]:
    kind = row.one_of("TIETO", KINDS)
    if kind == fitting.AGE:
        return _age(row)
    sign: dict[str, Any] = {"kind": kind}
    if row.optional("YKSIKOT"):
        if parts:
            row.all_of("YKSIKOT", parts.units)
        sign["units"] = row.words("YKSIKOT")
    if values := row.phrases("ARVOT"):
        sign["values"] = values
    if row.optional("KUUKAUDET"):
        sign["months"] = row.number("KUUKAUDET")
    return sign


def _age(row: Row) -> dict[str, Any]:
    lowest, dash, highest = row.text("ARVOT").partition("-")
    if not dash or not (lowest + highest).isdigit():
        row.refuse("ARVOT", _("ikä kirjoitetaan esim. 18-64 tai 65-"))
    ends = {"from": lowest, "to": highest}
    return {"kind": fitting.AGE} | {name: int(age) for name, age in ends.items() if age}


def _service(row: Row, parts: Parts, rules: Rules) -> dict[str, Any]:
    begins = row.day("ALKAEN")
    return {
        "code": row.text("KOODI"),
        "name": row.text("NIMI"),
        "name_sv": row.optional("NIMI_SV"),
        "name_en": row.optional("NIMI_EN"),
        "decided_by_id": row.one_of("PAATTAA", parts.organizations).id,
        "needed": row.optional("TARVITAAN"),
        "waiting": row.optional("ODOTUS"),
        "conditions": rules[0],
        "used_when": rules[1],
        "begins": begins,
        "ends": row.last_day("PAATTYEN", begins),
    }


def _load_steps(county: Folder, services: dict[str, CatalogueService], tally: Tally) -> None:
    wanted = []
    for row in county.rows("palvelun_vaiheet"):
        owner = row.choice("TEKIJA", StepTemplate.Owner)
        contact = row.optional("YHTEYSTAHO")
        if (owner == StepTemplate.Owner.CONTACT) != bool(contact):
            row.refuse("YHTEYSTAHO", _("yhteystaho nimetään, kun tekijä on muu taho"))
        values = {
            "service_id": row.one_of("PALVELU", services).id,
            "position": row.number("JARJESTYS"),
            "text": row.text("TEKSTI"),
            "owner": owner,
            "contact": contact,
            "days": row.number("PAIVIA"),
            "client_words": row.optional("ASIAKKAALLE"),
        }
        wanted.append(Wanted(row, values))
    _check_all_have_steps(services, wanted)
    kept = keep(StepTemplate.objects.all(), ("service_id", "position"), wanted, tally)
    # A template is only copied from; steps made of it stay as they are.
    StepTemplate.objects.filter(id__in=[step.id for step in kept.vanished]).delete()


def _check_all_have_steps(services: dict[str, CatalogueService], wanted: list[Wanted]) -> None:
    count: dict[Any, int] = defaultdict(int)
    for want in wanted:
        count[want.values["service_id"]] += 1
    for code, service in services.items():
        if not count[service.id]:
            wanted[0].row.refuse("PALVELU", _("palvelulla %s ei ole yhtään vaihetta") % code)
