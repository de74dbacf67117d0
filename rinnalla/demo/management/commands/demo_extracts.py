"""The demonstration's county and extracts: one process for all of them, as the import's role."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from rinnalla.demo.stage import DAY

EXTRACTS = settings.BASE_DIR / "data" / "extracts"
SOURCES = {
    "asiakkaat": "asiakkaat.csv",
    "pegasos": "pegasos_kaynnit.csv",
    "sosiaalihuolto": "sosiaalihuolto_palvelut.csv",
    "tyollisyysalue": "tyollisyysalue_asiakkuudet.csv",
    "kela": "kela_etuudet.csv",
    "fhir": "fhir_bundle.json",
}


class Command(BaseCommand):
    help = "Takes in the demonstration's county and the extracts of other systems."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("configure", str(EXTRACTS), stdout=self.stdout)
        for source, file in SOURCES.items():
            day = ["--day", DAY]
            call_command("import_extract", source, str(EXTRACTS / file), *day, stdout=self.stdout)
