"""Addresses of the first page, of choosing who one is, and of what always stands."""

from django.urls import path

from rinnalla.home import urls_cases, urls_find, urls_law
from rinnalla.home.views import day, roles, standing

urlpatterns = [
    path("", day.home, name="home"),
    path("tehtava/", roles.choose_role, name="choose-role"),
    path("esittely/", roles.choose_person, name="choose-person"),
    path("saavutettavuus/", standing.accessibility, name="accessibility"),
    path("palaute/", standing.feedback, name="feedback"),
    path("-/live", standing.live, name="live"),
    path("-/ready", standing.ready, name="ready"),
    *urls_cases.urlpatterns,
    *urls_find.urlpatterns,
    *urls_law.urlpatterns,
]
