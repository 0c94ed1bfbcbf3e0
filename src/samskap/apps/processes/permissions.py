"""Who may see and do what in a process."""

from __future__ import annotations

from typing import Any

from samskap.apps.actors import permissions as actors
from samskap.apps.processes import rules
from samskap.apps.processes.models import Activity, Participant, Process
from samskap.kernel import clock

__all__ = ["can_run_process", "can_see_process", "can_take_part"]


def can_run_process(person: Any, process: Process) -> bool:
    """May change the process, its activities and everything in it."""
    return actors.can_facilitate(person, process.municipality)


def can_see_process(viewer: Any, process: Process) -> bool:
    """A published process is public; an unpublished one is seen by those who run it."""
    return process.is_published or can_run_process(viewer, process)


def can_take_part(participant: Participant, activity: Activity) -> bool:
    """May act in this activity now: same process, open window, a ticket strong enough."""
    return (
        participant.process_id == activity.process_id
        and rules.is_open(activity.state, opens_at=activity.opens_at, closes_at=activity.closes_at, now=clock.now())
        and rules.is_strong_enough(participant.assurance, access=activity.access)
    )
