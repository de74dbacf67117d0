"""Addresses of steps."""

from django.urls import path

from rinnalla.plans import views

urlpatterns = [
    path("vaiheet/", views.my_steps, name="my-steps"),
    path("vaiheet/<uuid:step_id>/", views.report_step, name="report-step"),
]
