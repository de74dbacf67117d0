"""Parts that pages are built of, and filters for what people read."""

import datetime
import re
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rinnalla.ui import dates

register = template.Library()

register.filter("fi_day", dates.day)
register.filter("fi_long_day", dates.long_day)
register.filter("fi_date", dates.full_date)
register.filter("fi_short", dates.short)
register.filter("fi_weekday", dates.weekday_short)
register.filter("fi_time", dates.time)
register.filter("fi_clock", dates.clock)
register.filter("fi_datetime", dates.day_and_time)
register.filter("age", dates.years)

# U+FE0E asks for the plain glyph where a phone would draw a coloured picture.
SIGNS = {
    "late": "\u25b2\ufe0e",
    "ok": "\u2713\ufe0e",
    "hold": "\u25d4",
    "calm": "\u25cb",
    "now": "\u25cf",
}


@register.simple_tag
def tag(kind: str, word: str) -> SafeString:
    """A state told by colour, sign and word together."""
    return format_html(
        '<span class="tag {}"><span class="sign" aria-hidden="true">{}</span>{}</span>',
        kind,
        SIGNS[kind],
        word,
    )


@register.simple_tag
def draft_of(client: Any, form: Any) -> SafeString:
    """The attributes of a form whose texts are kept while they are written."""
    bound = mark_safe(" data-bound") if form.is_bound else ""
    url = reverse("keep-draft", args=[client.public_id])
    return format_html('data-autosave data-draft="{}"{}', url, bound)


@register.inclusion_tag("ui/clock.html")
def clock(title: str, days: int | None, target: int, note: str = "") -> dict[str, Any]:
    """A legal or agreed clock: days gone of the days aimed at."""
    gone = days or 0
    return {
        "title": title,
        "started": days is not None,
        "days": gone,
        "shown": min(gone, target),
        "target": target,
        "late_by": max(gone - target, 0),
        "note": re.sub(r"(?<=\d) ", "\N{NO-BREAK SPACE}", note),
    }


@register.simple_block_tag
def card(content: str, title: str = "", kind: str = "", level: int = 2) -> SafeString:
    """A box with a heading; kinds: late, now, worker, plain."""
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    return format_html('<section class="card {}">{}{}</section>', kind, heading, mark_safe(content))


@register.simple_tag
def empty(sentence: str, act: str = "", url: str = "") -> SafeString:
    """An empty state: what comes here, and the next act."""
    link = format_html(' <a class="button" href="{}">{}</a>', url, act) if act else ""
    return format_html('<div class="empty"><p>{}</p>{}</div>', sentence, link)


@register.simple_tag
def button(
    label: str, url: str = "", kind: str = "", name: str = "", value: str = "", about: object = ""
) -> SafeString:
    """A link that looks like a button when it has an address, else a submit button.

    `about` is heard, not seen: whose row the button is in.
    """
    css = f"button {kind}".strip()
    if about:
        label = format_html('{}<span class="sr-only">: {}</span>', label, about)
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', css, url, label)
    field = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html('<button class="{}" type="submit"{}>{}</button>', css, field, label)


@register.filter
def phone(number: str | None) -> SafeString:
    """A phone number in groups that never breaks over two lines."""
    return format_html('<span class="phone">{}</span>', grouped(number or ""))


@register.simple_tag
def call_link(number: str, label: str = "", kind: str = "") -> SafeString:
    """A link that calls the number; the label comes before the number."""
    text = f"{label} {grouped(number)}".strip()
    dial = re.sub(r"[^\d+]", "", number)
    css = f"phone {kind}".strip()
    return format_html('<a class="{}" href="tel:{}">{}</a>', css, dial, text)


@register.simple_tag
def masked_hetu() -> SafeString:
    """A personal identity code that is there but not shown."""
    return format_html(
        '<span class="masked"><span aria-hidden="true">••••••–••••</span>'
        '<span class="sr-only">{}</span></span>',
        _("henkilötunnus piilotettu"),
    )


@register.filter
def days_between(start: datetime.date, end: datetime.date) -> int:
    """Whole days from the first day to the second."""
    return (end - start).days


def grouped(number: str) -> str:
    """The number with non-breaking spaces: 040 123 4567."""
    number = number.strip()
    if re.fullmatch(r"0\d{9}", number):
        number = f"{number[:3]} {number[3:6]} {number[6:]}"
    elif found := re.fullmatch(r"(\+358)(\d\d)(\d{3})(\d{4})", number):
        number = " ".join(found.groups())
    return number.replace(" ", "\N{NO-BREAK SPACE}")
