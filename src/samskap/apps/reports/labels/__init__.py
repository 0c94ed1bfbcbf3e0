"""Words people see for the keys of this module. Whole sentences with numbers in them are in `sentences`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "HIDDEN",
    "REASONS",
    "SIDES",
    "SORTS",
    "VERDICTS",
    "between",
    "date_text",
    "listing",
    "number",
    "share",
    "stratum_inside",
    "stratum_label",
    "stratum_name",
    "stratum_short",
]

VERDICTS: dict[str, StrOrPromise] = {
    "agreed": gettext_lazy("Common ground"),
    "rejected": gettext_lazy("Rejected together"),
    "divisive": gettext_lazy("Divides"),
    "uncertain": gettext_lazy("Too early to tell"),
    "divided": gettext_lazy("Divided within"),
    "awaited": gettext_lazy("Needs more answers"),
    "mixed": gettext_lazy("Mixed"),
    "background": gettext_lazy("Background"),
}

REASONS: dict[str, StrOrPromise] = {
    "sides_found": gettext_lazy(
        "There are no separate groups: opinions lie on one spread. Groups A and B are its two sides."
    ),
    "too_few_people": gettext_lazy("Too few people have answered enough statements to look for groups."),
    "too_few_statements": gettext_lazy("There are too few statements with answers to look for groups."),
    "no_common_pattern": gettext_lazy("The answers follow no common pattern: there are no groups, only a spread."),
    "groups_not_stable": gettext_lazy(
        "A division into groups was tried, but it changed when some people were left out. "
        "We therefore say: no groups, only a spread."
    ),
    "groups_too_small": gettext_lazy(
        "Some people stand apart, but they are too few to be called a group: no groups, only a spread."
    ),
}

SIDES: dict[str, StrOrPromise] = {
    "agree": pgettext_lazy("vote", "Agree"),
    "disagree": pgettext_lazy("vote", "Disagree"),
    "pass": pgettext_lazy("vote", "Pass"),
}

HIDDEN: dict[str, StrOrPromise] = {
    "never": gettext_lazy("The results of this conversation are never shown."),
    "after_voting": gettext_lazy("You will see the results when you have answered all the statements."),
    "when_shown": gettext_lazy("The results are hidden until the host shows them."),
    "not_opened": gettext_lazy("The conversation has not been opened yet."),
}

SORTS: dict[str, StrOrPromise] = {
    "number": gettext_lazy("Number"),
    "agree": pgettext_lazy("vote", "Agree"),
    "disagree": pgettext_lazy("vote", "Disagree"),
    "pass": pgettext_lazy("vote", "Pass"),
    "answered": gettext_lazy("Answers"),
    "spread": gettext_lazy("Difference"),
}

_SECTOR_NAMES: dict[str, StrOrPromise] = {
    "public": gettext_lazy("Public sector"),
    "private": gettext_lazy("Private sector"),
    "voluntary": gettext_lazy("Voluntary sector"),
    "": gettext_lazy("Did not say"),
}

_SECTORS_INSIDE: dict[str, StrOrPromise] = {
    "public": gettext_lazy("the public sector"),
    "private": gettext_lazy("the private sector"),
    "voluntary": gettext_lazy("the voluntary sector"),
}


def stratum_name(kind: str, name: str) -> str:
    """The heading of a group or a sector: "Group A", "Public sector"."""
    if kind == "group":
        return _("Group %(key)s") % {"key": name}
    return str(_SECTOR_NAMES.get(name, name))


def stratum_label(kind: str, name: str, *, called: Mapping[str, str]) -> str:
    """The heading with the name that people gave the group, where there is one: "A · More hands"."""
    if kind == "everyone":
        return _("Everyone")
    if kind == "group" and name in called:
        return f"{name} · {called[name]}"
    return stratum_name(kind, name)


def stratum_inside(kind: str, name: str) -> str:
    """The same inside a sentence: "group A", "the public sector"."""
    if kind == "group":
        return _("group %(key)s") % {"key": name}
    return str(_SECTORS_INSIDE.get(name, name))


_SECTORS_SHORT: dict[str, StrOrPromise] = {
    "public": pgettext_lazy("sector", "Public"),
    "private": pgettext_lazy("sector", "Private"),
    "voluntary": pgettext_lazy("sector", "Voluntary"),
}


def stratum_short(kind: str, name: str) -> str:
    """The heading of a narrow column: "A", "Public"."""
    return name if kind == "group" else str(_SECTORS_SHORT.get(name, name))


def listing(names: list[str]) -> str:
    """The names in a row: "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def between(lower: int, upper: int) -> str:
    """Two bounds as they are written: "41–66%"."""
    return f"{lower}–{share(upper)}"


def share(percent: int) -> str:
    """A whole percentage as it is written in the reader's language."""
    return _("%(percent)d%%") % {"percent": percent}


def number(value: int) -> str:
    """A whole number, grouped as the reader's language does."""
    return number_format(value, force_grouping=True)


def date_text(day: date) -> str:
    """A date as it is written in a sentence."""
    # Translators: the form of a date, in Django's letters: "14 November 2026".
    return date_format(day, pgettext("date format", "j F Y"))
