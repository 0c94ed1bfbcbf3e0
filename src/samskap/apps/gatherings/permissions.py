"""Who may see and do what with a gathering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.processes import permissions as processes

if TYPE_CHECKING:
    from samskap.apps.gatherings.models import Gathering

__all__ = ["can_run_gathering", "can_see_gathering"]


def can_run_gathering(person: Any, gathering: Gathering) -> bool:
    """May prepare it, host it, and see who signed up: those who run the process."""
    return processes.can_run_process(person, gathering.process)


def can_see_gathering(viewer: Any, gathering: Gathering) -> bool:
    """The gatherings of a published process are public; those of an unpublished one are seen by those who run it."""
    return processes.can_see_process(viewer, gathering.process)
