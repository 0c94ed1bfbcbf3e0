"""Reading processes, activities and participants."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samskap.apps.processes import permissions, rules
from samskap.apps.processes.models import Activity, Participant, Process
from samskap.kernel import clock
from samskap.kernel.errors import NotFound

if TYPE_CHECKING:
    from samskap.apps.actors.models import Municipality

__all__ = [
    "activity_is_open",
    "find_participant",
    "published_processes",
    "results_are_visible",
    "runnable_process",
    "visible_process",
]


def visible_process(pk: int, *, viewer: Any) -> Process:
    """The process, or `NotFound` where it does not exist or this viewer may not see it."""
    process = Process.objects.select_related("municipality").filter(pk=pk).first()
    if process is None or not permissions.can_see_process(viewer, process):
        raise NotFound(_("There is no such process here."))
    return process


def runnable_process(pk: int, *, viewer: Any) -> Process:
    """The process, for someone who runs it; `NotFound` for everybody else."""
    process = Process.objects.select_related("municipality").filter(pk=pk).first()
    if process is None or not permissions.can_run_process(viewer, process):
        raise NotFound(_("There is no such process here."))
    return process


def published_processes(municipality: Municipality) -> list[Process]:
    """The public processes of a municipality, newest first."""
    return list(Process.objects.filter(municipality=municipality, published_at__isnull=False))


def find_participant(process: Process, key: uuid.UUID | None) -> Participant | None:
    """The participant who holds this ticket key, or None where nothing has been done with it yet."""
    if key is None:
        return None
    return Participant.objects.select_related("process__municipality").filter(process=process, key=key).first()


def activity_is_open(activity: Activity) -> bool:
    """Whether people may act in this activity now."""
    return rules.is_open(activity.state, opens_at=activity.opens_at, closes_at=activity.closes_at, now=clock.now())


def results_are_visible(activity: Activity, *, voted: bool) -> bool:
    """Whether results of this activity are seen now. `voted`: the one who looks has answered everything open."""
    return rules.are_results_visible(activity.results, shown_at=activity.results_shown_at, voted=voted)
