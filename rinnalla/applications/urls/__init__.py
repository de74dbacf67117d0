"""Addresses of the referrer's pages and of the team's."""

from rinnalla.applications.urls import anonymous, referrer, team

urlpatterns = [*referrer.urlpatterns, *team.urlpatterns, *anonymous.urlpatterns]
