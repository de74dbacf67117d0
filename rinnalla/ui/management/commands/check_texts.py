"""`bin/rinnalla check-texts`: every text of the code is in Swedish and in English, and whole."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

LANGUAGES = ("sv", "en")
# Plain Finnish holds only the texts that differ.
PLAIN = "fi_Selko"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|<[^>]+>|&nbsp;")
WORD = re.compile(r"[^\W\d_]{2,}")
# Names that are the same in the other language.
SAME = {"Kela"}
LONGEST_SENTENCE = 25


class Command(BaseCommand):
    help = "Fails when a text lacks a translation, or a translation is not whole."

    def handle(self, *args: Any, **options: Any) -> None:
        if shutil.which("xgettext") is None:
            raise CommandError("xgettext is missing: install Debian's package gettext.")
        texts = extracted()
        faults = [*too_long(texts)]
        for language in LANGUAGES:
            faults += [f"{language}: {fault}" for fault in faults_of(catalogue_of(language), texts)]
        faults += [
            f"{PLAIN}: {fault}" for fault in faults_of(catalogue_of(PLAIN), texts, whole=False)
        ]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{len(texts)} texts, whole in {' and '.join(LANGUAGES)}.")
        lengths = [length for entry in texts.values() for length, _ in sentences(entry.msgid)]
        self.stdout.write(
            f"Finnish: {sum(lengths) / len(lengths):.1f} words a sentence, at most {max(lengths)}."
        )


def catalogue_of(language: str) -> polib.POFile:
    """A language's texts, by the name of its folder."""
    return polib.pofile(settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po")


def extracted() -> dict[tuple[str, str], polib.POEntry]:
    """The texts of the code as makemessages finds them, in a copy: nothing is written here."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(
            settings.BASE_DIR / "rinnalla",
            copy / "rinnalla",
            ignore=shutil.ignore_patterns("tests", "__pycache__", "static"),
        )
        (copy / "locale").mkdir()
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", "sv", "--add-location=file"],
            cwd=copy,
            env=os.environ | {"PYTHONPATH": folder},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        found = polib.pofile(copy / "locale" / "sv" / "LC_MESSAGES" / "django.po")
        return {_key(entry): entry for entry in found}


def faults_of(
    catalogue: polib.POFile, texts: dict[tuple[str, str], polib.POEntry], *, whole: bool = True
) -> Iterator[str]:
    """What is missing, empty, uncertain, still Finnish, with other placeholders, or not in use."""
    known = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    for key, text in texts.items():
        entry = known.get(key)
        if entry is None:
            if whole:
                yield f"missing: {text.msgid!r}"
            continue
        written = list(entry.msgstr_plural.values()) or [entry.msgstr]
        if entry.fuzzy or not all(written):
            yield f"not translated: {text.msgid!r}"
        elif any(_placeholders(w) != _placeholders(text.msgid) for w in written):
            yield f"other placeholders: {text.msgid!r}"
        elif {text.msgid, text.msgid_plural} & {w for w in written if _has_words(w)} - SAME:
            yield f"still Finnish: {text.msgid!r}"
    for key in known.keys() - texts.keys():
        yield f"no longer in the code: {key[1]!r}"


def too_long(texts: dict[tuple[str, str], polib.POEntry]) -> Iterator[str]:
    """Sentences that are too long to be read at work."""
    for entry in texts.values():
        for length, sentence in sentences(entry.msgid):
            if length > LONGEST_SENTENCE:
                yield f"fi: more than {LONGEST_SENTENCE} words: {sentence!r}"


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence and how many words it has."""
    for sentence in re.split(r"[.!?:]\s", text):
        yield len(sentence.split()), sentence


def long_words(text: str, longest: int) -> tuple[int, int]:
    """How many words of the text are longer, and how many there are."""
    words = WORD.findall(PLACEHOLDER.sub("", text))
    return sum(len(word) > longest for word in words), len(words)


def _has_words(text: str) -> bool:
    return bool(WORD.search(PLACEHOLDER.sub("", text)))


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return (entry.msgctxt or "", entry.msgid)


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))
