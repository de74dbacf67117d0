"""The pages of the gallery and what the real pages would hand to their templates."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path

from rinnalla.ui.fields import ClockField, DayField
from rinnalla.ui.frame import Confirmation, Frame, Identity, NavItem

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)


def policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The content policy of the real pages, so that nothing inline slips in."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Content-Security-Policy"] = CSP
        return response

    return respond


@dataclass(frozen=True)
class Person:
    """Who the header says is at work."""

    name: str = "Sirkka Esimerkki"
    title: str = "koollekutsuja"
    unit_name: str = "Työ- ja toimintakyvyn osaamiskeskus"
    organization_name: str = "Esimerkin hyvinvointialue"


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the gallery."""
    return render(request, f"gallery/{name}.html", context(name))


def context(name: str) -> dict[str, Any]:
    """What the real pages would hand to their templates."""
    frame = Frame(
        today=datetime.date(2026, 11, 3),
        actor=Person(),
        nav=[
            NavItem("Oma päivä", "/day/", 0, name == "day"),
            NavItem("Lähetteet", "/inbox/", 3, name == "inbox"),
            NavItem("Kokous 3.11.", "/grid/", 0, name == "grid"),
            NavItem("Hakemukset", "/forms/", 0, name == "forms"),
        ],
        search_url="/haku/",
        roles_url="/tehtavat/",
        sign_out_url="/ulos/",
        demonstration=name == "parts",
    )
    identity = Identity(
        name="Kaarnakivelä Veikko",
        age="47 v",
        language="suomi",
        contact="soita aamulla",
        holder_name="" if name == "situation" else "Sirkka Esimerkki",
        holder_phone="000 123 4567",
        permits="Luvat 4 / 5" if name == "situation" else "",
        basis="hakemus vastaanotettu 27.10.",
    )
    tabs = [
        NavItem(label, f"/{label}/", 1 if label == "Viestit" else 0, label == "Kokonaistilanne")
        for label in ("Kokonaistilanne", "Suunnitelma", "Aikajana", "Viestit", "Tapaamiset")
    ]
    confirm = Confirmation("Perutaanko lupa?", ["Kela ei näe enää."], "Peru lupa", "/parts/")
    return {
        "frame": None if name == "portal" else frame,
        "identity": identity,
        "items": tabs,
        "confirm": confirm,
        "form": sample_form() if name == "forms" else None,
        "today": datetime.date(2026, 11, 3),
    }


def sample_form() -> forms.Form:
    """Every kind of field, some of them wrong."""

    class Sample(forms.Form):
        question = forms.CharField(
            label="Mihin haetaan vastausta?",
            widget=forms.Textarea,
            help_text="Yksi kysymys, tavallisilla sanoilla.",
        )
        phone = forms.CharField(label="Puhelin", required=False)
        day = DayField(label="Päivä", help_text="Esimerkiksi 1.12.2026.")
        at = ClockField(label="Kellonaika", required=False)
        place = forms.ChoiceField(
            label="Toimipiste", choices=[("a", "Läntinen sote-keskus"), ("b", "Hatanpää")]
        )
        how = forms.ChoiceField(
            label="Miten asiakas vastasi?",
            choices=[("say", "Kertoi puhelimessa"), ("sign", "Allekirjoitti")],
            widget=forms.RadioSelect,
        )
        seats = forms.MultipleChoiceField(
            label="Keitä kutsutaan?",
            choices=[("k", "Kela"), ("m", "MiePä"), ("t", "Työllisyysalue")],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=["k"],
        )
        agreed = forms.BooleanField(label="Sovittu asiakkaan kanssa")

    form = Sample({"question": "Miten?", "day": "31.2.2026", "seats": ["k"], "place": "a"})
    form.add_error(None, "Hakemus on jo lähetetty. Avaa se listalta.")
    return form


urlpatterns = [
    path("<slug:name>/", page),
    path("", page, {"name": "day"}),
    path("saavutettavuus/seloste/", page, {"name": "day"}, name="accessibility"),
    path("palaute/anna/", page, {"name": "day"}, name="feedback"),
    path("kieli/vaihda/", page, {"name": "day"}, name="set_language"),
]
