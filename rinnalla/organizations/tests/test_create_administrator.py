"""The first administrator is made by a command, with a good password and a journal row."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from rinnalla.accounts.models import User
from rinnalla.journal.models import Entry
from rinnalla.organizations.models import Membership, Setting, Unit

pytestmark = pytest.mark.django_db

PASSWORD = "pitkä lause jota kukaan ei arvaa"


@pytest.fixture
def leading_unit(convener: Membership) -> Unit:
    Setting.objects.filter(key="leading_unit").delete()
    Setting.objects.create(key="leading_unit", value="T-S", begins=date(2020, 1, 1))
    return convener.unit


def create(username: str = "t.paakayttaja") -> None:
    names = {"first_name": "Testi", "last_name": "Näyte", "phone": "040 000 1"}
    call_command("create_administrator", username=username, **names)


def test_an_administrator_can_sign_in(leading_unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINNALLA_ADMIN_PASSWORD", PASSWORD)
    create()
    membership = Membership.objects.get(user__username="t.paakayttaja")
    assert (membership.role, membership.unit_id) == ("administrator", leading_unit.id)
    assert membership.user.check_password(PASSWORD)
    row = Entry.objects.get(kind="administrator.created", subject=membership.id)
    assert row.facts == {"account": str(membership.user_id)}
    with pytest.raises(CommandError, match="on jo käytössä"):
        create()


@pytest.mark.parametrize("password", ["lyhyt", "t.paakayttaja-12", ""])
def test_a_poor_password_makes_nothing(
    leading_unit: Unit, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("RINNALLA_ADMIN_PASSWORD", password)
    with pytest.raises(CommandError):
        create()
    assert not User.objects.filter(username="t.paakayttaja").exists()
