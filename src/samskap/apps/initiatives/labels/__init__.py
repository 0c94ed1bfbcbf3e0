"""Words people see for the keys of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "COMMITMENT_KINDS",
    "COMMITMENT_STATES",
    "IDEA_STATES",
    "LEVELS",
    "MODERATION",
    "OPPORTUNITY_STATES",
    "STAGES",
    "commitment_kind_choices",
    "commitment_state_choices",
    "idea_state_choices",
    "level_choices",
    "moderation_choices",
    "opportunity_state_choices",
    "stage_choices",
]

MODERATION = {
    "strict": _("Ideas are shown when a moderator has accepted them."),
    "open": _("Ideas are shown at once and can be rejected afterwards."),
}

IDEA_STATES = {
    "waiting": _("Waiting"),
    "accepted": _("Accepted"),
    "rejected": _("Rejected"),
    "merged": _("Merged into another"),
}

OPPORTUNITY_STATES = {
    "open": _("Open for partners"),
    "taken_up": _("Taken up as an initiative"),
    "set_aside": _("Set aside"),
}

STAGES = {
    "idea": _("Idea"),
    "explored": _("Explored"),
    "planned": _("Planned"),
    "pilot": _("Pilot"),
    "in_operation": _("In operation"),
    "stopped": _("Stopped"),
}

LEVELS = {1: _("Low"), 2: _("Medium"), 3: _("High")}

COMMITMENT_KINDS = {
    "money": _("Money"),
    "hours": _("Hours"),
    "premises": _("Premises"),
    "data": _("Data"),
    "skills": _("Skills"),
}

COMMITMENT_STATES = {
    "promised": _("Promised"),
    "confirmed": _("Confirmed"),
    "delivered": _("Delivered"),
    "not_delivered": _("Not delivered"),
}


def moderation_choices() -> list[tuple[str, StrOrPromise]]:
    return list(MODERATION.items())


def idea_state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(IDEA_STATES.items())


def opportunity_state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(OPPORTUNITY_STATES.items())


def stage_choices() -> list[tuple[str, StrOrPromise]]:
    return list(STAGES.items())


def level_choices() -> list[tuple[int, StrOrPromise]]:
    return list(LEVELS.items())


def commitment_kind_choices() -> list[tuple[str, StrOrPromise]]:
    return list(COMMITMENT_KINDS.items())


def commitment_state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(COMMITMENT_STATES.items())
