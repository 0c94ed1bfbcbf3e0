"""Preparing a ballot, joining it to windows, and opening it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.apps.budgeting import permissions, queries
from samskap.apps.budgeting.labels.opening import finding_sentence
from samskap.apps.budgeting.models import Ballot, BallotWindow, DistrictBudget, ExclusiveGroup, VoterBallot
from samskap.apps.initiatives import actions as initiatives
from samskap.apps.processes import actions as process_actions
from samskap.apps.processes import permissions as processes
from samskap.apps.trail import actions as trail
from samskap.formats.ballot_file import uncountable
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Process
    from samskap.formats.pabulib import PabulibFile

__all__ = [
    "add_exclusive_group",
    "attach_window",
    "check_countable",
    "create_ballot",
    "delete_ballot",
    "delete_exclusive_group",
    "held_ballot",
    "held_draft",
    "open_ballot",
    "set_district_budgets",
    "take_back_opening",
    "update_ballot",
]

# What may be put right while people vote: it changes neither what they choose between nor how it is counted.
_FREE = frozenset({"title", "intro", "language", "translations", "eligible", "asks_sector", "order"})


def held_ballot(ballot: Ballot, *, by: Acting) -> Ballot:
    """The ballot as it is now, held until the end, for someone who runs it."""
    ballot = lock(ballot)
    require(isinstance(by, SystemActor) or permissions.can_run_ballot(by, ballot))
    return ballot


def held_draft(ballot: Ballot, *, by: Acting) -> Ballot:
    """The same, while it is being prepared: opening freezes projects and rules."""
    ballot = held_ballot(ballot, by=by)
    if ballot.state != "draft":
        raise RuleError(
            _("The ballot has been opened, so its projects and its rules stay as they are."),
            code="ballot_opened",
            cure=_("A project that cannot be carried out can be marked as fallen out. "
                   "The opening can be taken back while nobody has voted."),
        )  # fmt: skip
    return ballot


@transaction.atomic
def create_ballot(process: Process, *, by: Acting, **fields: object) -> Ballot:
    """Start a ballot in a process; nobody sees it until it is opened."""
    require(isinstance(by, SystemActor) or processes.can_run_process(by, process))
    ballot = Ballot.objects.create(process=process, **fields)
    trail.record("budgeting.ballot_created", ballot, by=by)
    return ballot


@transaction.atomic
def update_ballot(ballot: Ballot, *, by: Acting, **fields: object) -> Ballot:
    """Change texts at any time before closing, and all the rest before opening."""
    ballot = held_ballot(ballot, by=by)
    changed = {name for name, value in fields.items() if getattr(ballot, name) != value}
    if changed - _FREE:
        held_draft(ballot, by=by)
    if ballot.state in {"closed", "counted"} and changed:
        raise RuleError(_("The ballot is closed, and nothing in it changes any more."), code="ballot_closed")
    for name in changed:
        setattr(ballot, name, fields[name])
    if changed:
        ballot.save(update_fields=sorted(changed))
        trail.record("budgeting.ballot_changed", ballot, by=by, data={"fields": sorted(changed)})
    return ballot


@transaction.atomic
def delete_ballot(ballot: Ballot, *, by: Acting) -> None:
    """Delete a ballot that was never opened."""
    ballot = held_draft(ballot, by=by)
    trail.record("budgeting.ballot_deleted", ballot.process, by=by)
    ballot.delete()


@transaction.atomic
def set_district_budgets(ballot: Ballot, *, by: Acting, budgets: Mapping[str, int]) -> Ballot:
    """Give districts or themes a part of the budget each, in place of what they had."""
    ballot = held_draft(ballot, by=by)
    DistrictBudget.objects.filter(ballot=ballot).delete()
    DistrictBudget.objects.bulk_create(
        DistrictBudget(ballot=ballot, district=name, budget_nok=amount) for name, amount in budgets.items()
    )
    trail.record("budgeting.districts_set", ballot, by=by, data={"districts": len(budgets)})
    return ballot


@transaction.atomic
def add_exclusive_group(ballot: Ballot, *, by: Acting, **fields: object) -> ExclusiveGroup:
    """Make a group of which at most one project can win; projects are put in it where they are changed."""
    ballot = held_draft(ballot, by=by)
    group = ExclusiveGroup.objects.create(ballot=ballot, **fields)
    trail.record("budgeting.group_added", ballot, by=by)
    return group


@transaction.atomic
def delete_exclusive_group(group: ExclusiveGroup, *, by: Acting) -> None:
    """Let its projects stand on their own again."""
    ballot = held_draft(group.ballot, by=by)
    trail.record("budgeting.group_deleted", ballot, by=by)
    group.delete()


@transaction.atomic
def attach_window(ballot: Ballot, activity: Activity, *, by: Acting) -> BallotWindow:
    """Let an activity of the same process open this ballot. An activity opens one thing."""
    ballot = held_ballot(ballot, by=by)
    if activity.process_id != ballot.process_id:
        raise RuleError(
            _("The activity belongs to another process than the ballot."),
            code="other_process",
            cure=_("Choose an activity of the same process."),
        )
    found = BallotWindow.objects.filter(activity_id=activity.pk, ballot=ballot).first()
    if found is not None:
        return found
    process_actions.hold_free_activity(activity)
    window = BallotWindow.objects.create(activity_id=activity.pk, ballot=ballot)
    trail.record("budgeting.window_attached", ballot, by=by, data={"activity": activity.pk})
    return window


@transaction.atomic
def open_ballot(ballot: Ballot, *, by: Acting) -> Ballot:
    """Freeze projects and rules, and let people vote in its windows. Its seed is public from here on."""
    ballot = held_ballot(ballot, by=by)
    if ballot.state != "draft":
        return ballot
    stopping = [finding for finding in queries.findings_of(ballot) if finding.stops]
    if stopping:
        raise RuleError(
            finding_sentence(stopping[0]),
            code=f"ballot_{stopping[0].key}",
            cure=_("Put it right and open the ballot again."),
        )
    check_countable(queries.file_of_projects(ballot))
    ballot.state = "open"
    ballot.opened_at = clock.now()
    ballot.save(update_fields=["state", "opened_at"])
    trail.record("budgeting.ballot_opened", ballot, by=by, data={"seed": ballot.seed}, public=True)
    path, told = reverse("budgeting:ballot", args=[ballot.pk]), {"ballot": ballot.title}
    initiatives.tell("ballot_opened", by=by, process=ballot.process, path=path, data=told)
    return ballot


def check_countable(file: PabulibFile) -> None:
    """Refuse a ballot whose rules the count would refuse: when it is opened, and again before it is sealed."""
    problem = uncountable(file)
    if problem:
        raise RuleError(
            _("The ballot cannot be counted by its rules: %(detail)s") % {"detail": problem},
            code="ballot_uncountable",
            cure=_("Change the rules or the projects before the vote is opened."),
        )


@transaction.atomic
def take_back_opening(ballot: Ballot, *, by: Acting) -> Ballot:
    """Make it a draft again, while nobody has voted."""
    ballot = held_ballot(ballot, by=by)
    if ballot.state == "draft":
        return ballot
    voted = VoterBallot.objects.filter(ballot=ballot).exists() or ballot.paper_ballots.filter(
        entries__isnull=False
    ).exists()  # fmt: skip
    if ballot.state != "open" or voted:
        raise RuleError(
            _("Somebody has voted, so the opening cannot be taken back."),
            code="ballot_has_votes",
            cure=_("Close the windows if people are not to vote now."),
        )
    ballot.state = "draft"
    ballot.opened_at = None
    ballot.save(update_fields=["state", "opened_at"])
    trail.record("budgeting.opening_taken_back", ballot, by=by, public=True)
    return ballot
