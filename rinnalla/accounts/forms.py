"""Signing in and changing one's password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """One and the same answer for an unknown name, a wrong password and a closed account."""

    error_messages = {
        "invalid_login": _(
            "Tunnus tai salasana on väärin. Tarkista kirjoitusasu ja yritä uudelleen."
        ),
        "inactive": _("Tunnus tai salasana on väärin. Tarkista kirjoitusasu ja yritä uudelleen."),
    }
    username = forms.CharField(
        label=_("Käyttäjätunnus"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Salasana"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    old_password = forms.CharField(
        label=_("Nykyinen salasana"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password1 = forms.CharField(
        label=_("Uusi salasana"),
        strip=False,
        help_text=_("Vähintään 15 merkkiä. Pitkä lause on hyvä salasana."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    new_password2 = forms.CharField(
        label=_("Uusi salasana toisen kerran"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def set_password_and_save(
        self, user: Any, password_field_name: str = "new_password1", commit: bool = True
    ) -> Any:
        """Saves the password alone: the application may change nothing else of an account."""
        user.set_password(self.cleaned_data[password_field_name])
        if commit:
            user.save(update_fields=["password"])
        return user
