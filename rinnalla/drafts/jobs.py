"""What the worker does for drafts, as its own database role."""

from procrastinate.contrib.django import app

from rinnalla.drafts.operations import clear_old


@app.periodic(cron="20 3 * * *")
@app.task
def clear_old_drafts(timestamp: int = 0) -> None:
    """Empties drafts that nobody has gone on with."""
    clear_old()
