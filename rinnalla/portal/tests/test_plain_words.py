"""Texts for clients keep the limits of Finnish and of plain Finnish; a smoke alarm, no proof."""

import pytest

from rinnalla.ui.management.commands.check_texts import (
    PLAIN,
    catalogue_of,
    extracted,
    long_words,
    sentences,
)

# Pages that a worker or a visitor of the demonstration reads.
NOT_FOR_CLIENTS = (
    *("client_portal.html", "people.html", "confirm_closing.html", "enrolment.py"),
    *("record_mandate.html", "withhold_entries.html", "withholding.py"),
)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Each text that a client reads, in Finnish."""
    found = []
    for (_, text), entry in extracted().items():
        places = [place for place, _ in entry.occurrences if "rinnalla/portal/" in place]
        if any(not place.endswith(NOT_FOR_CLIENTS) for place in places):
            found.append(text)
    return found


def measured(texts: list[str]) -> tuple[float, int, float, float, int]:
    """Mean and longest sentence, LIX, share of words over 12 letters, most commas in a sentence."""
    parts = [(length, sentence) for text in texts for length, sentence in sentences(text)]
    words, count = sum(length for length, _ in parts), len(parts)
    long = [long_words(text, 6) for text in texts]
    lix = words / count + 100 * sum(n for n, _ in long) / sum(n for _, n in long)
    very = [long_words(text, 12) for text in texts]
    share = 100 * sum(n for n, _ in very) / sum(n for _, n in very)
    commas = max(sentence.count(",") for _, sentence in parts)
    return words / count, max(length for length, _ in parts), lix, share, commas


def test_finnish_for_clients(texts: list[str]) -> None:
    assert len(texts) > 60
    mean, longest, lix, share, _ = measured(texts)
    assert mean <= 11 and longest <= 20 and lix <= 60 and share <= 10, (mean, longest, lix, share)


def test_plain_finnish_for_clients(texts: list[str]) -> None:
    plain = {entry.msgid: entry.msgstr for entry in catalogue_of(PLAIN)}
    mean, longest, lix, share, commas = measured([plain.get(text, text) for text in texts])
    assert mean <= 8 and longest <= 14 and commas <= 1, (mean, longest, commas)
    assert lix <= 50 and share <= 5, (lix, share)
