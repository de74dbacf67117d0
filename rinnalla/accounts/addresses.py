"""From where a request comes, as far as it can be trusted."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def browser_address(request: HttpRequest) -> str:
    """The browser's address: behind the proxy that ends TLS, the one that this proxy saw."""
    peer: str = request.META.get("REMOTE_ADDR", "")
    if not settings.BEHIND_TLS:
        return peer
    # What stands before the last was written by the browser itself, if it wished.
    last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return peer
