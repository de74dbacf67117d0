"""A message's words: a template's first line is the subject, the rest is the body.

Only what cannot tell anything of a client may be put into one: a day, a number, an address of ours.
"""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils import translation

# What may stand in a message: no name of a person or a service, no free text.
HARMLESS = frozenset({"day", "time", "number", "link", "code", "minutes"})


def words(template: str, language: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Subject and body of the template in the language."""
    if told := context.keys() - HARMLESS:
        raise ValueError(f"a message cannot carry {', '.join(sorted(told))}")
    with translation.override(language):
        subject, _, body = render_to_string(template, dict(context)).strip().partition("\n")
    return subject.strip(), body.strip()
