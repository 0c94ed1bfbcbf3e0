"""What the check before opening tells those who prepare a ballot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from samskap.web.localised import LANGUAGES
from samskap.web.money import kroner

if TYPE_CHECKING:
    from samskap.apps.budgeting.rules.opening import Finding

__all__ = ["finding_sentence"]

_FINDINGS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "few_projects": lambda v: gettext("A ballot needs at least two projects to choose between."),
    "districts_over_budget": lambda v: (
        gettext("The districts and themes have %(given)s in all, and the budget is %(budget)s.") % v
    ),
    "budget_below_cheapest": lambda v: (
        gettext("The budget is %(budget)s, and the cheapest project costs %(cheapest)s: nothing could win.") % v
    ),
    "dearer_than_budget": lambda v: (
        gettext("“%(project)s” costs %(cost)s, more than the whole budget of %(budget)s.") % v
    ),
    "dearer_than_district": lambda v: (
        gettext("“%(project)s” costs %(cost)s, and %(district)s has %(budget)s.") % v
    ),
    "dearer_than_rest": lambda v: (
        gettext("“%(project)s” costs %(cost)s, and %(budget)s is left when the districts and themes have theirs.") % v
    ),
    "least_above_projects": lambda v: (
        gettext("Voters must choose at least %(least)s projects, and there are %(n)s.") % v
    ),
    "least_above_points": lambda v: (
        gettext("Voters must give points to at least %(least)s projects and have %(points)s points.") % v
    ),
    "least_above_budget": lambda v: (
        gettext("Voters must choose at least %(least)s projects, and even the cheapest cost more than the budget.") % v
    ),
    "satisfaction_does_not_fit": lambda v: (
        gettext("The way of measuring what a voter gets does not go with this kind of ballot.")
    ),
    "completion_does_not_fit": lambda v: (
        gettext("The way of using what is left does not go with this rule.")
    ),
    "no_seed": lambda v: gettext("A lottery needs a seed that is public before the vote."),
    "requires_in_a_circle": lambda v: gettext("These projects need each other in a circle: %(projects)s.") % v,
    "requires_its_rival": lambda v: (
        gettext("“%(project)s” needs “%(other)s”, and at most one of the two can win.") % v
    ),
    "not_translated": lambda v: (
        ngettext(
            "%(n)s text is missing in %(language)s. The original is shown instead.",
            "%(n)s texts are missing in %(language)s. The originals are shown instead.",
            v["n"],
        )
        % v
    ),
    "no_text": lambda v: (
        ngettext(
            "%(n)s project has no description.", "%(n)s projects have no description.", v["n"]
        )
        % v
    ),
    "lonely_group": lambda v: gettext("A group of projects that exclude each other has only one project."),
    "empty_district": lambda v: gettext("%(district)s has a budget, and no project belongs there.") % v,
    "last_is_worth_nothing": lambda v: gettext(
        "Counted by the place, the project that is last on a ballot is worth nothing to its voter. Whoever ranks only "
        "one is counted as if the ballot were blank: let voters rank at least two."
    ),
    "no_window": lambda v: gettext("There is no window yet, so nobody can vote online."),
    "no_eligible": lambda v: gettext("It is not said how many can vote, so the turnout has no share."),
}  # fmt: skip


def finding_sentence(finding: Finding) -> str:
    """What was found, in a sentence."""
    return _FINDINGS[finding.key]({name: _said(name, value) for name, value in finding.values.items()})


def _said(name: str, value: Any) -> Any:
    if name in {"budget", "cost", "given", "cheapest"}:
        return kroner(value)
    if name == "language":
        return dict(LANGUAGES)[value]
    return ", ".join(f"“{title}”" for title in value) if name == "projects" else value
