"""What the worker does for the outbox, as its own database role."""

from procrastinate.contrib.django import app

from rinnalla.notifications.sending import send_due


@app.periodic(cron="* * * * *")
@app.task
def send_waiting(timestamp: int = 0) -> None:
    """Sends what is due; a new message wakes this at once, the clock brings what waited."""
    send_due()
