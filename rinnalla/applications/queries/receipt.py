"""What happens next with a sent application, for the client's ears."""

from datetime import date, timedelta

from rinnalla.applications.models import Application
from rinnalla.lib.days import helsinki_day


def answer_by(application: Application) -> date | None:
    """The day by which the team has consulted, if nothing stops the clock."""
    if application.sent_at is None:
        return None
    return helsinki_day(application.sent_at) + timedelta(days=application.team.consultation_days)
