"""Who may see and do what with a ballot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.budgeting.models import Ballot, CodeBatch, VotingCode
from samskap.apps.processes import permissions as processes

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant

__all__ = ["can_run_ballot", "can_see_ballot", "can_vote", "needs_letter"]


def can_see_ballot(viewer: Any, ballot: Ballot) -> bool:
    """A ballot is as public as its process once it is opened; one that is being prepared is for those who run it."""
    if ballot.state == "draft":
        return can_run_ballot(viewer, ballot)
    return processes.can_see_process(viewer, ballot.process)


def can_run_ballot(person: Any, ballot: Ballot) -> bool:
    """May prepare it, print letters and forms, type paper ballots, close it and have it counted."""
    return processes.can_run_process(person, ballot.process)


def needs_letter(activity: Activity, ballot: Ballot) -> bool:
    """Whether one votes here with the code from a letter: only those invited, and letters are made."""
    return activity.access == "invited" and CodeBatch.objects.filter(ballot=ballot).exists()


def can_vote(participant: Participant, activity: Activity, ballot: Ballot) -> bool:
    """May vote in this window now: it is open, the ticket is strong enough, and holds a code where letters are used.

    A personal link to a gathering, or an account, is no code: each letter is one vote.
    """
    if ballot.state != "open" or not processes.can_take_part(participant, activity):
        return False
    return (
        not needs_letter(activity, ballot)
        or VotingCode.objects.filter(participant=participant, batch__ballot=ballot, voided_at__isnull=True).exists()
    )
