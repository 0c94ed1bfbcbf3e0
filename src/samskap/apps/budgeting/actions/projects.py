"""The projects on a ballot: copied from initiatives or written by hand, frozen when it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.budgeting import queries, rules
from samskap.apps.budgeting.actions.ballots import held_ballot, held_draft
from samskap.apps.budgeting.models import Ballot, Project
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock
from samskap.web.jobs import enqueue

if TYPE_CHECKING:
    from samskap.apps.initiatives.queries import BallotInitiative
    from samskap.kernel.acting import Acting

__all__ = [
    "add_initiative",
    "add_project",
    "delete_project",
    "let_fall_out",
    "move_project",
    "take_back_fall",
    "update_project",
]


@transaction.atomic
def add_project(ballot: Ballot, *, by: Acting, **fields: object) -> Project:
    """Put a project at the end of the list; its key is the next free number unless `key` says another."""
    ballot = held_draft(ballot, by=by)
    projects = list(queries.projects_of(ballot))
    taken = {one.key for one in projects}
    numbers = (str(n) for n in range(len(projects) + 1, 2 * len(projects) + 2))
    place = max((one.order for one in projects), default=0) + 1
    first: dict[str, object] = {"key": next(n for n in numbers if n not in taken), "order": place}
    _check_costs(fields)
    project = Project.objects.create(ballot=ballot, **(first | fields))
    trail.record("budgeting.project_added", ballot, by=by, data={"project": project.key})
    return project


def add_initiative(ballot: Ballot, initiative: BallotInitiative, *, by: Acting) -> Project:
    """Copy an initiative onto the ballot with the cost that is left for this budget; later changes do not reach it."""
    if initiative.municipality_id != ballot.process.municipality_id:
        raise RuleError(_("That initiative belongs to another municipality."), code="initiative_foreign")
    if Project.objects.filter(ballot=ballot, initiative_id=initiative.pk).exists():
        raise RuleError(
            _("“%(title)s” is on the ballot already.") % {"title": initiative.title}, code="initiative_on_ballot"
        )
    if not initiative.has_cost:
        raise RuleError(
            _("“%(title)s” costs this budget nothing, so there is nothing to vote on.") % {"title": initiative.title},
            code="initiative_costs_nothing",
            cure=_("Write its costs first, or carry it out without a vote."),
        )
    texts = {
        code: {"title": said.get("title", ""), "text": said.get("summary", "")}
        for code, said in initiative.translations.items()
    }
    return add_project(
        ballot,
        by=by,
        initiative_id=initiative.pk,
        title=initiative.title,
        text=initiative.summary,
        language=initiative.language,
        translations={code: {k: v for k, v in said.items() if v} for code, said in texts.items()},
        cost_nok=initiative.net_cost_nok,
        full_cost_nok=initiative.full_cost_nok if initiative.full_cost_nok > initiative.net_cost_nok else None,
        sector=initiative.sector,
    )


@transaction.atomic
def update_project(project: Project, *, by: Acting, **fields: object) -> Project:
    """Change what the ballot says about it, before opening."""
    ballot = held_draft(project.ballot, by=by)
    project = lock(project)
    _check_costs({"cost_nok": project.cost_nok, "full_cost_nok": project.full_cost_nok} | fields)
    _check_needs(project, fields.get("requires"), ballot=ballot)
    for name, value in fields.items():
        setattr(project, name, value)
    project.save(update_fields=list(fields))
    trail.record("budgeting.project_changed", ballot, by=by, data={"project": project.key, "fields": sorted(fields)})
    return project


@transaction.atomic
def delete_project(project: Project, *, by: Acting) -> None:
    """Take it off the ballot, before opening."""
    ballot = held_draft(project.ballot, by=by)
    trail.record("budgeting.project_deleted", ballot, by=by, data={"project": project.key})
    project.delete()


@transaction.atomic
def move_project(project: Project, *, by: Acting, way: str) -> None:
    """Let it change places with the one above (`up`) or below (`down`) in the list; nothing happens at the ends."""
    ballot = held_draft(project.ballot, by=by)
    projects = list(queries.projects_of(ballot))
    at = next(place for place, one in enumerate(projects) if one.pk == project.pk)
    other = at - 1 if way == "up" else at + 1
    if 0 <= other < len(projects):
        projects[at], projects[other] = projects[other], projects[at]
        for place, one in enumerate(projects, start=1):
            one.order = place
        Project.objects.bulk_update(projects, ["order"])
        trail.record("budgeting.project_moved", ballot, by=by, data={"project": project.key})


@transaction.atomic
def let_fall_out(project: Project, *, by: Acting, reason: str) -> Project:
    """Mark a project that cannot be carried out after all: it stays on the list and can no longer be chosen or win.

    What was chosen before stays on those ballots; their voters can change them until closing.
    """
    ballot = held_ballot(project.ballot, by=by)
    project = lock(project)
    if ballot.state == "draft":
        raise RuleError(
            _("The ballot is not open yet."), code="ballot_draft", cure=_("Delete the project from it instead.")
        )
    if not reason.strip():
        raise RuleError(_("Say why the project falls out: voters read it."), code="reason_missing")
    if project.fell_out_at is None:
        project.fell_out_at = clock.now()
        project.fell_out_reason = reason.strip()
        project.save(update_fields=["fell_out_at", "fell_out_reason"])
        trail.record("budgeting.project_fell_out", ballot, by=by, data={"project": project.key}, public=True)
        if ballot.state == "counted":
            enqueue("budgeting.make_reserve", ballot_id=ballot.pk)
    return project


@transaction.atomic
def take_back_fall(project: Project, *, by: Acting) -> Project:
    """Let it be chosen again, before closing."""
    ballot = held_ballot(project.ballot, by=by)
    project = lock(project)
    if ballot.state != "open":
        raise RuleError(_("The ballot is closed, and nothing in it changes any more."), code="ballot_closed")
    if project.fell_out_at is not None:
        project.fell_out_at = None
        project.fell_out_reason = ""
        project.save(update_fields=["fell_out_at", "fell_out_reason"])
        trail.record("budgeting.project_back", ballot, by=by, data={"project": project.key}, public=True)
    return project


def _check_costs(fields: dict[str, object]) -> None:
    cost, full = fields.get("cost_nok"), fields.get("full_cost_nok")
    if not isinstance(cost, int) or cost <= 0:
        raise RuleError(_("A project costs at least 1 krone."), code="project_cost", cure=_("Write whole kroner."))
    if isinstance(full, int) and full < cost:
        raise RuleError(
            _("The whole price is lower than what this budget pays."),
            code="project_full_cost",
            cure=_("Leave the whole price empty where nobody else pays."),
        )


def _check_needs(project: Project, needed: object, *, ballot: Ballot) -> None:
    if not isinstance(needed, Project):
        return
    needs = {one.key: one.requires.key for one in queries.projects_of(ballot) if one.requires}
    if needed.ballot_id != ballot.pk or rules.cycle_of(needs | {project.key: needed.key}):
        raise RuleError(
            _("“%(project)s” cannot need “%(needed)s”: they would need each other in a circle.")
            % {"project": project.title, "needed": needed.title},
            code="requires_in_a_circle",
        )
