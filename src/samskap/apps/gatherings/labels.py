"""Words people see for the keys of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "HALL_VIEWS",
    "KINDS",
    "REGISTRATION_STATES",
    "STATES",
    "hall_view_choices",
    "kind_choices",
    "registration_state_choices",
    "state_choices",
]

STATES = {"planned": _("Planned"), "open": _("Open"), "ended": _("Ended")}

KINDS = {
    "talk": _("Talk"),
    "discussion": _("Discussion at the tables"),
    "conversation": _("Conversation on the phone"),
    "break": _("Break"),
}

HALL_VIEWS = {
    "join": _("How to join"),
    "slot": _("The programme"),
    "results": _("The results"),
    "figure": _("A chart"),
}

REGISTRATION_STATES = {"registered": _("Registered"), "waiting": _("On the waiting list"), "cancelled": _("Cancelled")}


def state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(STATES.items())


def kind_choices() -> list[tuple[str, StrOrPromise]]:
    return list(KINDS.items())


def hall_view_choices() -> list[tuple[str, StrOrPromise]]:
    return list(HALL_VIEWS.items())


def registration_state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(REGISTRATION_STATES.items())
