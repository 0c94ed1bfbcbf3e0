"""Handing in a ballot, changing it, and taking it back: one short transaction each.

Locks are always taken in the order window, participant, ballot, trail: closing waits for ballots that are under way,
and no longer.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from samskap.apps.budgeting import permissions, queries, rules
from samskap.apps.budgeting.labels import choosing
from samskap.apps.budgeting.models import Ballot, BallotWindow, Choice, VoterBallot, VotingCode
from samskap.apps.processes import actions as processes
from samskap.apps.processes import queries as process_queries
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.errors import Closed, NotAllowed, RuleError
from samskap.web.acting import lock

if TYPE_CHECKING:
    from samskap.apps.budgeting.rules import Chosen
    from samskap.apps.processes.models import Activity, Participant

__all__ = ["cast_ballot", "checked_choices", "said_where", "store_choices", "withdraw_ballot", "withdraw_of"]


@transaction.atomic
def cast_ballot(
    participant: Participant,
    ballot: Ballot,
    *,
    activity: Activity,
    chosen: Sequence[Chosen],
    is_blank: bool = False,
    form_key: uuid.UUID | None = None,
) -> VoterBallot:
    """Keep this ballot, in place of an earlier one of the same participant; its receipt stays the same.

    `form_key` is made with each page: the same form sent twice is one ballot. RuleError in a sentence for each thing
    that a ballot may not hold; then the earlier ballot is kept as it was.
    """
    window = _held_window(activity, ballot=ballot)
    participant = _held_participant(participant)
    ballot = lock(ballot)
    _check_may_vote(participant, window.activity, ballot)
    own = VoterBallot.objects.select_for_update().filter(ballot=ballot, participant=participant).first()
    if own is not None and form_key is not None and own.form_key == form_key:
        return own
    chosen = checked_choices(ballot, chosen, is_blank=is_blank)
    verb = "budgeting.ballot_cast" if own is None else "budgeting.ballot_changed_by_voter"
    if own is None:
        own = VoterBallot(ballot=ballot, participant=participant, sector=participant.sector)
    own.channel = participant.channel
    own.form_key = form_key
    own.changed_at = clock.now()
    own.save()
    store_choices(own, chosen)
    trail.record(verb, ballot, by=participant)
    return own


def checked_choices(ballot: Ballot, chosen: Sequence[Chosen], *, is_blank: bool) -> Sequence[Chosen]:
    """The same choices; RuleError with a sentence for each thing that is wrong with them."""
    found = _empty_problems(ballot, chosen, is_blank=is_blank) or (
        rules.problems(chosen, offered=queries.offered_on(ballot), limits=queries.limits_of(ballot)) if chosen else []
    )
    if found:
        raise RuleError(
            " ".join(choosing.problem_sentence(one) for one in found),
            code=f"ballot_{found[0].key}",
            cure=_("Your ballot was not received."),
        )
    return chosen


def _empty_problems(ballot: Ballot, chosen: Sequence[Chosen], *, is_blank: bool) -> list[rules.Problem]:
    """A blank vote must be meant: it is said, and it is possible only where nothing need be chosen."""
    if chosen:
        return [rules.Problem("blank_with_choices")] if is_blank else []
    if ballot.min_choices:
        return [rules.Problem("nothing")]
    return [] if is_blank else [rules.Problem("nothing_or_blank")]


def store_choices(voter_ballot: VoterBallot, chosen: Sequence[Chosen]) -> None:
    """Let these be the choices on the ballot, and no others. The caller has checked them."""
    projects = {project.key: project for project in queries.projects_of(voter_ballot.ballot)}
    Choice.objects.filter(voter_ballot=voter_ballot).delete()
    Choice.objects.bulk_create(
        Choice(voter_ballot=voter_ballot, project=projects[one.key], rank=one.rank, points=one.points) for one in chosen
    )


@transaction.atomic
def withdraw_ballot(participant: Participant, ballot: Ballot, *, activity: Activity) -> bool:
    """Take one's ballot back; one can vote again until closing. Whether there was one."""
    window = _held_window(activity, ballot=ballot)
    participant = _held_participant(participant)
    ballot = lock(ballot)
    _check_may_vote(participant, window.activity, ballot)
    deleted, _each = VoterBallot.objects.filter(ballot=ballot, participant=participant).delete()
    if deleted:
        trail.record("budgeting.ballot_withdrawn", ballot, by=participant)
    return bool(deleted)


@transaction.atomic
def withdraw_of(participant: Participant) -> None:
    """What withdrawing everything takes here: the ballots that are not closed, and the hold on codes.

    The code in the letter can be used again. A closed ballot is tied to nobody, so it cannot be found and stays.
    """
    for own in VoterBallot.objects.filter(participant=participant, ballot__state="open").select_related("ballot"):
        lock(own.ballot)
        trail.record("budgeting.ballot_withdrawn", own.ballot, by=participant)
        own.delete()
    VotingCode.objects.filter(participant=participant).update(participant=None, used_at=None)


@transaction.atomic
def said_where(participant: Participant, ballot: Ballot, *, sector: str, district: str) -> Participant:
    """Keep where the voter comes from, on the ticket and on the ballot; asked once, and not saying is an answer."""
    participant = processes.say_sector(participant, sector=sector)
    ballot = lock(ballot)
    if ballot.state == "open":
        known = district if district in queries.districts_of(ballot) else ""
        VoterBallot.objects.filter(ballot=ballot, participant=participant).update(sector=sector, district=known)
    return participant


def _held_window(activity: Activity, *, ballot: Ballot) -> BallotWindow:
    """The window as it is now, held until the end."""
    found = (
        BallotWindow.objects.select_for_update(of=("activity",), no_key=True)
        .select_related("activity")
        .filter(activity_id=activity.pk, ballot_id=ballot.pk)
        .first()
    )
    if found is None:
        raise RuleError(_("This window belongs to another vote."), code="other_ballot", cure=_("Load the page again."))
    return found


def _held_participant(participant: Participant) -> Participant:
    held = type(participant)._base_manager.select_for_update().filter(pk=participant.pk).first()
    if held is None:
        raise NotAllowed(
            _("This ticket was given up."), code="ticket_given_up", cure=_("Open the page again and you get a new one.")
        )
    return held


def _check_may_vote(participant: Participant, activity: Activity, ballot: Ballot) -> None:
    if permissions.can_vote(participant, activity, ballot):
        return
    if participant.process_id != activity.process_id:
        raise NotAllowed(
            _("This ticket is not valid here."), code="ticket_not_valid", cure=_("Open the page again and vote there.")
        )
    if ballot.state != "open" or not process_queries.activity_is_open(activity):
        raise Closed(
            choosing.closed_sentence(
                ballot.state,
                closed_at=ballot.closed_at,
                window=(activity.state, activity.opens_at, activity.closes_at),
                now=clock.now(),
            ),
            cure=_("This ballot was not received. One that you handed in before is kept."),
        )
    raise NotAllowed(
        str(choosing.ACCESS_NEEDS[activity.access]), code="ticket_too_weak", cure=_("Open the page again to see how.")
    )
