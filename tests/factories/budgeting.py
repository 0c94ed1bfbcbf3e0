"""Ballots for tests: `make_ballot(projects=3, window="open")` is one that people can vote on now."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from tests.factories import make_activity, make_participant, make_process

from samskap.apps.budgeting.models import (
    Ballot,
    BallotWindow,
    Choice,
    CodeBatch,
    PaperBallot,
    PaperEntry,
    Project,
    VoterBallot,
)
from samskap.apps.processes.models import Activity, Participant, Process
from samskap.kernel import clock

__all__ = [
    "make_ballot",
    "make_ballot_window",
    "make_batch",
    "make_paper",
    "make_paper_entry",
    "make_project",
    "make_voter_ballot",
]

_count = itertools.count(1)


def make_ballot(
    *, process: Process | None = None, projects: int | Sequence[int] = 0, window: str = "", **fields: Any
) -> Ballot:
    """A ballot with a budget of 1,000,000 kr and so many projects (or projects of these costs).

    It is open where it has a `window` (named by its state) and nothing else is said, else being prepared.
    """
    fields.setdefault("title", f"Avstemning {next(_count)}")
    fields.setdefault("budget_nok", 1_000_000)
    fields.setdefault("state", "open" if window else "draft")
    fields.setdefault("opened_at", None if fields["state"] == "draft" else clock.now())
    fields.setdefault("seed", "5eed")
    ballot = Ballot.objects.create(process=process or make_process(), **fields)
    costs = [100_000 * (place + 1) for place in range(projects)] if isinstance(projects, int) else projects
    for cost in costs:
        make_project(ballot, cost_nok=cost)
    if window:
        make_ballot_window(ballot, state=window)
    return ballot


def make_project(ballot: Ballot | None = None, **fields: Any) -> Project:
    """A project with the next number as its key."""
    ballot = ballot or make_ballot()
    place = ballot.projects.count() + 1
    fields = {"key": str(place), "title": f"Prosjekt {place}", "cost_nok": 100_000, "order": place} | fields
    return Project.objects.create(ballot=ballot, **fields)


def make_ballot_window(ballot: Ballot, *, activity: Activity | None = None, **fields: Any) -> Activity:
    """The activity that opens a ballot, open now unless told otherwise."""
    activity = activity or make_activity(process=ballot.process, **fields)
    BallotWindow.objects.create(activity=activity, ballot=ballot)
    return activity


def make_voter_ballot(
    ballot: Ballot,
    chosen: Sequence[str] | Mapping[str, int] = (),
    *,
    participant: Participant | None = None,
    tied: bool = True,
    **fields: Any,
) -> VoterBallot:
    """A stored ballot, past every rule: keys of projects in order of preference, or points by key.

    `tied=False` is one without a participant, as on paper or after closing.
    """
    if tied and participant is None:
        participant = make_participant(ballot.process)
    fields.setdefault("channel", participant.channel if participant else "paper")
    voter_ballot = VoterBallot.objects.create(ballot=ballot, participant=participant, **fields)
    projects = {project.key: project for project in ballot.projects.all()}
    for place, key in enumerate(chosen, start=1):
        Choice.objects.create(
            voter_ballot=voter_ballot,
            project=projects[key],
            rank=place if ballot.kind == "ranking" else None,
            points=chosen[key] if isinstance(chosen, Mapping) else None,
        )
    return voter_ballot


def make_batch(ballot: Ballot | None = None, **fields: Any) -> CodeBatch:
    """Letters that are planned; they get their codes when they are printed."""
    return CodeBatch.objects.create(
        ballot=ballot or make_ballot(), **({"title": f"Brev {next(_count)}", "size": 3} | fields)
    )


def make_paper(ballot: Ballot | None = None, **fields: Any) -> PaperBallot:
    """A ballot on paper with the next number, that nobody has typed."""
    ballot = ballot or make_ballot()
    return PaperBallot.objects.create(ballot=ballot, **({"number": ballot.paper_ballots.count() + 1} | fields))


def make_paper_entry(paper: PaperBallot, chosen: Sequence[str] = (), **fields: Any) -> PaperEntry:
    """What one person read on it: keys of projects."""
    return PaperEntry.objects.create(paper=paper, choices=[[key, None] for key in chosen], **fields)
