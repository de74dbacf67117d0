"""The Finnish personal identity code (henkilötunnus): what is wrong with one, and what it tells."""

import re
from datetime import date
from functools import lru_cache

from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
from stdnum.fi import hetu as registry

MALFORMED = "hetu_malformed"
IMPOSSIBLE_DATE = "hetu_impossible_date"
CHECK_CHARACTER = "hetu_check_character"

_SHAPE = re.compile(r"[0-9]{6}[-+A-FU-Y](?!00[01])[0-9]{3}[0-9A-FHJ-NPR-Y]")
_CENTURIES = {"+": 1800} | dict.fromkeys("-UVWXY", 1900) | dict.fromkeys("ABCDEF", 2000)


class HetuInvalid(ValueError):
    """The text is no personal identity code; `kind` tells why."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def parse(text: str) -> str:
    """The code as it is stored; raises HetuInvalid when it cannot be one."""
    code, kind = _examine(text)
    if kind:
        raise HetuInvalid(kind)
    return code


def fault(text: str) -> str | None:
    """What is wrong with the text as a personal identity code, None when nothing is."""
    return _examine(text)[1]


@lru_cache(maxsize=65536)
def _examine(text: str) -> tuple[str, str | None]:
    # The sign is never normalised: two codes that differ by it alone are two people. The shape is
    # therefore checked before the library, which would turn a dash of another kind into "-".
    code = text.strip().upper()
    if not _SHAPE.fullmatch(code):
        return code, MALFORMED
    try:
        registry.validate(code, allow_temporary=True)
    except InvalidComponent:
        return code, IMPOSSIBLE_DATE
    except InvalidChecksum:
        return code, CHECK_CHARACTER
    except ValidationError:
        return code, MALFORMED
    return code, None


def birth_date(code: str) -> date:
    """The birth date that a valid code carries."""
    return date(_CENTURIES[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


def masked(code: str) -> str:
    """The code without its individual part, for places where the birth date is enough."""
    return f"{code[:7]}****"
