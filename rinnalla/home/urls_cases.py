"""The addresses of a case's pages that are drawn from many apps."""

from django.urls import path

from rinnalla.home.views import calling, situation

urlpatterns = [
    path("yhteisasiakkuudet/<uuid:case_id>/", situation.case, name="joint-case"),
    path("yhteisasiakkuudet/<uuid:case_id>/tapaaminen/", calling.arrange, name="arrange-meeting"),
]
