"""What the worker does for meetings, as its own database role."""

from procrastinate.contrib.django import app

from rinnalla.meetings.operations.tidying import cancel_unwanted


@app.periodic(cron="* * * * *")
@app.task
def cancel_unwanted_meetings(timestamp: int = 0) -> None:
    """A client's "no" is told to those who were called together."""
    cancel_unwanted()
