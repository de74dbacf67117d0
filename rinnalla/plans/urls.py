"""Addresses of steps, and of the services for a fixed time."""

from django.urls import path

from rinnalla.plans.views import packages, steps

PACKAGE = "yhteisasiakkuudet/<uuid:case_id>/palvelukokonaisuus/"

urlpatterns = [
    path("vaiheet/", steps.my_steps, name="my-steps"),
    path("vaiheet/<uuid:step_id>/", steps.report_step, name="report-step"),
    path(PACKAGE, packages.package, name="service-package"),
    path(f"{PACKAGE}<uuid:package_id>/paata/", packages.end, name="end-service-package"),
]
