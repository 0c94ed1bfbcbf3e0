"""Words people see for the keys of this module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "CHANNELS",
    "PURPOSES",
    "STORY_STATES",
    "TOLD_BY",
    "channel_choices",
    "purpose_choices",
    "story_state_choices",
    "told_by_choices",
]

STORY_STATES = {
    "waiting": _("Waiting"),
    "accepted": _("Accepted"),
    "rejected": _("Rejected"),
    "withdrawn": _("Withdrawn"),
}

TOLD_BY = {
    "self": _("The teller"),
    "on_behalf": _("Somebody who writes for the teller"),
}

# What a story may be used for, and where. A consent is to one purpose in one channel.
PURPOSES = {
    "show": _("Show what the initiative means to people"),
    "learn": _("Let other municipalities learn from it"),
}

CHANNELS = {
    "web": _("These pages"),
    "report": _("Reports and print"),
    "open_data": _("Open data"),
    "package": _("Experience packages for other municipalities"),
}


def story_state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(STORY_STATES.items())


def told_by_choices() -> list[tuple[str, StrOrPromise]]:
    return list(TOLD_BY.items())


def purpose_choices() -> list[tuple[str, StrOrPromise]]:
    return list(PURPOSES.items())


def channel_choices() -> list[tuple[str, StrOrPromise]]:
    return list(CHANNELS.items())
