"""Words people see for the keys of this module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "HALL_VIEWS",
    "KINDS",
    "OPENED",
    "REGISTRATION_STATES",
    "STATES",
    "OpenedWords",
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
    "ideas": _("Ideas on the phone"),
    "ballot": _("Vote on the phone"),
    "break": _("Break"),
}

HALL_VIEWS = {
    "join": _("How to join"),
    "slot": _("The programme"),
    "results": _("The results"),
    "figure": _("A chart"),
}

REGISTRATION_STATES = {"registered": _("Registered"), "waiting": _("On the waiting list"), "cancelled": _("Cancelled")}


@dataclass(frozen=True)
class OpenedWords:
    """What host, hall and phones say about one kind of thing that a slot opens."""

    is_open: StrOrPromise
    is_closed: StrOrPromise
    open: StrOrPromise
    close: StrOrPromise
    hall_open: StrOrPromise
    hall_closed: StrOrPromise
    opened: StrOrPromise
    closed: StrOrPromise
    still_open: StrOrPromise


OPENED = {
    "conversation": OpenedWords(
        is_open=_("The conversation is open"),
        is_closed=_("The conversation is closed"),
        open=_("Open the conversation"),
        close=_("Close the conversation"),
        hall_open=_("The conversation is open: answer on your phone now."),
        hall_closed=_("The conversation is closed. Thank you for your answers."),
        opened=_("The conversation is open. The phones follow."),
        closed=_("The conversation is closed."),
        still_open=_("The conversation of “%(title)s” is still open. Go to that slot to close it."),
    ),
    "ideas": OpenedWords(
        is_open=_("The idea round is open"),
        is_closed=_("The idea round is closed"),
        open=_("Open the idea round"),
        close=_("Close the idea round"),
        hall_open=_("The idea round is open: write and support on your phone now."),
        hall_closed=_("The idea round is closed. Thank you for your ideas."),
        opened=_("The idea round is open. The phones follow."),
        closed=_("The idea round is closed."),
        still_open=_("The idea round of “%(title)s” is still open. Go to that slot to close it."),
    ),
    "ballot": OpenedWords(
        is_open=_("The vote is open"),
        is_closed=_("The vote is not open"),
        open=_("Open the vote here"),
        close=_("Close the vote here"),
        hall_open=_("The vote is open: vote on your phone now."),
        hall_closed=_("The vote is closed here. Thank you for voting."),
        opened=_("People can vote now. The phones follow."),
        closed=_("People cannot vote here now."),
        still_open=_("The vote of “%(title)s” is still open. Go to that slot to close it."),
    ),
}


def state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(STATES.items())


def kind_choices() -> list[tuple[str, StrOrPromise]]:
    return list(KINDS.items())


def hall_view_choices() -> list[tuple[str, StrOrPromise]]:
    return list(HALL_VIEWS.items())


def registration_state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(REGISTRATION_STATES.items())
