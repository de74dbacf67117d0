"""What the worker does of itself, as its own database role."""

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from rinnalla.closing.operations import end_planned
from rinnalla.journal.clock import now
from rinnalla.lib.days import helsinki_day


@app.periodic(cron="*/10 * * * *")
@app.task
def end_planned_memberships(timestamp: int) -> None:
    """Memberships whose last day has gone end by the act."""
    with connection.cursor() as cursor:
        today = helsinki_day(now(cursor))
    end_planned(today)


@app.periodic(cron="17 3 * * *")
@app.task
def forget_old_sessions(timestamp: int) -> None:
    """Sessions that have run out are deleted."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
