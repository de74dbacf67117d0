"""Saying what was done, with the button that undoes it."""

from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.translation import gettext as _


def say(request: HttpRequest, sentence: str, undo_url: str = "") -> None:
    """A message for the next page; it names no client, since it travels in a cookie."""
    if not undo_url:
        messages.success(request, sentence)
        return
    messages.success(
        request,
        format_html(
            '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken"'
            ' value="{}">{} <button class="link" type="submit">{}</button></form>',
            undo_url,
            get_token(request),
            sentence,
            _("Peru"),
        ),
    )
