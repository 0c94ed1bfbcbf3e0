"""Standing behind ideas, and taking it back: one short transaction each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samskap.apps.initiatives.labels.ideas import idea_window_sentence
from samskap.apps.initiatives.models import Idea, IdeaSupport, IdeaWindow
from samskap.apps.processes import permissions as processes
from samskap.apps.processes import queries as process_queries
from samskap.apps.statements.actions.votes import held_participant
from samskap.apps.statements.labels import ACCESS_NEEDS
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.errors import Closed, NotAllowed, RuleError
from samskap.web.acting import lock

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant

__all__ = ["check_may_act", "held_window", "support_idea", "undo_support"]


@transaction.atomic
def support_idea(participant: Participant, idea: Idea, *, activity: Activity, channel: str = "") -> IdeaSupport:
    """Stand behind an idea: one person once, however often it is pressed.

    An idea that was merged meanwhile passes the support on to the one that was kept.
    """
    window = held_window(activity, idea_round_id=idea.idea_round_id)
    participant = held_participant(participant)
    check_may_act(participant, window.activity)
    idea = _kept(lock(idea))
    if idea.author_id == participant.pk:
        raise RuleError(
            _("This is your own idea."),
            code="own_idea",
            cure=_("You stand behind it already. Support those of others."),
        )
    found = _own_supports(participant, idea).first()
    if found is not None:
        return found
    support = IdeaSupport.objects.create(idea=idea, participant=participant, channel=channel or participant.channel)
    trail.record("initiatives.idea_supported", window.idea_round, by=participant)
    return support


@transaction.atomic
def undo_support(participant: Participant, idea: Idea, *, activity: Activity) -> None:
    """Take the support back, also where it was given to an idea that is merged into this one."""
    window = held_window(activity, idea_round_id=idea.idea_round_id)
    participant = held_participant(participant)
    check_may_act(participant, window.activity)
    idea = lock(idea)
    if _own_supports(participant, idea.merged_into or idea).delete()[0]:
        trail.record("initiatives.support_undone", window.idea_round, by=participant)


def held_window(activity: Activity, *, idea_round_id: int) -> IdeaWindow:
    """The window as it is now, held until the end: closing waits for what is under way, and no longer."""
    found = (
        IdeaWindow.objects.select_for_update(of=("activity",), no_key=True)
        .select_related("activity", "idea_round__process__municipality")
        .filter(activity_id=activity.pk, idea_round_id=idea_round_id)
        .first()
    )
    if found is None:
        raise RuleError(
            _("This idea belongs to another idea round."), code="other_idea_round", cure=_("Load the page again.")
        )
    return found


def check_may_act(participant: Participant, activity: Activity) -> None:
    """Stop where this ticket may not act in this window now, with a sentence that says why."""
    if processes.can_take_part(participant, activity):
        return
    if participant.process_id != activity.process_id:
        raise NotAllowed(
            _("This ticket is not valid here."), code="ticket_not_valid", cure=_("Open the page again and try there.")
        )
    if not process_queries.activity_is_open(activity):
        raise Closed(
            idea_window_sentence(
                activity.state, opens_at=activity.opens_at, closes_at=activity.closes_at, now=clock.now()
            ),
            cure=_("What you had sent before is kept. What you sent now was not received."),
        )
    raise NotAllowed(
        str(ACCESS_NEEDS[activity.access]), code="ticket_too_weak", cure=_("Open the page again to see how.")
    )


def _kept(idea: Idea) -> Idea:
    """The idea that a support counts for: itself, or the one it was merged into."""
    if idea.state == "merged" and idea.merged_into is not None:
        return lock(idea.merged_into)
    if idea.state != "accepted":
        raise RuleError(
            _("This idea is no longer part of the idea round."), code="idea_gone", cure=_("Look at the other ideas.")
        )
    return idea


def _own_supports(participant: Participant, idea: Idea) -> QuerySet[IdeaSupport]:
    return IdeaSupport.objects.filter(Q(idea=idea) | Q(idea__merged_into=idea), participant=participant)
