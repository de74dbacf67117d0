"""Signing in and out, and one's password."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rinnalla.accounts.events import (
    PASSWORD_CHANGED,
    SIGN_IN_FAILED,
    SIGNED_IN,
    SIGNED_OUT,
    record_account,
)
from rinnalla.accounts.forms import NewPasswordForm, SignInForm


def stamp(request: HttpRequest) -> None:
    """Begins the absolute limit of the session."""
    request.session["signed_in_at"] = datetime.now(UTC).timestamp()


@method_decorator(login_not_required, name="dispatch")
class SignIn(auth.LoginView):
    """A name and a password; the session gets a new key, its idle and its absolute limit."""

    template_name = "accounts/sign_in.html"
    extra_context = {"demonstration": settings.DEMONSTRATION}
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        stamp(self.request)
        record_account(SIGNED_IN, form.get_user().pk)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        record_account(SIGN_IN_FAILED, None)
        return super().form_invalid(form)


class ChangePassword(auth.PasswordChangeView):
    """One's own password; other sessions of the account end."""

    template_name = "accounts/password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        record_account(PASSWORD_CHANGED, self.request.user.pk)
        messages.success(self.request, _("Salasana on vaihdettu."))
        return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    record_account(SIGNED_OUT, request.user.pk)
    logout(request)
    messages.success(request, _("Olet kirjautunut ulos."))
    return redirect("sign-in")
