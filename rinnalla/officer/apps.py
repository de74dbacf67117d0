from django.apps import AppConfig


class OfficerConfig(AppConfig):
    name = "rinnalla.officer"
