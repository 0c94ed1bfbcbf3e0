"""The counts: the five of the whole, those of the second, and the balance between the sectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, QuerySet

from samskap.apps.actors.labels import SECTORS
from samskap.apps.gatherings import rules
from samskap.apps.gatherings.models import Attendance, Gathering, Invitation, Registration
from samskap.apps.gatherings.queries.day import Stage, activity_in_view
from samskap.apps.gatherings.queries.opened import answered_in, answered_in_by_sector, opened_by
from samskap.kernel.turnout import Turnout

if TYPE_CHECKING:
    from samskap.apps.processes.models import Activity

__all__ = ["present_count", "turnout", "turnout_by_sector", "turnout_of"]


def present_count(gathering: Gathering) -> int:
    """Participants who joined with the code or were checked in."""
    return Attendance.objects.filter(gathering=gathering).count()


def turnout(gathering: Gathering, activity: Activity | None = None) -> Turnout:
    """The five counts (see `kernel/turnout.py`). `answered` is that of `activity`, or of the one in view.

    `invited` is None where nobody was invited personally, `answered` where there is nothing to answer.
    """
    activity = activity or activity_in_view(gathering)
    opened = opened_by(activity)
    invited = Invitation.objects.filter(gathering=gathering, sent_at__isnull=False).count()
    return Turnout(
        eligible=gathering.eligible,
        invited=invited or None,
        registered=Registration.objects.filter(gathering=gathering, state="registered").count(),
        present=present_count(gathering),
        answered=answered_in(opened, activity),
    )


def turnout_of(stage: Stage) -> Turnout:
    """The counts that change from second to second, for the live state: few small queries."""
    return Turnout(
        eligible=stage.gathering.eligible,
        present=present_count(stage.gathering),
        answered=answered_in(stage.opened, stage.activity),
    )


def turnout_by_sector(gathering: Gathering) -> dict[str, Turnout]:
    """The counts of each sector, and of those who did not say ("" as key); small numbers are hidden (None)."""
    activity = activity_in_view(gathering)
    answered = answered_in_by_sector(opened_by(activity), activity)
    columns = {
        "invited": _by_sector(Invitation.objects.filter(gathering=gathering, sent_at__isnull=False), "sector"),
        "registered": _by_sector(Registration.objects.filter(gathering=gathering, state="registered"), "sector"),
        "present": _by_sector(Attendance.objects.filter(gathering=gathering), "participant__sector"),
        "answered": rules.shown_counts(dict(answered)),
    }
    return {
        sector: Turnout(**{name: column.get(sector, 0) for name, column in columns.items()})
        for sector in (*SECTORS, "")
    }


def _by_sector(rows: QuerySet[Any], field: str) -> dict[str, int | None]:
    counted = rows.order_by().values_list(field).annotate(Count("pk"))
    return rules.shown_counts({**dict.fromkeys((*SECTORS, ""), 0), **dict(counted)})
