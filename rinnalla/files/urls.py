"""Addresses of attachments."""

from django.urls import path

from rinnalla.files import views

urlpatterns = [
    path("liitteet/<uuid:attachment_id>/", views.attachment, name="attachment"),
    path(
        "liitteet/<uuid:attachment_id>/poista/", views.remove_attachment, name="remove-attachment"
    ),
    path(
        "liitteet/<uuid:attachment_id>/palauta/",
        views.restore_attachment,
        name="restore-attachment",
    ),
]
