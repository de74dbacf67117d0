"""A doctor opens somebody without an appointment; the officer asks. Veikko asks for his log."""

from datetime import date

from rinnalla.demo.stage import Stage
from rinnalla.demo.stories.common import found
from rinnalla.officer.models import Question
from rinnalla.officer.operations import LogWish, ask, open_log_request
from rinnalla.officer.sweeping import window

OPENED, DAY = "A100600", date(2026, 10, 29)
OFFICER, HOSPITAL = ("raita.malliluoto", "HA001"), ("onerva.koepuro", "ES700")
WORDS = "Mihin työhön avaaminen liittyi?"


def tell(stage: Stage) -> None:
    """What is opened on Thursday."""
    with stage.at("2026-10-29 10.10", *HOSPITAL):
        found(OPENED)


def ask_about(stage: Stage) -> None:
    """The end of the working day, and the officer's Friday; told when the rest is committed."""
    stage.owner.execute("select officer.sweep_day(%s, %s, %s)", [DAY, *window(DAY)])
    with stage.at("2026-10-30 09.20", *OFFICER) as raita:
        for question in Question.objects.filter(askings=None).select_related("membership"):
            ask(question, by=raita, to=question.membership, words=WORDS)
    with stage.at("2026-10-30 09.40", *OFFICER) as raita:
        wish = LogWish("A100001", date(2026, 10, 28), date(2025, 1, 1), raita.today, reason="")
        open_log_request(wish, by=raita)
