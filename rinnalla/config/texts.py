"""Compiles translations without Debian's gettext."""

from pathlib import Path

from rinnalla.config.places import REPOSITORY


def catalogues() -> list[Path]:
    """Every .po file of the repository."""
    places = (REPOSITORY / "locale", *(REPOSITORY / "rinnalla").glob("*/locale"))
    return sorted(file for place in places for file in place.glob("*/LC_MESSAGES/*.po"))


def compile_texts() -> int:
    """Compile what is newer than its compiled file; how many were."""
    import polib

    stale = [file for file in catalogues() if _is_stale(file)]
    for file in stale:
        half = file.with_suffix(".mo.new")
        polib.pofile(str(file)).save_as_mofile(str(half))
        half.rename(file.with_suffix(".mo"))
    return len(stale)


def _is_stale(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime <= file.stat().st_mtime
