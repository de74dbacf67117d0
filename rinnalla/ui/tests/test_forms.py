import datetime
from html.parser import HTMLParser

import pytest
from django import forms
from django.utils import translation

from rinnalla.lib.errors import RuleBroken
from rinnalla.ui.fields import ClockField, DayField
from rinnalla.ui.forms import attempt
from rinnalla.ui.renderer import Renderer


class Visit(forms.Form):
    default_renderer = Renderer

    day = DayField(label="Päivä", help_text="Esimerkiksi 1.12.2026.")
    at = ClockField(label="Kellonaika", required=False)
    how = forms.ChoiceField(
        label="Miten?", choices=[("a", "Puhelimessa"), ("b", "Paikalla")], widget=forms.RadioSelect
    )


class Ids(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointed: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"for", "aria-describedby", "aria-labelledby"}:
                self.pointed |= set((value or "").split())
            elif name == "href":
                self.pointed.add((value or "").removeprefix("#"))


@pytest.mark.parametrize("typed", ["1.12.2026", " ti 1.12.2026", "01.12.2026", "2026-12-01"])
def test_a_day_is_read_as_finns_type_it(typed: str) -> None:
    assert DayField().clean(typed) == datetime.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.12.", "Kirjoita päivä näin: 1.12.2026."),
        ("huomenna", "Kirjoita päivä näin: 1.12.2026."),
        ("31.2.2026", "Päivää 31.2.2026 ei ole kalenterissa. Tarkista päivä."),
    ],
)
def test_a_wrong_day_is_answered_with_a_sentence(typed: str, sentence: str) -> None:
    with translation.override("fi"), pytest.raises(forms.ValidationError) as refusal:
        DayField().clean(typed)
    assert refusal.value.messages == [sentence]


@pytest.mark.parametrize(
    ("typed", "time"), [("9", (9, 0)), ("klo 9.30", (9, 30)), ("16:05", (16, 5))]
)
def test_a_time_is_read_as_finns_type_it(typed: str, time: tuple[int, int]) -> None:
    assert ClockField().clean(typed) == datetime.time(*time)
    with pytest.raises(forms.ValidationError):
        ClockField().clean("25.00")


def test_a_saved_day_is_shown_as_it_is_typed() -> None:
    form = Visit(initial={"day": datetime.date(2026, 12, 1), "at": datetime.time(9, 5)})
    assert 'value="1.12.2026"' in str(form["day"])
    assert 'value="9.05"' in str(form["at"])


def test_every_message_link_and_label_points_at_something() -> None:
    html = str(Visit({"day": "31.2.2026"}))
    found = Ids(html)
    assert found.pointed <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert {"id_day", "id_day_error", "id_day_helptext", "id_how_0"} <= found.pointed
    assert html.count('aria-invalid="true"') == 3
    assert 'tabindex="-1" autofocus' in html


def test_optional_fields_say_so_and_required_ones_are_not_starred() -> None:
    with translation.override("fi"):
        html = str(Visit())
    assert html.count("(ei pakollinen)") == 1
    assert "ds-error-summary" not in html
    assert "<legend>Miten?</legend>" in html


@pytest.mark.django_db
def test_a_broken_rule_becomes_a_sentence_on_the_form() -> None:
    def refuse() -> None:
        raise RuleBroken("Valitse toinen työntekijä.")

    form = Visit({"day": "1.12.2026", "how": "a"})
    assert form.is_valid()
    assert attempt(form, lambda: None)
    assert not attempt(form, refuse)
    assert form.non_field_errors() == ["Valitse toinen työntekijä."]
