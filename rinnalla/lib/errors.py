"""The one refusal that carries a sentence for the reader."""


class RuleBroken(Exception):
    """An act that the rules of the work do not allow; its text is shown to the person who tried."""
