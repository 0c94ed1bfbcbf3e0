"""How django-allauth signs people in here: by a code in an e-mail, a passkey, or another service. No passwords.

allauth's own texts are said again in ours, so that they are in the catalogue in all three languages. It keeps no IP
address, no user agent, and of another service nothing but its `sub`: not the national identity number (`pid`) that
ID-porten sends along.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.forms import DisconnectForm
from cryptography.fernet import Fernet
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.actors import permissions
from samskap.kernel import clock

__all__ = [
    "AccountAdapter",
    "AuthenticatorCodeForm",
    "EmailCodeForm",
    "EmailForm",
    "MfaAdapter",
    "PasskeyForm",
    "PasskeyNameForm",
    "ReauthenticatorCodeForm",
    "ServiceAdapter",
    "ServiceForm",
    "StartAuthenticatorForm",
    "require_second_factor",
    "too_many_requests",
]

_WRONG_CODE = _("The code is not right. Look at it again, or get a new one.")
_TOO_MANY = _("There have been too many attempts. Wait some minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Closed to strangers: those who are invited have a Person already."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is not in use any more. Ask the facilitator."),
        "incorrect_code": _WRONG_CODE,
        "invalid_login": _("Write the e-mail address that you were invited with."),
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Not in the first minutes after a factor was added: else its own code, used up, would be asked for again."""
        since = clock.now() - timedelta(seconds=account_settings.REAUTHENTICATION_TIMEOUT)
        added = Authenticator.objects.filter(user_id=self.request.user.pk, created_at__gte=since)
        return bool(super().is_reauthentication_required(app=app)) and not added.exists()


class ServiceAdapter(DefaultSocialAccountAdapter):
    """Signing in by OpenID Connect: for people who are here already, with as little kept as can be."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "connected_other": _("That service account is already tied to another account here."),
        "invalid_token": _("The answer from the service could not be used. Try once more."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        # The first hook after the answer is parsed, and the last before allauth may store it.
        sociallogin.account.extra_data = {}
        return super().populate_user(request, sociallogin, data)


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys, authenticator apps and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _WRONG_CODE,
        "cannot_delete_authenticator": _("The authenticator app cannot be taken away now."),
        "cannot_generate_recovery_codes": _("Add a passkey or an authenticator app first."),
    }

    def get_totp_issuer(self) -> str:
        return "Samskap"

    def encrypt(self, text: str) -> str:
        """Secrets of authenticator apps and recovery codes: a stolen database alone does not give them."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 -- allauth names it so
        count = user.authenticator_set.filter(type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}


def _vault() -> Fernet:
    """The lock of the second factors, made from the secret key; with a new secret key they must be set up again."""
    key = hmac.digest(settings.SECRET_KEY.encode(), b"samskap.second-factor", "sha256")
    return Fernet(base64.urlsafe_b64encode(key))


def _field(form: forms.Form, name: str, label: Any, **attributes: str) -> None:
    """Give a field of allauth our label, and no placeholder in place of it."""
    field = form.fields[name]
    field.label = label
    field.widget.attrs = {k: v for k, v in field.widget.attrs.items() if k != "placeholder"} | attributes


class EmailForm(LoginForm):
    """Where the code goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "login", _("E-mail"))


class EmailCodeForm(ConfirmLoginCodeForm):
    """The code from the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "code", _("The code from the e-mail"), inputmode="numeric", autofocus="autofocus")


class AuthenticatorCodeForm(AuthenticateForm):
    """The second factor at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "code", _("Code from the authenticator app, or a recovery code"), inputmode="numeric")


class ReauthenticatorCodeForm(ReauthenticateForm):
    """The second factor once more, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "code", _("Code from the authenticator app, or a recovery code"), inputmode="numeric")


class StartAuthenticatorForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "code", _("Code from the authenticator app"), inputmode="numeric")


class PasskeyForm(AddWebAuthnForm):
    """A new passkey: always one that can sign in alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "name", _("Name of the passkey"))
        self.fields["name"].help_text = _("So that you know which it is, such as “My phone”.")
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True


class PasskeyNameForm(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _field(self, "name", _("Name of the passkey"))


class ServiceForm(DisconnectForm):
    """Untie a service. The code by e-mail always remains, so allauth's demand for a password is left out."""

    def clean(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def require_second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """With SAMSKAP_REQUIRE_MFA on, those in charge come no further under /work/ without a second factor."""

    def answer(request: HttpRequest) -> HttpResponse:
        if settings.SAMSKAP_REQUIRE_MFA and request.path.startswith(("/work/", "/accounts/2fa/")):
            missing = _lacks_second_factor(request.user)
            request.second_factor_missing = missing  # type: ignore[attr-defined]
            if missing and request.path.startswith("/work/"):
                return redirect("mfa_index")
        return get_response(request)

    return answer


def _lacks_second_factor(person: Any) -> bool:
    in_charge = permissions.is_staff_somewhere(person) or permissions.can_operate(person)
    return in_charge and not is_mfa_enabled(person)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: a limit on attempts was met."""
    context = {
        "status": 429,
        "title": gettext("Too many attempts"),
        "message": str(_TOO_MANY),
        "cure": gettext("If others share your network, they may have used up the attempts."),
    }
    return render(request, "web/error.html", context, status=429)
