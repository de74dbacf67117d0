"""The draft of a page's form, for the script of the page that keeps it and gives it back."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token

from rinnalla.access.acting import acting
from rinnalla.clients.queries import client_for
from rinnalla.drafts.operations import keep, throw_away
from rinnalla.drafts.queries import draft_of
from rinnalla.lib.errors import RuleBroken
from rinnalla.ui.dates import day_and_time

# What a form carries that nobody has written.
CARRIED = {"csrfmiddlewaretoken", "act"}
LONGEST_PAGE = 300


def draft(request: HttpRequest, client_id: UUID) -> JsonResponse:
    """GET: what was written on the page and not sent, with a token for a form that was opened
    before signing in anew. POST: keeps it, or throws it away."""
    actor = acting(request)
    client = client_for(actor, client_id)
    page = request.GET.get("page", "")[:LONGEST_PAGE]
    if request.method == "POST":
        try:
            if "throw-away" in request.GET:
                throw_away(client, page, by=actor)
            else:
                fields = [(name, values) for name, values in request.POST.lists()]
                written = [one for one in fields if one[0] not in CARRIED]
                if not page or not written:
                    return JsonResponse({}, status=422)
                keep(client, page, by=actor, content=urlencode(written, doseq=True))
        except RuleBroken as refusal:
            return JsonResponse({"sentence": str(refusal)}, status=409)
        return JsonResponse({})
    answer = {"token": get_token(request)}
    if kept := draft_of(actor, client, page):
        answer |= {"content": kept.content, "saved": day_and_time(kept.saved_at)}
    return JsonResponse(answer)
