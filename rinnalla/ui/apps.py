"""The app of the page frame and its parts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and tags; no tables."""

    name = "rinnalla.ui"
    label = "ui"
