"""Appointments at other services: Laura's doctor, for whom an escort is looked for, and Tiina's
debt counselling, to which her worker goes along."""

from rinnalla.demo.stage import Stage, moment
from rinnalla.demo.stories.common import found
from rinnalla.demo.stories.named import TUIRE
from rinnalla.meetings.models import Appointment, Meeting
from rinnalla.meetings.operations.appointments import Reminding, Visit, Word, record_word
from rinnalla.meetings.operations.appointments import set_appointment as book
from rinnalla.plans.models import Step

Escort = Appointment.Escort
Way = Meeting.Way


def tell(stage: Stage) -> None:
    """On Thursday 29.10. and Friday 30.10."""
    with stage.at("2026-10-29 10.05", "hilppa.kokeilija", "TA901") as hilppa:
        visit = Visit(
            "Työterveyslääkärin vastaanotto",
            moment("2026-11-05 10.15"),
            "Hatanpään terveysasema, 2. krs",
            Reminding(Way.PORTAL),
            confirm_by_call=True,
            escort=Escort.ASKED,
        )
        own = Step.objects.filter(client=found("A100116"), owner=hilppa.membership_id)
        book(own.order_by("due")[1], by=hilppa, visit=visit)
    with stage.at("2026-10-30 11.20", *TUIRE) as tuire:
        visit = Visit(
            "Velkaneuvonta",
            moment("2026-11-06 09.00"),
            "Oikeusaputoimisto",
            Reminding(Way.PORTAL),
            escort=Escort.FOUND,
            escort_words="Tuire Mallilainen",
        )
        own = Step.objects.filter(client=found("A100004"), owner=tuire.membership_id, watch=None)
        booked = book(own.order_by("due")[0], by=tuire, visit=visit)
        record_word(booked, by=tuire, word=Word("yes", "Lähtee, kun en joudu yksin."))
