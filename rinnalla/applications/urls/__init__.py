"""Addresses of the referrer's pages and of the team's."""

from rinnalla.applications.urls import referrer, team

urlpatterns = [*referrer.urlpatterns, *team.urlpatterns]
