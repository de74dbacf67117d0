"""Three people with a page of their own: Veikko, Laura, and Lars, who is Tiina's guardian."""

from datetime import date

from rinnalla.access.models import Mandate
from rinnalla.access.operations import MandateTerms, record_mandate
from rinnalla.demo.stage import Stage
from rinnalla.demo.stories.common import found
from rinnalla.portal.operations.enrolment import open_page


def tell(stage: Stage) -> None:
    """Opened in person, each by a worker of the county who has the client in circle."""
    with stage.at("2026-10-28 13.00", "sirkka.esimerkki") as sirkka:
        open_page(found("A100001"), "veikko@esimerkki.example.org", by=sirkka)
    with stage.at("2026-10-28 13.30", "sirkka.esimerkki") as sirkka:
        open_page(found("A100116"), "+3580001234567", by=sirkka)
    with stage.at("2026-10-29 10.00", "tuire.mallilainen", "SO880") as tuire:
        lars = found("A100140")
        open_page(lars, "lars@esimerkki.example.org", by=tuire)
        tiina = found("A100732")
        terms = MandateTerms(lars, Mandate.Scope.SOCIAL, date(2026, 10, 29), date(2028, 7, 10))
        # A telling that was cut short is told anew.
        if not Mandate.objects.filter(client=tiina, guardian=lars, ended_at=None).exists():
            record_mandate(tiina, by=tuire, terms=terms)
