"""How hard a Finnish text is to read, by the length of its sentences and words.

The limits are those of plain Finnish (selkokieli) and of ordinary letters to clients, as measured
on published texts: what a Swedish index calls hard is often plain in Finnish.
"""

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[.!?:;\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
LONG_WORD = 12


@dataclass(frozen=True)
class Limits:
    """What a text may have at most: words in a sentence on the average and at most, and the share
    of words of more than twelve letters."""

    mean: float
    most: int
    long: float


EASY = Limits(8, 14, 0.05)
FAIR = Limits(11, 20, 0.10)


def judged(text: str) -> str:
    """`easy`, `fair` or `hard`; nothing of a text without words."""
    sentences = [words for part in _SENTENCE.split(text) if (words := _WORD.findall(part))]
    if not sentences:
        return ""
    counts = [len(words) for words in sentences]
    words = [word for sentence in sentences for word in sentence]
    mean = len(words) / len(sentences)
    # One long word in a short text is no share.
    long = max(sum(len(word) > LONG_WORD for word in words) - 1, 0) / len(words)
    for name, limits in (("easy", EASY), ("fair", FAIR)):
        if mean <= limits.mean and max(counts) <= limits.most and long <= limits.long:
            return name
    return "hard"
