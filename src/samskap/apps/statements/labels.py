"""Words people see for the keys of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["CHOICES", "MODERATION", "STATES", "moderation_choices", "state_choices", "vote_choices"]

CHOICES = {
    1: pgettext_lazy("vote", "Agree"),
    0: pgettext_lazy("vote", "Pass"),
    -1: pgettext_lazy("vote", "Disagree"),
}

STATES = {
    "waiting": _("Waiting"),
    "accepted": _("Accepted"),
    "rejected": _("Rejected"),
    "merged": _("Merged into another"),
}

MODERATION = {
    "strict": _("Statements are shown when a moderator has accepted them."),
    "open": _("Statements are shown at once and can be rejected afterwards."),
}


def vote_choices() -> list[tuple[int, StrOrPromise]]:
    return list(CHOICES.items())


def moderation_choices() -> list[tuple[str, StrOrPromise]]:
    return list(MODERATION.items())


def state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(STATES.items())
