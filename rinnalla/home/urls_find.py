"""Addresses of finding and entering a client."""

from django.urls import path

from rinnalla.home.views import find

urlpatterns = [
    path("asiakkaat/haku/", find.find_client, name="find-client"),
    path("asiakkaat/uusi/", find.enter_client, name="enter-client"),
]
