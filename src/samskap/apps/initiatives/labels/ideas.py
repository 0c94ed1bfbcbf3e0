"""Words people see about idea rounds and ideas."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from samskap.apps.initiatives.rules.ideas import TEXT_LIMIT, TITLE_LIMIT

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["IDEA_COLOURS", "IDEA_REASONS", "idea_problem_sentence", "idea_window_sentence", "supporters_words"]

IDEA_COLOURS = {"waiting": "warning", "accepted": "success", "rejected": "neutral", "merged": "info"}

# Suggestions: the moderator can change the words.
IDEA_REASONS: list[StrOrPromise] = [
    _("We do not understand what is to be done. Please say it in other words."),
    _("It is more than one idea. Please send them one at a time."),
    _("It is about something else than this idea round."),
    _("It is about a named person, or it is hurtful."),
    _("The municipality cannot decide this. We have passed it on to those who can."),
]


def idea_problem_sentence(problem: str, *, title: str, text: str) -> str:
    """What is wrong with the words of an idea, and what to do."""
    if problem == "no_title":
        return gettext("Say in a few words what the idea is.")
    if problem == "title_too_long":
        gaps = {"length": len(title), "limit": TITLE_LIMIT}
        return (
            gettext("The short name has %(length)s characters, and %(limit)s is the most. Say the rest below.") % gaps
        )
    gaps = {"length": len(text), "limit": TEXT_LIMIT}
    return gettext("The text has %(length)s characters, and %(limit)s is the most. Make it shorter.") % gaps


def idea_window_sentence(state: str, *, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> str:
    """Why people cannot act in this window now, with the time where one is known."""
    if closes_at is not None and closes_at <= now:
        return gettext("The idea round closed on %(day)s at %(time)s.") % _when(closes_at)
    if state == "closed":
        return gettext("The idea round is closed.")
    if opens_at is not None and opens_at > now:
        return gettext("The idea round opens on %(day)s at %(time)s.") % _when(opens_at)
    return gettext("The idea round is not open yet.")


def supporters_words(supporters: int) -> str:
    """How many people stand behind an idea."""
    return ngettext("%(n)s person supports it", "%(n)s people support it", supporters) % {"n": supporters}


def _when(moment: datetime) -> dict[str, str]:
    local = timezone.localtime(moment)
    return {"day": date_format(local, pgettext("date format", "j F Y")), "time": date_format(local, "H:i")}
