"""The journal is sealed each minute, under the worker's own database role."""

from procrastinate.contrib.django import app

from rinnalla.journal.sealing.sealer import seal_all


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal-journal")
def seal_journal(timestamp: int) -> None:
    """What was written since is sealed, and its root told outside the database."""
    seal_all()
