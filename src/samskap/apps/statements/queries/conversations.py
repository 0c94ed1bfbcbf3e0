"""Conversations, their windows, and whether results are seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samskap.apps.processes import queries as process_queries
from samskap.apps.statements import permissions, rules
from samskap.apps.statements.models import Conversation
from samskap.apps.statements.queries.answers import progress
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity, Participant, Process

__all__ = [
    "conversation_of",
    "conversations_of",
    "gatherings_with",
    "open_window",
    "results_of_windows_are_visible",
    "runnable_conversation",
    "visible_conversation",
    "visible_round",
    "windows_of",
]


def visible_conversation(pk: int, *, viewer: Any) -> Conversation:
    """The conversation, or `NotFound` where it does not exist or this viewer may not see it."""
    found = Conversation.objects.select_related("process__municipality").filter(pk=pk).first()
    if found is None or not permissions.can_see_conversation(viewer, found):
        raise NotFound(_("There is no such conversation here."), cure=_("Check the address, or ask the host for it."))
    return found


def runnable_conversation(pk: int, *, viewer: Any) -> Conversation:
    """The conversation, for someone who runs it; `NotFound` for everybody else."""
    found = Conversation.objects.select_related("process__municipality").filter(pk=pk).first()
    if found is None or not permissions.can_run_conversation(viewer, found):
        raise NotFound(_("There is no such conversation here."), cure=_("Sign in with an account that runs it."))
    return found


def conversations_of(process: Process) -> QuerySet[Conversation]:
    """The conversations of a process, in their order."""
    return Conversation.objects.filter(process=process)


def conversation_of(activity: Activity) -> Conversation | None:
    """The conversation that this activity opens, or None where it opens something else."""
    return Conversation.objects.select_related("process__municipality").filter(windows__activity_id=activity.pk).first()


def windows_of(conversation: Conversation) -> list[Activity]:
    """The activities that open this conversation, in their order."""
    return [window.activity for window in conversation.windows.select_related("activity")]


def gatherings_with(windows: Sequence[Activity]) -> list[Any]:
    """The gatherings whose programme opens one of these windows: for links to their host console and hall."""
    slots = [slot for window in windows for slot in window.slots.select_related("gathering")]
    return list({slot.gathering_id: slot.gathering for slot in slots}.values())


def open_window(conversation: Conversation) -> Activity | None:
    """The first activity that is open now, or None."""
    return next((w for w in windows_of(conversation) if process_queries.activity_is_open(w)), None)


def visible_round(
    conversation: Conversation, *, participant: Participant | None = None, windows: Sequence[Activity] | None = None
) -> int | None:
    """The latest round whose results this participant (or the public) sees now, or None: hidden means hidden."""
    windows = windows_of(conversation) if windows is None else windows
    for number in sorted({window.round for window in windows}, reverse=True):
        of_round = [window for window in windows if window.round == number]
        voted = any(w.results == "after_voting" for w in of_round) and _has_answered_all(
            conversation, participant, round=number
        )
        if results_of_windows_are_visible(of_round, voted=voted):
            return number
    return None


def results_of_windows_are_visible(windows: Sequence[Activity], *, voted: bool) -> bool:
    """Whether what is asked in these windows is seen now: those that are open decide, else the last that has been."""
    states = [
        rules.WindowState(
            state=window.state,
            is_open=process_queries.activity_is_open(window),
            are_results_visible=process_queries.results_are_visible(window, voted=voted),
        )
        for window in windows
    ]
    return rules.are_round_results_visible(states)


def _has_answered_all(conversation: Conversation, participant: Participant | None, round: int) -> bool:
    answered, total = progress(conversation, participant, round=round)
    return 0 < total <= answered
