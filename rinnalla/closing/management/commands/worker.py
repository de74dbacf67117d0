"""`bin/rinnalla worker`: does the jobs, until it is asked to end."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from rinnalla.journal.checks import refuse_demonstration_clock


class Command(BaseCommand):
    help = "Does what has its time: planned ends of memberships, forgetting old sessions."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_demonstration_clock()
        call_command("procrastinate", "worker", "--concurrency=1")
