"""Texts of Django and allauth that people can meet, so that they are translated in our words and in nynorsk too.

`make messages` collects them from here. Our catalogues are read last and so win over the ones that come with Django
and allauth. A text that an upgrade rewords must be changed here: a test compares them.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

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

# What `sign_in.py` does not say in its own words.
ALLAUTH = (
    _("Invalid or expired key."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You cannot disconnect your last remaining third-party account."),
    _("Your account has no verified email address."),
    _("Your primary email address must be verified."),
)
