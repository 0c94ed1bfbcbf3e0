"""What a voter has handed in. How one person voted is read for that person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.apps.budgeting.models import Ballot, Choice, Project, VoterBallot
from samskap.apps.budgeting.rules.choosing import Chosen, order_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.apps.processes.models import Participant

__all__ = ["ballot_count", "chosen_on", "own_ballot", "own_choices", "shuffled"]


def own_ballot(participant: Participant | None, ballot: Ballot) -> VoterBallot | None:
    """This participant's ballot, or None where they have not voted (or it is closed, and no tie is left)."""
    if participant is None:
        return None
    return VoterBallot.objects.filter(ballot=ballot, participant=participant).first()


def own_choices(voter_ballot: VoterBallot) -> list[Choice]:
    """The projects on one ballot, with their places or points: in order of preference, most points first."""
    found = Choice.objects.filter(voter_ballot=voter_ballot).select_related("project")
    return sorted(found, key=lambda one: (one.rank or 0, -(one.points or 0), one.project.order, one.project_id))


def chosen_on(voter_ballot: VoterBallot) -> tuple[Chosen, ...]:
    """The same as the rules of choosing see it."""
    return tuple(Chosen(one.project.key, rank=one.rank, points=one.points) for one in own_choices(voter_ballot))


def shuffled(projects: Sequence[Project], *, ballot: Ballot, ticket: str) -> list[Project]:
    """The projects in the order of one voter's screen (`ticket`: the key of their ticket, as 32 hexadecimal digits)."""
    by_key = {project.key: project for project in projects}
    return [by_key[key] for key in order_for(by_key, seed=ballot.seed, ticket=ticket)]


def ballot_count(ballot: Ballot) -> int:
    """Ballots that count, on all channels, blank ones too."""
    return VoterBallot.objects.filter(ballot=ballot).count()
