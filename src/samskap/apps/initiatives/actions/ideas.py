"""Idea rounds and the ideas people write in them: one short transaction each.

Locks are always taken in the order window, participant, idea round, idea, trail.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from samskap.apps.initiatives import permissions
from samskap.apps.initiatives.actions.supports import check_may_act, held_window
from samskap.apps.initiatives.labels.ideas import idea_problem_sentence
from samskap.apps.initiatives.models import Idea, IdeaRound, IdeaWindow
from samskap.apps.initiatives.queries.ideas import author_may_change
from samskap.apps.initiatives.rules import ideas as rules
from samskap.apps.processes import actions as process_actions
from samskap.apps.processes import permissions as processes
from samskap.apps.statements.actions.votes import held_participant
from samskap.apps.trail import actions as trail
from samskap.kernel import clock
from samskap.kernel.acting import Acting, SystemActor
from samskap.kernel.errors import RuleError
from samskap.kernel.text import one_line, several_lines
from samskap.web.acting import lock, require

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant, Process

__all__ = [
    "add_paper_idea",
    "attach_idea_round",
    "create_idea_round",
    "edit_idea",
    "may_run",
    "submit_idea",
    "take_back_idea",
    "update_idea_round",
    "withdraw_ideas",
]


def may_run(by: Acting, idea_round: IdeaRound) -> bool:
    """The system, or someone who runs the idea round."""
    return isinstance(by, SystemActor) or permissions.can_run_ideas(by, idea_round)


@transaction.atomic
def create_idea_round(process: Process, *, by: Acting, **fields: object) -> IdeaRound:
    """Start an idea round in a process; people can write when a window is attached and opened."""
    require(isinstance(by, SystemActor) or processes.can_run_process(by, process))
    idea_round = IdeaRound.objects.create(process=process, **fields)
    trail.record("initiatives.idea_round_created", idea_round, by=by)
    return idea_round


@transaction.atomic
def update_idea_round(idea_round: IdeaRound, *, by: Acting, **fields: object) -> IdeaRound:
    """Change the texts or the moderation of an idea round."""
    idea_round = lock(idea_round)
    require(may_run(by, idea_round))
    for name, value in fields.items():
        setattr(idea_round, name, value)
    idea_round.save(update_fields=list(fields))
    trail.record("initiatives.idea_round_changed", idea_round, by=by, data={"fields": sorted(fields)})
    return idea_round


@transaction.atomic
def attach_idea_round(idea_round: IdeaRound, activity: Activity, *, by: Acting) -> IdeaWindow:
    """Let an activity of the same process open this idea round. An activity opens one thing."""
    idea_round = lock(idea_round)
    require(may_run(by, idea_round))
    if activity.process_id != idea_round.process_id:
        raise RuleError(
            _("The activity belongs to another process than the idea round."),
            code="other_process",
            cure=_("Choose an activity of the same process."),
        )
    found = IdeaWindow.objects.filter(activity_id=activity.pk, idea_round=idea_round).first()
    if found is not None:
        return found
    process_actions.hold_free_activity(activity)
    window = IdeaWindow.objects.create(activity_id=activity.pk, idea_round=idea_round)
    trail.record("initiatives.idea_activity_attached", idea_round, by=by, data={"activity": activity.pk})
    return window


@transaction.atomic
def submit_idea(participant: Participant, *, activity: Activity, idea_round: IdeaRound, title: str, text: str = "",
                language: str = "nb", form_key: uuid.UUID | None = None) -> Idea:  # fmt: skip
    """Hand in an idea: it waits for a moderator, or is shown at once where moderation is open.

    The same form sent twice, or the same words by the same participant, is one idea.
    """
    window = held_window(activity, idea_round_id=idea_round.pk)
    participant = held_participant(participant)
    check_may_act(participant, window.activity)
    idea_round = lock(idea_round)
    title, text = checked_words(title, text)
    own = Idea.objects.filter(idea_round=idea_round, author=participant)
    again = _sent_before(idea_round, form_key=form_key) or own.filter(title=title, text=text).first()
    if again is not None:
        return again
    _check_not_many(own.count())
    state = "accepted" if idea_round.moderation == "open" else "waiting"
    idea = _made(
        idea_round, title=title, text=text, author=participant, channel=participant.channel, language=language,
        form_key=form_key, state=state,
    )  # fmt: skip
    trail.record("initiatives.idea_submitted", idea, by=participant, data={"number": idea.number})
    return idea


@transaction.atomic
def add_paper_idea(idea_round: IdeaRound, *, by: Acting, title: str, text: str = "", channel: str = "paper",
                   language: str = "", form_key: uuid.UUID | None = None) -> Idea:  # fmt: skip
    """Type in an idea that somebody wrote on paper or said at the desk; it needs no second look, and can be rejected.

    Each has a ticket of its own, so that it counts as one person; nobody knows whose.
    """
    idea_round = lock(idea_round)
    require(may_run(by, idea_round))
    title, text = checked_words(title, text)
    again = _sent_before(idea_round, form_key=form_key)
    if again is not None:
        return again
    if channel not in {"paper", "desk"}:
        raise RuleError(_("An idea is typed in from paper or from the desk."), code="unknown_channel")
    author = process_actions.take_ticket(idea_round.process, key=uuid.uuid4(), channel=channel, assurance="invited")
    idea = _made(
        idea_round, title=title, text=text, author=author, channel=channel, form_key=form_key, state="accepted",
        language=language or idea_round.language, decided_at=clock.now(),
    )  # fmt: skip
    trail.record("initiatives.idea_typed_in", idea, by=by, data={"number": idea.number, "channel": channel})
    return idea


@transaction.atomic
def edit_idea(idea: Idea, *, by: Acting, title: str, text: str) -> Idea:
    """Change the words: those who run it always, its author while it waits."""
    idea = lock(idea)
    runs = may_run(by, idea.idea_round)
    require(runs or permissions.is_idea_author(by, idea))
    check_not_erased(idea)
    if not runs and not author_may_change(idea):
        raise RuleError(
            _("A moderator has read this idea, so its words stay as they are."),
            code="idea_decided",
            cure=_("Take it back and write a new one if it says something wrong."),
        )
    title, text = checked_words(title, text)
    if (title, text) == (idea.title, idea.text):
        return idea
    idea.title, idea.text, idea.translations = title, text, {}
    idea.save(update_fields=["title", "text", "translations"])
    trail.record("initiatives.idea_edited", idea, by=by, public=runs, data={"number": idea.number})
    return idea


@transaction.atomic
def take_back_idea(idea: Idea, *, by: Participant) -> Idea:
    """Let its author erase the words. Those merged into it stand on their own again."""
    idea = lock(idea)
    require(permissions.is_idea_author(by, idea))
    _erase(idea)
    trail.record("initiatives.idea_taken_back", idea, by=by, public=True, data={"number": idea.number})
    return idea


@transaction.atomic
def withdraw_ideas(participant: Participant) -> None:
    """Erase every idea that this participant wrote, and delete what they supported: a part of taking all back."""
    written = Idea.objects.select_for_update(of=("self",)).filter(author=participant).order_by("pk")
    for idea in written.select_related("idea_round"):
        _erase(idea)
    participant.idea_supports.all().delete()


def checked_words(title: str, text: str) -> tuple[str, str]:
    """The words made tidy, or a `RuleError` that says what is wrong with them."""
    title, text = one_line(title), several_lines(text)
    problem = rules.idea_problem(title, text)
    if problem:
        raise RuleError(idea_problem_sentence(problem, title=title, text=text), code=f"idea_{problem}")
    return title, text


def check_not_erased(idea: Idea) -> None:
    if idea.title == rules.ERASED:
        raise RuleError(_("Its author has taken this idea back."), code="idea_erased")


def _sent_before(idea_round: IdeaRound, *, form_key: uuid.UUID | None) -> Idea | None:
    return Idea.objects.filter(idea_round=idea_round, form_key=form_key).first() if form_key else None


def _check_not_many(written: int) -> None:
    if written >= rules.MOST_OWN_IDEAS:
        raise RuleError(
            _("You have written %(n)s ideas, and that is the most.") % {"n": rules.MOST_OWN_IDEAS},
            code="too_many_ideas",
            cure=_("Take one of them back first, or support those of others."),
        )


def _made(idea_round: IdeaRound, **fields: object) -> Idea:
    highest = Idea.objects.filter(idea_round=idea_round).aggregate(most=Max("number"))["most"]
    return Idea.objects.create(idea_round=idea_round, number=(highest or 0) + 1, **fields)


def _erase(idea: Idea) -> None:
    """Leave the number and nobody's words. A merged one stays merged, so that its supporters are counted."""
    idea.merged_ideas.update(state="accepted", merged_into=None, decided_at=clock.now())
    with translation.override(idea.idea_round.language):
        idea.reason = _("Taken back by its author.")
    idea.title, idea.text, idea.translations = rules.ERASED, "", {}
    idea.author, idea.opportunity, idea.decided_at = None, None, clock.now()
    if idea.state != "merged":
        idea.state = "rejected"
    idea.save(update_fields=["reason", "title", "text", "translations", "author", "opportunity", "decided_at", "state"])
