"""Words people see for the keys of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["DEMO_DOMAIN", "ROLES", "ROLE_MEANINGS", "SECTORS", "role_choices", "sector_choices"]

# The persons of the demonstration: a top-level name that no mail is ever delivered to (RFC 2606).
DEMO_DOMAIN = "@demo.invalid"

SECTORS = {
    "public": _("Public sector"),
    "private": _("Private sector"),
    "voluntary": _("Voluntary sector"),
}

ROLES = {
    "leader": _("Leader"),
    "facilitator": _("Facilitator"),
    "unit_manager": _("Unit manager"),
    "partner": _("Partner"),
}

ROLE_MEANINGS = {
    "leader": _("Leads the municipality: may do everything here, and name other leaders."),
    "facilitator": _("Prepares and runs processes, conversations and gatherings."),
    "unit_manager": _("Leads a unit of the municipality and brings forward initiatives for it."),
    "partner": _("Speaks for an association, a company or a social entrepreneur."),
}


def sector_choices() -> list[tuple[str, StrOrPromise]]:
    return list(SECTORS.items())


def role_choices() -> list[tuple[str, StrOrPromise]]:
    return list(ROLES.items())
