"""The address of drafts."""

from django.urls import path

from rinnalla.drafts.views import draft

urlpatterns = [path("luonnokset/<uuid:client_id>/", draft, name="keep-draft")]
