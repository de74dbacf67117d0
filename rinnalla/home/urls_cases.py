"""The address of a case's situation, which is drawn from many apps."""

from django.urls import path

from rinnalla.home.views import situation

urlpatterns = [
    path("yhteisasiakkuudet/<uuid:case_id>/", situation.case, name="joint-case"),
]
