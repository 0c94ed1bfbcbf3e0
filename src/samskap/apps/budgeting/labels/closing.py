"""Sentences about closing, counting and importing, for those who run a ballot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.apps.budgeting.rules import Problem

__all__ = ["CLOSING_CURE", "REFUSED", "UNEXPECTED", "closing_sentence"]

CLOSING_CURE: dict[str, StrOrPromise] = {
    "closed_before": _("Nothing more needs to be done here."),
    "not_opened": _("Delete it if there is to be no vote."),
    "window_open": _("Close the window first, so that nobody votes meanwhile."),
    "paper_unfinished": _("Let a second person type them, or settle the differences, and close then."),
    "nobody_voted": _("Type the ballots on paper first, if there are any."),
}

UNEXPECTED: StrOrPromise = _(
    "Something unexpected stopped the count. The ballots are safe. Try again; if it stops again, tell the operator."
)
REFUSED: StrOrPromise = _("The ballots cannot be counted in this way: %(detail)s")

_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "closed_before": lambda v: gettext("The ballot is closed already."),
    "not_opened": lambda v: gettext("The ballot has not been opened, so there is nothing to close."),
    "window_open": lambda v: gettext("People can still vote in “%(window)s”.") % v,
    "paper_unfinished": lambda v: (
        ngettext(
            "%(n)s ballot on paper is typed once only, or twice with a difference.",
            "%(n)s ballots on paper are typed once only, or twice with a difference.",
            v["n"],
        )
        % v
    ),
    "nobody_voted": lambda v: gettext("Nobody has voted, so there is nothing to count."),
}


def closing_sentence(problem: Problem) -> str:
    """Why the ballot cannot be closed."""
    return _SENTENCES[problem.key](problem.values)
