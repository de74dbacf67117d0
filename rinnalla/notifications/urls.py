"""Addresses of letters and of the demonstration's stand-in."""

from django.urls import path

from rinnalla.notifications import views

urlpatterns = [
    path("kirjeet/", views.letters, name="letters"),
    path("kirjeet/<uuid:letter_id>/", views.letter, name="letter"),
    path("kirjeet/<uuid:letter_id>/tulostettu/", views.mark_printed, name="mark-printed"),
    path("kirjeet/<uuid:letter_id>/takaisin/", views.unmark_printed, name="unmark-printed"),
    path("esittely/lahteneet/", views.sent_mail, name="sent-mail"),
]
