"""The addresses of imports, with those that every page's frame leads to."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def elsewhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("", include("rinnalla.imports.urls")),
    path("", elsewhere, name="home"),
    path("kirjaudu/", elsewhere, name="sign-in"),
]
