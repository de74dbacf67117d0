"""The frame of the client's pages: whose they are, where one can go, and the way out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rinnalla.access.portal_actor import PortalActor
from rinnalla.ui.frame import NavItem


def portal_page(
    request: HttpRequest, actor: PortalActor, name: str, context: dict[str, Any], under: str = ""
) -> HttpResponse:
    """The page of that address's name; `under` is its place in the menu when it is not there."""
    places = [
        ("portal-home", _("Etusivu")),
        ("portal-permits", _("Lupasi")),
        ("portal-log", _("Kuka katsoi")),
    ]
    nav = [
        NavItem(label, reverse(place), current=place in (name, under)) for place, label in places
    ]
    template = f"portal/{name.removeprefix('portal-').replace('-', '_')}.html"
    return render(request, template, {"portal": actor, "portal_nav": nav, **context})
