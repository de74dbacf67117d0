"""The smallest county: one organization with one unit, led by its convener."""

from datetime import date

import pytest

from rinnalla.accounts.models import User
from rinnalla.organizations.models import Membership, Organization, Register, Unit


def make_unit(organization: Organization, code: str) -> Unit:
    register, _made = Register.objects.get_or_create(organization=organization, name="rekisteri")
    return Unit.objects.create(
        code=code, name=code, organization=organization, register=register, sector="testi"
    )


@pytest.fixture
def convener(db: None) -> Membership:
    """A convener in unit T-S, who also leads the organization."""
    organization = Organization.objects.create(
        code="T-HVA", name="Testialue", kind=Organization.Kind.COUNTY
    )
    membership = Membership.objects.create(
        user=User.objects.create_user("t.koe", first_name="Testi", last_name="Koe"),
        unit=make_unit(organization, "T-S"),
        role=Membership.Role.CONVENER,
        title="koollekutsuja",
        phone="040 000 1",
        begins=date(2024, 1, 1),
    )
    organization.manager = membership
    organization.save()
    return membership
