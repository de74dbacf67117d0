"""The officer's questions are raised by the worker, under its own database role."""

from procrastinate.contrib.django import app

from rinnalla.officer.sweeping import sweep_due


@app.periodic(cron="5,35 * * * *")
@app.task(queueing_lock="officer-sweep")
def raise_questions(timestamp: int) -> None:
    """Each working day that has ended is looked at once."""
    sweep_due()
