"""Words people see for the keys of this module."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "ACCESS_NEEDS",
    "CHOICES",
    "MODERATION",
    "REASONS",
    "STATES",
    "moderation_choices",
    "state_choices",
    "text_problem_sentence",
    "vote_choices",
    "window_sentence",
]

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

ACCESS_NEEDS = {
    "open": _("You cannot take part here with this ticket."),
    "code": _("You need the code to take part here."),
    "invited": _("Only those invited can take part here."),
    "verified": _("You must be signed in to take part here."),
}

# Suggestions: the moderator can change the words.
REASONS = [
    _("It is a question, not a statement that one can agree with."),
    _("It says more than one thing. Please send them one at a time."),
    _("It is about something else than this conversation."),
    _("It is about a named person, or it is hurtful."),
    _("We do not understand it. Please say it in other words."),
]


def vote_choices() -> list[tuple[int, StrOrPromise]]:
    return list(CHOICES.items())


def moderation_choices() -> list[tuple[str, StrOrPromise]]:
    return list(MODERATION.items())


def state_choices() -> list[tuple[str, StrOrPromise]]:
    return list(STATES.items())


def window_sentence(state: str, *, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> str:
    """Why people cannot act in this window now, with the time where one is known."""
    if closes_at is not None and closes_at <= now:
        return gettext("The conversation closed on %(day)s at %(time)s.") % _when(closes_at)
    if state == "closed":
        return gettext("The conversation is closed.")
    if opens_at is not None and opens_at > now:
        return gettext("The conversation opens on %(day)s at %(time)s.") % _when(opens_at)
    return gettext("The conversation is not open yet.")


def text_problem_sentence(problem: str, *, length: int, limit: int) -> str:
    """What is wrong with the text of a statement, and what to do."""
    if problem == "empty":
        return gettext("Write a statement in words.")
    return gettext("The statement has %(length)s characters, and %(limit)s is the most. Make it shorter.") % {
        "length": length,
        "limit": limit,
    }


def _when(moment: datetime) -> dict[str, str]:
    local = timezone.localtime(moment)
    return {"day": date_format(local, pgettext("date format", "j F Y")), "time": date_format(local, "H:i")}
