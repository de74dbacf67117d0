"""All addresses, app by app."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("rinnalla.home.urls")),
    path("", include("rinnalla.officer.urls")),
    path("", include("rinnalla.accounts.urls")),
    path("", include("rinnalla.portal.urls")),
    path("", include("rinnalla.imports.urls")),
    path("", include("rinnalla.drafts.urls")),
    path("", include("rinnalla.notifications.urls")),
    path("", include("rinnalla.permits.urls")),
    path("", include("rinnalla.files.urls")),
    path("", include("rinnalla.plans.urls")),
    path("", include("rinnalla.cases.urls")),
    path("", include("rinnalla.meetings.urls")),
    path("", include("rinnalla.applications.urls")),
    path("kieli/", login_not_required(set_language), name="set_language"),
]
