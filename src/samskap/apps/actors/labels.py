"""Words people see for the keys of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["ROLES", "SECTORS", "role_choices", "sector_choices"]

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


def sector_choices() -> list[tuple[str, StrOrPromise]]:
    return list(SECTORS.items())


def role_choices() -> list[tuple[str, StrOrPromise]]:
    return list(ROLES.items())
