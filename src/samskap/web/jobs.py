"""Background work by name. The table of jobs is `project/wiring.py`; modules name a job, never import a later one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks import task

from samskap.kernel import clock

__all__ = ["enqueue", "run_job"]


@task()
def run_job(job: str, arguments: dict[str, Any]) -> None:
    """Run the job that the wiring table knows by this name."""
    import_string(settings.SAMSKAP_JOBS[job])(**arguments)


def enqueue(job: str, *, delay_s: float = 0, **arguments: Any) -> None:
    """Order a job. The order is a row of the same transaction: it is there if and only if the change is."""
    if job not in settings.SAMSKAP_JOBS:
        raise LookupError(f"No job is called {job!r}; the table is in project/wiring.py.")
    later = run_job.using(run_after=clock.now() + timedelta(seconds=delay_s)) if delay_s else run_job
    later.enqueue(job, arguments)
