"""A new client is one person: the code and the birth date agree, or one of them is told."""

from datetime import date

import pytest

from rinnalla.clients.forms import ClientForm

NAMES = {"family_name": "Koe", "given_names": "Uusi", "language": "fi"}
HETU = "170479-939V"


def form(**told: str) -> ClientForm:
    made = ClientForm({**NAMES, **told})
    # The municipality's choices are in the database; nothing of it is asked here.
    del made.fields["municipality"]
    return made


def test_birth_date_comes_from_the_code() -> None:
    made = form(hetu=HETU.lower())
    assert made.is_valid()
    assert (made.person().hetu, made.person().birth_date) == (HETU, date(1979, 4, 17))


def test_birth_date_is_enough() -> None:
    made = form(birth_date="17.4.1979")
    assert made.is_valid()
    assert made.person().hetu == ""


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "birth_date"),
        ({"hetu": "170479-939X"}, "hetu"),
        ({"hetu": HETU, "birth_date": "18.4.1979"}, "birth_date"),
    ],
)
def test_what_is_wrong_is_told_at_the_field(told: dict[str, str], field: str) -> None:
    made = form(**told)
    assert list(made.errors) == [field]
