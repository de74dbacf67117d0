"""A copy of the county's files that a test may change."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from rinnalla.organizations.configuring.store import Tally
from rinnalla.organizations.configuring.tables import Folder
from rinnalla.services.management.commands.configure import configure

EXTRACTS = Path(settings.BASE_DIR) / "data" / "extracts"


@dataclass(frozen=True)
class County:
    """The county's files in a folder of the test's own."""

    path: Path

    def edit(self, name: str, old: str, new: str) -> None:
        """Change what stands once in a file."""
        file = self.path / f"{name}.csv"
        contents = file.read_text(encoding="utf-8")
        assert contents.count(old) == 1, f"{old!r} stands {contents.count(old)} times in {name}"
        file.write_text(contents.replace(old, new), encoding="utf-8")

    def configure(self) -> Tally:
        """Bring the database up to the files, and look at what is otherwise looked at on commit."""
        tally = configure(Folder(self.path), Folder(EXTRACTS))
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate; set constraints all deferred")
        return tally


@pytest.fixture
def county(tmp_path: Path) -> County:
    shutil.copytree(settings.COUNTY_DATA, tmp_path / "county")
    return County(tmp_path / "county")
