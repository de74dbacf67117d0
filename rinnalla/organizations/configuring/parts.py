"""Settings, codes, organizations with their registers and units, municipalities."""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from rinnalla.organizations.configuring.store import Tally, Wanted, keep
from rinnalla.organizations.configuring.tables import Folder, Row
from rinnalla.organizations.models import (
    CodeEntry,
    Municipality,
    Organization,
    Register,
    Setting,
    Unit,
)


@dataclass(frozen=True)
class Parts:
    """The county's organizations and units by their codes."""

    organizations: dict[str, Organization]
    units: dict[str, Unit]


def load_parts(county: Folder, source: Folder, tally: Tally) -> Parts:
    """Bring settings, codes, organizations and units up to the files."""
    _load_settings(county, tally)
    _load_codes(county, source, tally)
    organizations = _load_organizations(county, tally)
    units = _load_units(county, source, organizations, tally)
    return Parts(organizations, units)


def _load_settings(county: Folder, tally: Tally) -> None:
    wanted = []
    for row in county.rows("asetukset"):
        begins = row.day("ALKAEN")
        ends = row.last_day("PAATTYEN", begins)
        values = {"key": row.text("AVAIN"), "value": row.text("ARVO")}
        wanted.append(Wanted(row, values | {"begins": begins, "ends": ends}))
    kept = keep(Setting.objects.all(), ("key", "begins"), wanted, tally)
    # The file tells past values, too, so what it no longer tells was never meant.
    Setting.objects.filter(id__in=[setting.id for setting in kept.vanished]).delete()


def _load_codes(county: Folder, source: Folder, tally: Tally) -> None:
    wanted = [
        Wanted(
            row,
            {
                "code_list": row.text("LUETTELO"),
                "code": row.text("KOODI"),
                "name": row.text("NIMI"),
            },
        )
        for row in (*county.rows("lainkohdat"), *source.rows("koodit"))
    ]
    keep(CodeEntry.objects.all(), ("code_list", "code"), wanted, tally)


def _load_organizations(county: Folder, tally: Tally) -> dict[str, Organization]:
    wanted = [
        Wanted(
            row,
            {
                "code": row.text("KOODI"),
                "name": row.text("NIMI"),
                "kind": row.choice("LAJI", Organization.Kind),
            },
        )
        for row in county.rows("organisaatiot")
    ]
    kept = keep(Organization.objects.all(), ("code",), wanted, tally)
    return {code: organization for (code,), organization in kept.rows.items()}


def _load_units(
    county: Folder, source: Folder, organizations: dict[str, Organization], tally: Tally
) -> dict[str, Unit]:
    rows = [*county.rows("yksikot"), *source.rows("yksikot")]
    own = {
        row.text("YKSIKKO"): row.one_of("ORGANISAATIO", organizations)
        for row in county.rows("yksikoiden_organisaatiot")
    }
    registers = _Registers()
    wanted = []
    for row in rows:
        organization = own.get(row.text("KOODI")) or row.one_of("ORGANISAATIO", organizations)
        wanted.append(Wanted(row, _unit(row, organization, registers)))
    _check_master([want for want in wanted if want.values["keeps_master"]], rows)
    kept = keep(Unit.objects.all(), ("code",), wanted, tally)
    tally.notes += [
        _("Yksikkö %s ei ole enää tiedostoissa; se jää, koska sen tietoja voi olla.") % unit.code
        for unit in kept.vanished
    ]
    return {code: unit for (code,), unit in kept.rows.items()}


class _Registers:
    """Registers by their controller and name, made when first named."""

    def __init__(self) -> None:
        self.known = {(r.organization_id, r.name): r for r in Register.objects.all()}

    def of(self, organization: Organization, name: str) -> Register:
        key = (organization.id, name)
        if key not in self.known:
            self.known[key] = Register.objects.create(organization=organization, name=name)
        return self.known[key]


def _unit(row: Row, organization: Organization, registers: _Registers) -> dict[str, object]:
    return {
        "code": row.text("KOODI"),
        "name": row.text("NIMI"),
        "organization_id": organization.id,
        "register_id": registers.of(organization, row.text("REKISTERI")).id,
        "sector": row.text("TOIMIALA"),
        "oid": row.optional("OID"),
        "keeps_master": row.optional("ASIAKASREKISTERI") == "K",
    }


def _check_master(masters: list[Wanted], rows: list[Row]) -> None:
    if len(masters) != 1:
        row = masters[1].row if masters else rows[0]
        row.refuse("ASIAKASREKISTERI", _("asiakasrekisteriä pitää tasan yksi yksikkö"))


# Statistics Finland's key of all municipalities comes with the program.
MUNICIPALITIES = (
    Path(settings.BASE_DIR) / "data/codes/kunta_hyvinvointialue_tyollisyysalue_2026.csv"
)


def load_municipalities(rows: list[Row], tally: Tally) -> dict[str, Municipality]:
    """Bring in the municipalities that the rows name, with the names of the national key."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        names = {
            entry["municipality_code"]: (
                entry["municipality_name_fi"],
                entry["municipality_name_sv"],
            )
            for entry in csv.DictReader(file)
        }
    wanted = {}
    for row in rows:
        name, name_sv = row.one_of("KUNTA", names)
        code = row.text("KUNTA")
        wanted[code] = Wanted(row, {"code": code, "name": name, "name_sv": name_sv})
    # Counted with the areas, whose file names them: here the counts are thrown away.
    kept = keep(Municipality.objects.all(), ("code",), wanted.values(), Tally())
    return {code: municipality for (code,), municipality in kept.rows.items()}
