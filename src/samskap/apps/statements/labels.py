"""Words people see for the keys of this module."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samskap.apps.actors.labels import SECTORS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "ACCESS_NEEDS",
    "CHOICES",
    "GUARDS",
    "MODERATION",
    "REASONS",
    "STATES",
    "WHY_ASKED",
    "asked_of",
    "guard_people",
    "guard_sentence",
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

# Kind of odd votes: its name, and what it means.
GUARDS = {
    "duplicates": (
        _("Look copied"),
        _("Two or more people whose answers to many statements are the same, far beyond what shared opinions explain."),
    ),
    "coordinated": (
        _("Look coordinated"),
        _("Five or more people who gave the same answers to a few statements, and answered little else."),
    ),
    "careless": (
        _("Look careless"),
        _("People who gave nearly always the same answer, or whose answers do not fit together."),
    ),
}

# No numbers: what a sector has answered below five is not told.
WHY_ASKED = {
    "new": _("Fewer than five people have answered it."),
    "unheard": _("Fewer than five of them have answered it."),
    "agreed": _("Their answers can settle whether it is common ground."),
    "rejected": _("Their answers can settle whether it is common ground."),
    "divides": _("Their answers can settle whether it divides people."),
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


def guard_people(flagged: int | None) -> str:
    """How many people, in words; None is one to four of them."""
    if flagged is None:
        return gettext("Fewer than five people")
    return ngettext("%(n)s person", "%(n)s people", flagged) % {"n": flagged}


def guard_sentence(kind: str, *, flagged: int | None, changed: int) -> str:
    """How many votes look odd in this way, and what they do to the common ground."""
    few = flagged is None
    sentences = {
        "duplicates": gettext("The votes of fewer than five people look copied.")
        if few
        else gettext("The votes of %(n)s people look copied."),
        "coordinated": gettext("The votes of fewer than five people look coordinated.")
        if few
        else gettext("The votes of %(n)s people look coordinated."),
        "careless": gettext("The votes of fewer than five people look careless.")
        if few
        else gettext("The votes of %(n)s people look careless."),
    }
    effect = (
        ngettext(
            "They count like all others; without them %(n)s statement would enter or leave the common ground.",
            "They count like all others; without them %(n)s statements would enter or leave the common ground.",
            changed,
        )
        if changed
        else gettext("They count like all others; without them the common ground would be the same.")
    )
    return f"{sentences[kind] % {'n': flagged}} {effect % {'n': changed}}"


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


def asked_of(kind: str, name: str) -> StrOrPromise:
    """Whom a statement is asked of: a sector, a group by its letter, or everybody."""
    if kind == "sector":
        return SECTORS[name]
    return gettext("Group %(key)s") % {"key": name} if kind == "group" else gettext("Everybody")
