"""Texts of Django and allauth that people can meet, so that they are translated in our words and in nynorsk too.

`make messages` collects them from here. Our catalogues are read last and so win over the ones that come with Django
and allauth. A text that an upgrade rewords must be changed here: a test compares them.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

__all__ = ["ALLAUTH", "DJANGO"]

DJANGO = (
    _("This field is required."),
    _("Enter a valid email address."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid value."),
    _("Enter a valid URL."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Null characters are not allowed."),
    _("No file was submitted."),
    _("The submitted file is empty."),
    _("%(model_name)s with this %(field_label)s already exists."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)

ALLAUTH = (
    _("A sign-in code has been sent to %(recipient)s."),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("Authenticator code"),
    _("Be patient, you are sending too many requests."),
    _("Code"),
    _("Confirmation email sent to %(email)s."),
    _("Email"),
    _("Email address"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional "
        "requirements such as biometrics or PIN protection."
    ),
    _("Incorrect code."),
    _("Invalid login."),
    _("Invalid or expired key."),
    _("Invalid token."),
    _("Key nr. {number}"),
    _("Master key"),
    _("Backup key"),
    _("Passwordless"),
    _("Primary email address set."),
    _("Remember Me"),
    _("Removed email address %(email)s."),
    _("Security key added."),
    _("Security key removed."),
    _("Successfully signed in as %(name)s."),
    _("The email address is not assigned to any user account."),
    _("The third-party account has been connected."),
    _("The third-party account has been disconnected."),
    _("The third-party account is already connected to a different account."),
    _("This account is currently inactive."),
    _("Too many failed login attempts. Try again later."),
    _("Unable to confirm %(email)s because it is already confirmed by a different account."),
    _("Use a security key"),
    _("Use authenticator app or code"),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot disconnect your last remaining third-party account."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("You have confirmed %(email)s."),
    _("You have signed out."),
    _("Your account has no verified email address."),
    _("Your primary email address must be verified."),
    pgettext_lazy("field label", "Login"),
)
