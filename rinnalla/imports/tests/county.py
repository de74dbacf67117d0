"""A small county made of the extracts' own units and codes, for tests of the import."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from rinnalla.accounts.models import User
from rinnalla.organizations.models import (
    CodeEntry,
    Membership,
    Municipality,
    Organization,
    Register,
    Unit,
)

DATA = Path(__file__).parents[3] / "data"
EXTRACTS = DATA / "extracts"
BEGINS = date(2020, 1, 1)


def rows_of(path: Path, delimiter: str = ";") -> Iterator[dict[str, str]]:
    """The rows of a table that comes with the repository."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def make_county() -> None:
    """Units, registers, code lists and municipalities, with a unit for the master and for Kela."""
    for row in rows_of(EXTRACTS / "yksikot.csv"):
        employment = row["TOIMIALA"] == "työllisyys"
        code = row["KOODI"] if employment else row["ORGANISAATIO"]
        kind = Organization.Kind.EMPLOYMENT_AUTHORITY if employment else Organization.Kind.COUNTY
        _unit(code, kind, row["REKISTERI"], row["KOODI"], row["NIMI"])
    master = _unit("HVA", Organization.Kind.COUNTY, "asiakasrekisteri", "AR001", "Asiakasrekisteri")
    Unit.objects.filter(pk=master.pk).update(keeps_master=True)
    _unit("KELA", Organization.Kind.KELA, "Kela", "KELA1", "Kela")
    CodeEntry.objects.bulk_create(
        CodeEntry(code_list=row["LUETTELO"], code=row["KOODI"], name=row["NIMI"])
        for row in rows_of(EXTRACTS / "koodit.csv")
    )
    table = DATA / "codes" / "kunta_hyvinvointialue_tyollisyysalue_2026.csv"
    Municipality.objects.bulk_create(
        Municipality(
            code=row["municipality_code"],
            name=row["municipality_name_fi"],
            name_sv=row["municipality_name_sv"],
        )
        for row in rows_of(table, ",")
    )


def _unit(organization: str, kind: str, register: str, code: str, name: str) -> Unit:
    owner, _ = Organization.objects.get_or_create(
        code=organization, defaults={"name": organization, "kind": kind}
    )
    kept, _ = Register.objects.get_or_create(organization=owner, name=register)
    unit = Unit.objects.create(
        code=code, name=name, organization=owner, register=kept, sector="terveys"
    )
    if owner.manager_id is None:
        owner.manager = make_member(
            code, f"Johtaja {organization.title()}", "Johtaja", "unit_manager"
        )
        owner.save(update_fields=["manager"])
    return unit


def make_member(unit: str, name: str, title: str, role: str = "practitioner") -> Membership:
    """A person with an open membership in a unit."""
    first, last = name.split()
    user = User.objects.create_user(f"{first}.{last}.{unit}", first_name=first, last_name=last)
    return Membership.objects.create(
        user=user,
        unit=Unit.objects.get(code=unit),
        role=role,
        title=title,
        phone="03 000 0000",
        begins=BEGINS,
    )
