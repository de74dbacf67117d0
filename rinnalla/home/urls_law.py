"""Addresses of opening a client by law."""

from django.urls import path

from rinnalla.home.views import law

urlpatterns = [
    path("asiakkaat/avaa/", law.open_named, name="open-named-by-law"),
    path("asiakkaat/<uuid:client_id>/avaa/", law.open_client, name="open-by-law"),
    path("avaukset/<uuid:opening_id>/paata/", law.close, name="close-law-opening"),
]
