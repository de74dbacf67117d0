"""What the worker does for clients who sign in."""

from procrastinate.contrib.django import app

from rinnalla.portal.sending import forget_old
from rinnalla.portal.sending import send_links as send


@app.periodic(cron="* * * * *")
@app.task
def send_links(timestamp: int = 0) -> None:
    """Sends links to known addresses; a request wakes this at once."""
    send()


@app.periodic(cron="27 3 * * *")
@app.task
def forget_requests(timestamp: int) -> None:
    """Old requests are deleted."""
    forget_old()
