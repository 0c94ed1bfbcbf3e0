"""Who may see hidden results: only those who run the conversation, and they are told that others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.apps.processes import permissions as processes

if TYPE_CHECKING:
    from samskap.apps.processes.models import Process

__all__ = ["can_preview_results"]


def can_preview_results(viewer: Any, process: Process) -> bool:
    """May look at results that are hidden from everybody else."""
    return processes.can_run_process(viewer, process)
