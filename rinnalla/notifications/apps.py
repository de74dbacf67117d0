from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "rinnalla.notifications"

    def ready(self) -> None:
        # Registers the checks.
        from rinnalla.notifications import checks  # noqa: F401
