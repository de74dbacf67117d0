"""What is easy to read, and what is not."""

import pytest

from rinnalla.lib.readability import judged


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("", ""),
        ("Tuire varaa ajan. Hän tulee mukaasi.", "easy"),
        ("Vastuutyöntekijä soittaa.", "easy"),
        ("Tuire varaa sinulle ajan velkaneuvontaan ja tulee sinne mukaasi aamulla.", "fair"),
        (
            "Toimeentulotukihakemuksen liitteet toimitetaan viipymättä"
            " sosiaalitoimistoon maksusuunnitelman laatimista varten.",
            "hard",
        ),
        (" ".join(["sana"] * 21) + ".", "hard"),
    ],
)
def test_a_text_is_judged_by_its_sentences_and_words(text: str, level: str) -> None:
    assert judged(text) == level
