"""The page frame's facts: who is here as what, where one can go, and what waits."""

from typing import Any

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    return {}
