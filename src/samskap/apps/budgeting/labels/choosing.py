"""What voters are told about their ballot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from samskap.web.money import kroner

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from samskap.apps.budgeting.rules.choosing import Limits, Problem

__all__ = ["ACCESS_NEEDS", "choice_words", "closed_sentence", "limits_sentence", "moment", "problem_sentence"]

ACCESS_NEEDS: dict[str, StrOrPromise] = {
    "open": _("You cannot vote here with this ticket."),
    "code": _("You need the code to vote here."),
    "invited": _("You need the code from your letter to vote here."),
    "verified": _("You must be signed in to vote here."),
}

_PROBLEMS: dict[str, Callable[[Mapping[str, object]], str]] = {
    "unknown": lambda v: gettext("The ballot has no project “%(project)s”.") % v,
    "repeated": lambda v: gettext("“%(project)s” is chosen twice.") % v,
    "fallen_out": lambda v: gettext("“%(project)s” has fallen out and can no longer be chosen.") % v,
    "too_many": lambda v: (
        ngettext(
            "Choose at most %(most)s project. You have chosen %(n)s.",
            "Choose at most %(most)s projects. You have chosen %(n)s.",
            _number(v["most"]),
        )
        % v
    ),
    "too_few": lambda v: (
        ngettext(
            "Choose at least %(least)s project. You have chosen %(n)s.",
            "Choose at least %(least)s projects. You have chosen %(n)s.",
            _number(v["least"]),
        )
        % v
    ),
    "nothing": lambda v: gettext("You have chosen nothing."),
    "nothing_or_blank": lambda v: gettext("You have chosen nothing. Choose a project, or press “Vote blank”."),
    "blank_with_choices": lambda v: gettext("A blank vote has no projects, and you have chosen some."),
    "no_place": lambda v: gettext("A project is chosen without a place."),
    "equal_places": lambda v: (
        gettext("“%(one)s” and “%(other)s” both have place %(place)s. Give each a place of its own.") % v
    ),
    "gap": lambda v: gettext("The places must run from 1 without a gap."),
    "no_points": lambda v: gettext("A project is chosen without points. Points are whole numbers above 0."),
    "over_a_project": lambda v: (
        gettext("You have given “%(project)s” %(points)s points, and %(most)s is the most for one project.") % v
    ),
    "over_points": lambda v: gettext("You have given %(points)s points, and you have %(most)s.") % v,
    "over_budget": lambda v: (
        gettext("Your projects cost %(cost)s, which is %(over)s more than the budget of %(budget)s.") % _in_kroner(v)
    ),
}


def problem_sentence(problem: Problem) -> str:
    """What is wrong with a ballot, in one or two sentences."""
    return _PROBLEMS[problem.key](problem.values)


def limits_sentence(limits: Limits) -> str:
    """What one is to do on this ballot."""
    said = {"approval": _choose, "ranking": _rank, "points": _share_out, "knapsack": _fill}[limits.kind](limits)
    if limits.least > 1:
        said += " " + gettext("Choose at least %(n)s.") % {"n": limits.least}
    return said


def _choose(limits: Limits) -> str:
    if limits.most is None:
        return gettext("Choose all the projects you want.")
    return ngettext("Choose %(n)s project.", "Choose up to %(n)s projects.", limits.most) % {"n": limits.most}


def _rank(limits: Limits) -> str:
    if limits.most is None:
        return gettext("Put the projects you want in order, the one you want most first.")
    return gettext("Put up to %(n)s projects in order, the one you want most first.") % {"n": limits.most}


def _share_out(limits: Limits) -> str:
    said = gettext("You have %(n)s points. Give the most to what you want most.") % {"n": limits.points}
    if limits.points_a_project is not None:
        said += " " + gettext("One project can get at most %(n)s.") % {"n": limits.points_a_project}
    if limits.most is not None:
        said += " " + gettext("At most %(n)s projects can get points.") % {"n": limits.most}
    return said


def _fill(limits: Limits) -> str:
    said = gettext("Choose the projects you want within the budget of %(budget)s.") % {
        "budget": kroner(limits.budget_nok)
    }
    return said + (" " + gettext("Choose at most %(n)s.") % {"n": limits.most} if limits.most is not None else "")


def choice_words(kind: str, value: int | None) -> str:
    """What a voter did with one project: chose it, gave it a place, or gave it points."""
    if value is None:
        return gettext("Chosen")
    if kind == "ranking":
        return gettext("Place %(n)s") % {"n": value}
    return ngettext("%(n)s point", "%(n)s points", value) % {"n": value}


def closed_sentence(
    ballot_state: str,
    *,
    closed_at: datetime | None,
    window: tuple[str, datetime | None, datetime | None] | None,
    now: datetime,
) -> str:
    """Why nobody can vote now, with the time where one is known. `window`: state, opens and closes at."""
    if ballot_state in {"closed", "counted"}:
        return gettext("The vote closed on %(day)s at %(time)s.") % moment(closed_at or now)
    state, opens_at, closes_at = window or ("planned", None, None)
    if closes_at is not None and closes_at <= now:
        return gettext("The vote closed on %(day)s at %(time)s.") % moment(closes_at)
    if opens_at is not None and opens_at > now and state != "closed":
        return gettext("The vote opens on %(day)s at %(time)s.") % moment(opens_at)
    if state == "closed":
        return gettext("The vote is closed.")
    return gettext("The vote is not open yet.")


def moment(at: datetime) -> dict[str, str]:
    """A day and a time, for sentences with the gaps `day` and `time`."""
    local = timezone.localtime(at)
    return {"day": date_format(local, pgettext("date format", "j F Y")), "time": date_format(local, "H:i")}


def _in_kroner(values: Mapping[str, object]) -> dict[str, str]:
    return {name: kroner(_number(amount)) for name, amount in values.items()}


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
