"""Ballots, their projects and windows, and whether they are ready to be opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samskap.apps.budgeting import permissions
from samskap.apps.budgeting.models import Ballot, DistrictBudget, ExclusiveGroup, Project
from samskap.apps.budgeting.rules.choosing import Limits, Offered
from samskap.apps.budgeting.rules.opening import Counting, Finding, Prepared, PreparedProject, findings
from samskap.apps.processes import queries as process_queries
from samskap.kernel.errors import NotFound
from samskap.web.localised import LANGUAGES

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant, Process

__all__ = [
    "ballot_of",
    "ballots_of",
    "district_budgets_of",
    "districts_of",
    "exclusive_groups_of",
    "findings_of",
    "limits_of",
    "offered_on",
    "open_window",
    "project_on",
    "projects_of",
    "runnable_ballot",
    "themes_of",
    "visible_ballot",
    "window_for",
    "windows_of",
]


def visible_ballot(pk: int, *, viewer: Any) -> Ballot:
    """The ballot, or `NotFound` where it does not exist or this viewer may not see it."""
    found = Ballot.objects.select_related("process__municipality").filter(pk=pk).first()
    if found is None or not permissions.can_see_ballot(viewer, found):
        raise NotFound(_("There is no such vote here."), cure=_("Check the address, or ask the host for it."))
    return found


def runnable_ballot(pk: int, *, viewer: Any) -> Ballot:
    """The ballot, for someone who runs it; `NotFound` for everybody else."""
    found = Ballot.objects.select_related("process__municipality").filter(pk=pk).first()
    if found is None or not permissions.can_run_ballot(viewer, found):
        raise NotFound(_("There is no such vote here."), cure=_("Sign in with an account that runs it."))
    return found


def ballots_of(process: Process) -> QuerySet[Ballot]:
    """The ballots of a process, in their order."""
    return Ballot.objects.filter(process=process)


def ballot_of(activity: Activity) -> Ballot | None:
    """The ballot that this activity opens, or None where it opens something else."""
    return Ballot.objects.select_related("process__municipality").filter(windows__activity_id=activity.pk).first()


def projects_of(ballot: Ballot) -> QuerySet[Project]:
    """The projects in the order of the list, also those that fell out."""
    return Project.objects.filter(ballot=ballot).select_related("exclusive_group", "requires")


def project_on(ballot: Ballot, pk: int) -> Project:
    """One project of this ballot, or `NotFound`."""
    found = projects_of(ballot).filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such project on this ballot."), cure=_("Load the page again."))
    found.ballot = ballot
    return found


def offered_on(ballot: Ballot) -> dict[str, Offered]:
    """The projects by key, as the rules of choosing see them."""
    return {
        one.key: Offered(one.said.title, one.cost_nok, is_out=one.fell_out_at is not None)
        for one in projects_of(ballot)
    }


def limits_of(ballot: Ballot) -> Limits:
    """What the ballot allows."""
    return Limits(
        kind=ballot.kind,
        budget_nok=ballot.budget_nok,
        least=ballot.min_choices,
        most=ballot.max_choices,
        points=ballot.points,
        points_a_project=ballot.points_a_project,
    )


def themes_of(projects: Sequence[Project]) -> list[str]:
    """The themes that occur, in the order of the alphabet."""
    return sorted({one.theme for one in projects if one.theme})


def districts_of(ballot: Ballot) -> list[str]:
    """The districts that have a budget or a project, for the question where a voter lives."""
    named = set(DistrictBudget.objects.filter(ballot=ballot).values_list("district", flat=True))
    used = Project.objects.filter(ballot=ballot).exclude(district="").values_list("district", flat=True)
    return sorted(named | set(used))


def district_budgets_of(ballot: Ballot) -> dict[str, int]:
    """Kroner by district or theme."""
    return dict(DistrictBudget.objects.filter(ballot=ballot).values_list("district", "budget_nok"))


def exclusive_groups_of(ballot: Ballot) -> list[ExclusiveGroup]:
    """Groups of projects of which at most one can win, each with its projects."""
    return list(ExclusiveGroup.objects.filter(ballot=ballot).prefetch_related("projects"))


def findings_of(ballot: Ballot) -> list[Finding]:
    """What must be put right before opening, and then what is worth looking at."""
    prepared = Prepared(
        limits=limits_of(ballot),
        counting=Counting(ballot.rule, ballot.satisfaction, ballot.completion, ballot.tie_break, ballot.seed),
        projects=[_prepared(one) for one in projects_of(ballot)],
        districts=district_budgets_of(ballot),
        languages=_languages(ballot, "title"),
        has_window=ballot.windows.exists(),
        knows_eligible=ballot.eligible is not None,
    )
    return findings(prepared, all_languages=[code for code, _name in LANGUAGES])


def _prepared(project: Project) -> PreparedProject:
    return PreparedProject(
        key=project.key,
        title=project.said.title,
        cost_nok=project.cost_nok,
        district=project.district,
        requires=project.requires.key if project.requires else "",
        group=project.exclusive_group_id,
        languages=_languages(project, "title"),
        has_text=bool(project.text),
    )


def _languages(thing: Ballot | Project, field: str) -> frozenset[str]:
    return frozenset({thing.language} | {code for code, said in thing.translations.items() if said.get(field)})


def windows_of(ballot: Ballot) -> list[Activity]:
    """The activities that open this ballot, in their order."""
    return [window.activity for window in ballot.windows.select_related("activity")]


def open_window(ballot: Ballot) -> Activity | None:
    """The first window of an open ballot that is open now, or None."""
    if ballot.state != "open":
        return None
    return next((window for window in windows_of(ballot) if process_queries.activity_is_open(window)), None)


def window_for(ballot: Ballot, windows: Sequence[Activity], *, participant: Participant | None) -> Activity | None:
    """Of these windows, the open one that this participant may vote in; else the first open one; else None."""
    if ballot.state != "open":
        return None
    open_ones = [window for window in windows if process_queries.activity_is_open(window)]
    if participant is None:
        return next((w for w in open_ones if w.access == "open"), next(iter(open_ones), None))
    mine = (w for w in open_ones if permissions.can_vote(participant, w, ballot))
    return next(mine, next(iter(open_ones), None))
