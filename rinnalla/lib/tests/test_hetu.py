"""The personal identity code: its signs, its faults, its birth date."""

from datetime import date

import pytest

from rinnalla.lib import hetu


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("170479-939V", None),
        (" 191086-9859 ", None),
        ("260302a998w", None),
        ("110304F943Y", None),
        ("250381-966A", hetu.CHECK_CHARACTER),
        ("320177-911P", hetu.IMPOSSIBLE_DATE),
        ("290201-9001", hetu.IMPOSSIBLE_DATE),
        ("050684/959N", hetu.MALFORMED),
        ("170479–939V", hetu.MALFORMED),
        ("170479G939V", hetu.MALFORMED),
        ("071287-99", hetu.MALFORMED),
        ("0801649814", hetu.MALFORMED),
        ("PUUTTUU", hetu.MALFORMED),
        ("", hetu.MALFORMED),
    ],
)
def test_fault(text: str, kind: str | None) -> None:
    assert hetu.fault(text) == kind


def test_signs_of_one_century_stay_apart() -> None:
    codes = {hetu.parse(f"170479{sign}939V") for sign in "-UVWXY"}
    assert len(codes) == 6
    assert {hetu.birth_date(code) for code in codes} == {date(1979, 4, 17)}


@pytest.mark.parametrize(("sign", "year"), [("+", 1810), ("-", 1910), ("A", 2010), ("F", 2010)])
def test_sign_tells_the_century(sign: str, year: int) -> None:
    assert hetu.birth_date(f"170410{sign}939V") == date(year, 4, 17)


def test_masked_keeps_only_the_birth_date() -> None:
    assert hetu.masked("170479-939V") == "170479-****"


def test_invalid_code_is_refused_with_its_kind() -> None:
    with pytest.raises(hetu.HetuInvalid) as refused:
        hetu.parse("170479-939X")
    assert refused.value.kind == hetu.CHECK_CHARACTER
