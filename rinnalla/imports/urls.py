"""Addresses of imports."""

from django.urls import path

from rinnalla.imports.views import pairs, runs

urlpatterns = [
    path("tuonnit/", runs.runs, name="imports"),
    path("tuonnit/epaselvat/", pairs.pairs, name="doubtful-pairs"),
    path("tuonnit/epaselvat/<uuid:pair_id>/", pairs.decide, name="decide-pair"),
    path("tuonnit/epaselvat/<uuid:pair_id>/peru/", pairs.reopen, name="reopen-pair"),
    path("tuonnit/<uuid:run_id>/", runs.run, name="import"),
]
