"""Ways out of the house: SMTP, an SMS gateway, and a stand-in for demonstration and tests."""

from rinnalla.notifications.channels.base import Outgoing, Undelivered
from rinnalla.notifications.channels.choosing import deliver, is_open

__all__ = ["Outgoing", "Undelivered", "deliver", "is_open"]
