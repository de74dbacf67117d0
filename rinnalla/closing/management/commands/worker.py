"""`bin/rinnalla worker`: does the jobs, until it is asked to end."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from rinnalla.journal.checks import refuse_demonstration_clock
from rinnalla.journal.sealing.keys import signing_key
from rinnalla.notifications.checks import refuse_bad_channels


class Command(BaseCommand):
    help = (
        "Does what has its time: messages, seals of the journal, planned ends of memberships, "
        "old sessions."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_demonstration_clock()
        refuse_bad_channels()
        signing_key()
        # What went well is not kept: the journal tells of it.
        call_command("procrastinate", "worker", "--concurrency=1", "--delete-jobs=successful")
