"""In by a link and a code, out at once."""

import secrets
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from rinnalla.portal.forms import AddressForm, CodeForm
from rinnalla.portal.operations.signing import Shown, ask_link, leave, use_link
from rinnalla.portal.sending import MINUTES
from rinnalla.ui.forms import posted

BROWSER, LINK = "asked", "link"
# What the browser forgets of us; the language is kept by nobody either.
FORGET = '"cache", "cookies", "storage"'


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """One answer for a known and an unknown address: a page that asks for the code."""
    if getattr(request, "portal_actor", None):
        return redirect("portal-home")
    form = AddressForm(posted(request))
    if not form.is_valid():
        return render(request, "portal/sign_in.html", {"form": form})
    asked = ask_link(request, form.cleaned_data["address"])
    return _keep(redirect("portal-code", asked.id), BROWSER, asked.browser, request)


@login_not_required
@require_safe
def open_link(request: HttpRequest, link_id: UUID, secret: str) -> HttpResponse:
    """The link only leads to the code's page, which has no secret in its address."""
    return _keep(redirect("portal-code", link_id), LINK, secret, request)


@login_not_required
def enter_code(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """The code signs in, once; what went wrong is said in a sentence."""
    form = CodeForm(posted(request))
    if form.is_valid():
        answer = use_link(request, link_id, _shown(request, form.cleaned_data["code"]))
        if answer == "in":
            return _forget_cookies(redirect("portal-seats"))
        form.add_error("code" if answer == "wrong" else None, _sentence(answer))
    context = {"form": form, "minutes": MINUTES}
    return render(request, "portal/code.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    leave(request)
    response = redirect("portal-sign-in")
    response.headers["Clear-Site-Data"] = FORGET
    return response


@csrf_exempt
@login_not_required
@require_POST
def leave_fast(request: HttpRequest) -> HttpResponse:
    """Ends the session, whatever the form carries, and leads to a page that says nothing."""
    leave(request)
    response = redirect("portal-away")
    response.headers["Clear-Site-Data"] = FORGET
    return response


@login_not_required
@require_safe
def away(request: HttpRequest) -> HttpResponse:
    """A page with nothing of us on it."""
    return render(request, "portal/away.html")


def _keep(response: HttpResponse, name: str, value: str, request: HttpRequest) -> HttpResponse:
    response.set_cookie(
        name,
        value,
        max_age=MINUTES * 60,
        path="/oma/koodi/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _forget_cookies(response: HttpResponse) -> HttpResponse:
    for name in (BROWSER, LINK):
        response.delete_cookie(name, path="/oma/koodi/")
    return response


def _shown(request: HttpRequest, code: str) -> Shown:
    """A cookie that is missing is as good as a guess."""
    return Shown(
        request.COOKIES.get(BROWSER) or secrets.token_urlsafe(24),
        request.COOKIES.get(LINK) or secrets.token_urlsafe(24),
        code,
    )


def _sentence(answer: str) -> str:
    return {
        "wrong": _("Koodi ei ole oikea. Tarkista koodi viestistä."),
        "spent": _("Koodi oli väärin kolme kertaa. Pyydä uusi linkki."),
        "used": _("Tämä linkki on jo käytetty. Pyydä uusi linkki."),
        "late": _("Tämä linkki on vanha. Pyydä uusi linkki."),
    }[answer]
